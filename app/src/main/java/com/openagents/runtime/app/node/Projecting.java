package com.openagents.runtime.app.node;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.WriterLeases;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.GenerationNotes;
import com.openagents.runtime.projector.Passed;
import com.openagents.runtime.projector.ProjectionWatch;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.projector.Rebuilding;
import com.openagents.runtime.projector.Settling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The projections in motion: from [#begin] on, whichever node holds the writer's lease brings the
/// documents up to the log and each sink up to the documents. Thread-safe.
///
/// Everything has a thread of its own: the lease, the documents, and each sink, so that no sink
/// delays another and a long rebuild does not cost the lease.
public final class Projecting implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Projecting.class);

  private static final int REGISTERED_AT_ONCE = 2_000;
  private static final int CLEARED_AT_ONCE = 2_000;

  private final Parts parts;
  private final Times times;
  private final ProjectionWatch watch;
  private final WriterDuty duty;
  private final List<SinkDuty> sinks = new ArrayList<>();
  private final Set<String> registered = new HashSet<>();
  private volatile long prepared;
  private volatile boolean closing;
  private @Nullable Rounds following;
  private List<Rounds> rounds = List.of();

  /// What the projections are made of.
  ///
  /// @param sinks where documents are shown, each under another name
  public record Parts(
      WriterLeases leases,
      Projector projector,
      Rebuilding rebuilding,
      Settling settling,
      ProjectionStore store,
      SinkBook book,
      GenerationNotes notes,
      List<ProjectionSink> sinks) {}

  /// @param ttl how long the projections wait for a writer that is no longer heard of
  /// @param interval how late documents follow the log, and sinks the documents, at most while both
  ///   keep up
  /// @param rest how long a rebuild rests for each unit of time that it works
  public record Times(Duration ttl, Duration interval, double rest) {
    public static final Times DEFAULT =
        new Times(Duration.ofSeconds(10), Duration.ofMillis(250), 0.5);
  }

  public Projecting(Parts parts, NodeId node, Times times, ProjectionWatch watch) {
    this.parts = parts;
    this.times = times;
    this.watch = watch;
    this.duty = new WriterDuty(parts.leases(), node, times.ttl());
    for (ProjectionSink sink : parts.sinks()) {
      Deliveries deliveries =
          new Deliveries(sink, parts.store(), parts.book(), parts.notes(), watch, SinkDuty.AT_ONCE);
      sinks.add(new SinkDuty(sink.name(), deliveries, parts.book(), watch));
    }
  }

  /// Begins. Call once.
  public synchronized void begin() {
    List<Rounds> begun = new ArrayList<>();
    begun.add(Rounds.every(times.ttl().dividedBy(4), "projection-lease", duty::keep));
    Rounds documents =
        Rounds.every(times.interval(), "projector", () -> duty.under(this::bringUpToDate));
    following = documents;
    begun.add(documents);
    for (SinkDuty sink : sinks) {
      begun.add(
          Rounds.every(
              times.interval(), "sink-" + sink.name(), () -> duty.under(e -> sink(sink, e))));
    }
    rounds = List.copyOf(begun);
  }

  /// Looks at once for changes, instead of at the next interval.
  public void lookSoon() {
    Rounds documents = following;
    if (documents != null && duty.holds()) {
      documents.soon();
    }
  }

  /// Whether this node writes the projections now.
  public boolean writes() {
    return duty.holds();
  }

  private void bringUpToDate(long epoch) {
    if (prepared != epoch && !prepare(epoch)) {
      return;
    }
    follow(epoch);
    register(epoch);
    if (duty.exceeded()) {
      LOG.warn("a sink has seen later epochs than this database: documents are delivered again");
      parts.settling().distrust();
    }
    Optional<Rebuild> rebuild = parts.rebuilding().step(epoch);
    if (rebuild.isEmpty()) {
      parts.rebuilding().prepare();
    }
    parts.settling().step(epoch, rebuild.isPresent());
    while (rebuild.isPresent() && duty.holds() && !closing) {
      long begun = System.nanoTime();
      watch.rebuilt(rebuild.get());
      follow(epoch);
      register(epoch);
      long worked = System.nanoTime() - begun;
      rebuild = parts.rebuilding().step(epoch);
      LockSupport.parkNanos((long) (worked * times.rest()));
    }
  }

  private boolean prepare(long epoch) {
    if (!parts.rebuilding().prepare()) {
      LOG.warn("a newer version of this runtime writes the projections; this node stands back");
      duty.standBack();
      return false;
    }
    registered.clear();
    prepared = epoch;
    return true;
  }

  private void register(long epoch) {
    for (ProjectionSink sink : parts.sinks()) {
      boolean goesOn = !registered.contains(sink.name()) || parts.book().marking(sink.name());
      if (goesOn && parts.book().register(epoch, sink.name(), REGISTERED_AT_ONCE)) {
        registered.add(sink.name());
      }
    }
    if (parts.book().clearing()) {
      parts.book().clear(epoch, CLEARED_AT_ONCE);
      registered.clear();
    }
  }

  private void follow(long epoch) {
    Passed passed = parts.projector().follow(epoch);
    watch.followed(passed);
  }

  private void sink(SinkDuty sink, long epoch) {
    if (prepared == epoch) {
      sink.round(epoch, () -> closing || !duty.holds());
    }
  }

  /// Ends after the rounds in progress, and gives the lease back.
  @Override
  public synchronized void close() {
    closing = true;
    if (rounds.isEmpty()) {
      return;
    }
    rounds.subList(1, rounds.size()).forEach(round -> round.closeWith(() -> {}));
    rounds.getFirst().closeWith(duty::release);
    rounds = List.of();
  }
}
