package com.openagents.runtime.app.node;

import com.openagents.runtime.app.node.Projecting.Parts;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.projector.ProjectionWatch;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings documents up to the log, and carries out rebuilds meanwhile. Used by one thread, but for
/// [#prepared].
final class DocumentsDuty {

  private static final Logger LOG = LoggerFactory.getLogger(DocumentsDuty.class);

  private static final int REGISTERED_AT_ONCE = 2_000;
  private static final int CLEARED_AT_ONCE = 2_000;

  private final Parts parts;
  private final WriterDuty duty;
  private final Pace pace;
  private final ProjectionWatch watch;
  private final Set<String> registered = new HashSet<>();
  private volatile long prepared;

  DocumentsDuty(Parts parts, WriterDuty duty, Pace pace, ProjectionWatch watch) {
    this.parts = parts;
    this.duty = duty;
    this.pace = pace;
    this.watch = watch;
  }

  /// Whether this node may write under an epoch.
  boolean prepared(long epoch) {
    return prepared == epoch;
  }

  /// Takes in what is new, and goes on with rebuilds until none is left or the round ends.
  void round(long epoch, BooleanSupplier ends) {
    if (prepared(epoch) || prepare(epoch)) {
      pace.work(() -> step(epoch), ends);
    }
  }

  private boolean prepare(long epoch) {
    if (!parts.rebuilding().prepare(epoch)) {
      LOG.warn("a newer version of this runtime writes the projections; this node stands back");
      duty.standBack();
      return false;
    }
    watch.followed(parts.projector().retry(epoch));
    registered.clear();
    prepared = epoch;
    return true;
  }

  /// @return whether a rebuild is under way
  private boolean step(long epoch) {
    watch.followed(parts.projector().follow(epoch));
    register(epoch);
    Optional<Rebuild> rebuild = rebuild(epoch);
    rebuild.ifPresentOrElse(watch::rebuilt, () -> parts.rebuilding().prepare(epoch));
    parts.settling().step(epoch, rebuild.isPresent());
    return rebuild.isPresent();
  }

  private Optional<Rebuild> rebuild(long epoch) {
    try {
      return parts.rebuilding().step(epoch);
    } catch (WriterFenced overtaken) {
      throw overtaken;
    } catch (RuntimeException failed) {
      watch.rebuildFailed();
      throw failed;
    }
  }

  private void register(long epoch) {
    KnownSinks known = parts.ports().known();
    for (ProjectionSink sink : parts.sinks()) {
      boolean goesOn = !registered.contains(sink.name()) || known.marking(sink.name());
      if (goesOn && known.register(epoch, sink.name(), REGISTERED_AT_ONCE)) {
        registered.add(sink.name());
      }
    }
    if (known.clearing()) {
      known.clear(epoch, CLEARED_AT_ONCE);
      registered.clear();
    }
  }
}
