package com.openagents.runtime.execution;

import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunIndex;
import java.util.List;
import java.util.Optional;

/// Takes the leases of silent executors away, so that their runs go on elsewhere.
///
/// Runs on every node; replicas that sweep at once do no harm. Thread-safe.
public final class Janitor {

  private static final int PAGE = 1_000;

  private final EventLog log;
  private final RunIndex index;
  private final Limits limits;

  public Janitor(EventLog log, RunIndex index, Limits limits) {
    this.log = log;
    this.index = index;
    this.limits = limits;
  }

  /// Looks at every expired lease once, page by page.
  ///
  /// @return how many runs were recovered, failed or canceled by this sweep
  /// @throws com.openagents.runtime.log.StoreUnavailable when the store does not answer; what was
  ///   not looked at is found by the next sweep
  public int sweep() {
    int changed = 0;
    while (true) {
      var page = index.expired(PAGE);
      List<Append> writes =
          page.stream()
              .map(head -> JanitorRules.decide(head, limits))
              .flatMap(Optional::stream)
              .toList();
      if (writes.isEmpty()) {
        return changed;
      }
      long applied = log.append(writes).stream().filter(Appended.Written.class::isInstance).count();
      changed += (int) applied;
      if (page.size() < PAGE || applied == 0) {
        return changed;
      }
    }
  }
}
