package com.openagents.runtime.seal;

import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.log.Seals.Seal;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Seals runs that have ended: chains their events up to the terminal one and signs the head.
///
/// Idempotent, also when several nodes seal the same run: the first seal stays. Thread-safe; throws
/// what its ports throw.
public final class Sealer {

  private static final int PAGE = 1_000;
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
    return present.isPresent() ? present : ended(runId).flatMap(this::sign);
  }

  private Optional<Seal> sign(Chain chain) {
    SealStatement statement =
        new SealStatement(
            chain.runId(),
            chain.count(),
            chain.count(),
            chain.head(),
            signer.keyId(),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    seals.save(chain.runId(), statement.signed(signer.sign(statement.bytes())));
    return seals.find(chain.runId());
  }

  private Optional<Chain> ended(RunId runId) {
    Chain chain = Chain.begin(runId);
    List<StoredEvent> page;
    do {
      page = log.read(runId, chain.count(), PAGE);
      for (StoredEvent event : page) {
        chain = chain.next(event);
        if (TERMINAL.contains(event.type())) {
          return Optional.of(chain);
        }
      }
    } while (page.size() == PAGE);
    return Optional.empty();
  }
}
