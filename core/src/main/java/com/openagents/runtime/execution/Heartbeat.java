package com.openagents.runtime.execution;

import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/// Keeps the leases of a node's executions alive, all in one write.
///
/// An execution that writes extends its lease by that, so one that did so within the last sixth of
/// the lease's time needs nothing: at the next beat half of its time is left.
///
/// It proves only that the process lives, so an execution that has not moved for too long is left
/// out, and its lease runs out. A run that somebody else is changing is left for the next beat, so
/// that it holds up no other. Thread-safe.
public final class Heartbeat {

  private final EventLog log;
  private final InstantSource clock;
  private final Duration leaseTtl;
  private final Duration fresh;
  private final Duration stallMax;

  /// @param log over connections that no other work can starve
  /// @param stallMax how long an execution may go without beginning an effect
  public Heartbeat(EventLog log, InstantSource clock, Duration leaseTtl, Duration stallMax) {
    this.log = log;
    this.clock = clock;
    this.leaseTtl = leaseTtl;
    this.fresh = leaseTtl.dividedBy(6);
    this.stallMax = stallMax;
  }

  /// Renews once. An execution that no longer holds its lease is told to stop.
  ///
  /// @return how many leases were renewed
  /// @throws com.openagents.runtime.log.StoreUnavailable when the store does not answer
  public int renew(Collection<Execution> executions) {
    Instant now = clock.instant();
    Instant stalledBefore = now.minus(stallMax);
    Instant freshAfter = now.minus(fresh);
    List<Execution> moving =
        executions.stream()
            .filter(e -> !e.lastAdvance().isBefore(stalledBefore))
            .filter(e -> e.lastExtended().isBefore(freshAfter) || e.lastExtended().isAfter(now))
            .toList();
    if (moving.isEmpty()) {
      return 0;
    }
    List<Appended> outcomes = log.append(moving.stream().map(this::renewal).toList());
    int renewed = 0;
    for (int i = 0; i < moving.size(); i++) {
      switch (outcomes.get(i)) {
        case Appended.Written _ -> renewed++;
        case Appended.Refused(Refusal why, _, _) when why == Refusal.CONTENDED -> {}
        case Appended.Refused _, Appended.Duplicate _ -> moving.get(i).lose();
      }
    }
    return renewed;
  }

  private Append renewal(Execution execution) {
    var held = Precondition.executor(execution.epoch()).whenUncontended();
    return Append.of(execution.runId(), held, List.of()).with(new LeaseChange.Extend(leaseTtl));
  }
}
