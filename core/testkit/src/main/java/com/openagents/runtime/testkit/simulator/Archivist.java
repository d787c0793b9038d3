package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.ageing.AgeingRound;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Ageing;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.seal.Sealer;
import com.openagents.runtime.seal.Signer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;

/// What a node does for logs beside its runs: it seals those that have ended, and lets old pieces
/// of texts go, a few at a time.
final class Archivist {

  private static final int SEALED_AT_ONCE = 10;

  private static final AgeingRound.Bounds BOUNDS = new AgeingRound.Bounds(1, 10, 30, 8, 4);

  private final RunIndex index;
  private final Sealer sealer;
  private final AgeingRound ageing;

  Archivist(
      EventLog log,
      RunIndex index,
      Seals seals,
      Ageing ageing,
      Signer signer,
      InstantSource clock,
      Duration retention) {
    this.index = index;
    this.sealer = new Sealer(log, seals, signer, clock);
    this.ageing = new AgeingRound(log, ageing, seals, sealer, retention, BOUNDS, new Random(1));
  }

  /// @throws com.openagents.runtime.log.StoreUnavailable when the store does not answer
  void round() {
    Map<RunId, RuntimeException> damaged = sealer.sealAll(index.unsealed(SEALED_AT_ONCE));
    for (RuntimeException damage : damaged.values()) {
      throw damage;
    }
    ageing.run();
  }
}
