package com.openagents.runtime.seal;

import com.openagents.runtime.event.EventType;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.log.Seals.Seal;
import com.openagents.runtime.log.StoreUnavailable;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Seals runs that have ended: chains their events up to the terminal one and signs the head.
///
/// Idempotent, also when several nodes seal the same run: the first seal stays. Thread-safe; throws
/// what its ports throw.
public final class Sealer {

  private static final Set<String> TERMINAL =
      Set.of(
          EventType.RUN_COMPLETED.wireName(),
          EventType.RUN_FAILED.wireName(),
          EventType.RUN_CANCELED.wireName());

  private final EventLog log;
  private final Seals seals;
  private final Signer signer;
  private final InstantSource clock;

  public Sealer(EventLog log, Seals seals, Signer signer, InstantSource clock) {
    this.log = log;
    this.seals = seals;
    this.signer = signer;
    this.clock = clock;
  }

  /// The run's seal, made now if there is none.
  ///
  /// @return empty while the run has not ended
  public Optional<Seal> seal(RunId runId) {
    Optional<Seal> present = seals.find(runId);
    return present.isPresent() ? present : ended(runId).map(this::sign);
  }

  /// Seals runs of which none has a seal yet, as far as the caller knows, and keeps all seals by
  /// one write. Those that have not ended are left out; those that the write passes by have no seal
  /// still.
  ///
  /// @param runIds at most 1,000
  /// @return the runs whose log is damaged, and what is wrong with each; they stand in nobody's way
  /// @throws StoreUnavailable when a run cannot be read; those before it are sealed
  public Map<RunId, RuntimeException> sealAll(List<RunId> runIds) {
    Map<RunId, Seal> made = new LinkedHashMap<>();
    Map<RunId, RuntimeException> damaged = new LinkedHashMap<>();
    StoreUnavailable away = null;
    for (RunId runId : runIds) {
      try {
        ended(runId).ifPresent(chain -> made.put(runId, signed(chain)));
      } catch (StoreUnavailable e) {
        away = e;
        break;
      } catch (RuntimeException e) {
        damaged.put(runId, e);
      }
    }
    if (!made.isEmpty()) {
      seals.save(made);
    }
    if (away != null) {
      throw away;
    }
    return damaged;
  }

  /// Signs that a chain led from one place to another, so that the events between may go.
  ///
  /// @param before the chain up to the first of them
  /// @param through the chain up to the last of them
  public AgedRange aged(Chain before, Chain through) {
    AgedStatement statement =
        new AgedStatement(
            before.runId(),
            before.count() + 1,
            through.count(),
            before.head(),
            through.head(),
            signer.keyId(),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    return statement.signed(signer.sign(statement.bytes()));
  }

  private Seal sign(Chain chain) {
    seals.save(chain.runId(), signed(chain));
    return seals
        .find(chain.runId())
        .orElseThrow(() -> new IllegalStateException("no seal was kept of " + chain.runId()));
  }

  private Seal signed(Chain chain) {
    SealStatement statement =
        new SealStatement(
            chain.runId(),
            chain.count(),
            chain.count(),
            chain.head(),
            signer.keyId(),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    return statement.signed(signer.sign(statement.bytes()));
  }

  private Optional<Chain> ended(RunId runId) {
    Links links = new Links(log, seals, Chain.begin(runId));
    for (Links.@Nullable Link link = links.next(); link != null; link = links.next()) {
      if (link instanceof Links.Written(var event) && TERMINAL.contains(event.type())) {
        return Optional.of(links.chain());
      }
    }
    return Optional.empty();
  }
}
