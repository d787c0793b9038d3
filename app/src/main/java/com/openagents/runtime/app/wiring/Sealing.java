package com.openagents.runtime.app.wiring;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.seal.Sealer;
import java.util.List;

/// Seals runs that have ended, off the way of those that go on.
final class Sealing {

  private static final int PAGE = 100;

  private final RunIndex index;
  private final Sealer sealer;

  Sealing(RunIndex index, Sealer sealer) {
    this.index = index;
    this.sealer = sealer;
  }

  /// Seals a page of runs.
  ///
  /// @throws com.openagents.runtime.log.StoreUnavailable when the store does not answer
  void round() {
    List<RunId> ended = index.unsealed(PAGE);
    ended.forEach(sealer::seal);
  }
}
