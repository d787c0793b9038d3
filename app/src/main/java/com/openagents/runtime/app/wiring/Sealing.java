package com.openagents.runtime.app.wiring;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.seal.Sealer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Seals runs that have ended, off the way of those that go on. One caller at a time.
final class Sealing {

  private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);
  private static final int PAGE = 100;
  private static final int DAMAGED_MAX = 10_000;

  private final RunIndex index;
  private final Sealer sealer;
  private final Set<RunId> damaged = new HashSet<>();

  Sealing(RunIndex index, Sealer sealer) {
    this.index = index;
    this.sealer = sealer;
  }

  /// Seals a page of runs. One whose log is damaged is named once and stands in nobody's way.
  ///
  /// @throws com.openagents.runtime.log.StoreUnavailable when the store does not answer
  void round() {
    List<RunId> ended = new ArrayList<>(index.unsealed(PAGE + damaged.size()));
    ended.removeAll(damaged);
    sealer.sealAll(ended.subList(0, Math.min(ended.size(), PAGE))).forEach(this::avoid);
  }

  private void avoid(RunId runId, RuntimeException cause) {
    LOG.error("the log of {} cannot be sealed; this node tries again when restarted", runId, cause);
    if (damaged.size() < DAMAGED_MAX) {
      damaged.add(runId);
    }
  }
}
