package com.openagents.runtime.seal;

import com.openagents.runtime.event.EventType;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.log.Seals.Seal;
import com.openagents.runtime.log.StoreUnavailable;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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

  /// Seals runs of which none has a seal yet, as far as the caller knows: signs all of them
  /// together, and keeps the seals by one write. Those that have not ended are left out; those that
  /// the write passes by have no seal still.
  ///
  /// @param runIds at most 1,000
  /// @return the runs whose log is damaged, and what is wrong with each; they stand in nobody's way
  /// @throws StoreUnavailable when a run cannot be read; those before it are sealed
  public Map<RunId, RuntimeException> sealAll(List<RunId> runIds) {
    List<Chain> ended = new ArrayList<>();
    Map<RunId, RuntimeException> damaged = new LinkedHashMap<>();
    StoreUnavailable away = null;
    for (RunId runId : runIds) {
      try {
        ended(runId).ifPresent(ended::add);
      } catch (StoreUnavailable e) {
        away = e;
        break;
      } catch (RuntimeException e) {
        damaged.put(runId, e);
      }
    }
    if (!ended.isEmpty()) {
      seals.save(signed(ended));
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
    signed(List.of(chain)).forEach(seals::save);
    return seals
        .find(chain.runId())
        .orElseThrow(() -> new IllegalStateException("no seal was kept of " + chain.runId()));
  }

  private Map<RunId, Seal> signed(List<Chain> chains) {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<SealStatement> statements = chains.stream().map(chain -> statement(chain, at)).toList();
    List<String> signatures =
        JointSignature.sign(signer, statements.stream().map(SealStatement::bytes).toList());
    Map<RunId, Seal> signed = new LinkedHashMap<>();
    for (int i = 0; i < statements.size(); i++) {
      SealStatement statement = statements.get(i);
      signed.put(statement.runId(), statement.signed(signatures.get(i)));
    }
    return signed;
  }

  private SealStatement statement(Chain chain, Instant at) {
    return new SealStatement(
        chain.runId(), chain.count(), chain.count(), chain.head(), signer.keyId(), at);
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
