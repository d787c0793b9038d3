package com.openagents.runtime.app.wiring;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.seal.Sealer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Seals runs that have ended, off the way of those that go on. One caller at a time.
///
/// Each page is chosen by dice from the oldest runs, so that nodes which come together hardly ever
/// seal the same ones.
final class Sealing {

  private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);
  private static final int PAGE = 100;
  private static final int CHOICE = 1_000;
  private static final int DAMAGED_MAX = 10_000;

  private final RunIndex index;
  private final Sealer sealer;
  private final RandomGenerator dice;
  private final Set<RunId> damaged = new HashSet<>();

  Sealing(RunIndex index, Sealer sealer, RandomGenerator dice) {
    this.index = index;
    this.sealer = sealer;
    this.dice = dice;
  }

  /// Seals runs page by page, until none is full. One whose log is damaged is named once and stands
  /// in nobody's way; one that somebody holds is tried again in the next round.
  ///
  /// @throws com.openagents.runtime.log.StoreUnavailable when the store does not answer
  void round() {
    Set<RunId> tried = new HashSet<>();
    List<RunId> page;
    do {
      page = page(tried);
      sealer.sealAll(page).forEach(this::avoid);
      tried.addAll(page);
    } while (page.size() == PAGE);
  }

  private List<RunId> page(Set<RunId> tried) {
    List<RunId> ended = new ArrayList<>(index.unsealed(CHOICE + damaged.size()));
    tried.retainAll(Set.copyOf(ended));
    ended.removeAll(damaged);
    ended.removeAll(tried);
    if (ended.size() <= PAGE) {
      return ended;
    }
    Collections.shuffle(ended, dice);
    return ended.subList(0, PAGE);
  }

  private void avoid(RunId runId, RuntimeException cause) {
    LOG.error("the log of {} cannot be sealed; this node tries again when restarted", runId, cause);
    if (damaged.size() < DAMAGED_MAX) {
      damaged.add(runId);
    }
  }
}
