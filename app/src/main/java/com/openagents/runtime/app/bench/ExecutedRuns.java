package com.openagents.runtime.app.bench;

import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import java.time.Duration;
import java.util.List;

/// Runs that one executor holds, for events to be appended to as a turn appends them: under the
/// epoch of the lease, and with the lease extended by the same write. Thread-safe.
final class ExecutedRuns {

  private static final NodeId NODE = new NodeId("bench");
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final MessageDelta EVENT = new MessageDelta("m-1", HeldRuns.TEXT);

  private final EventLog log;
  private final List<RunId> runs;

  private ExecutedRuns(EventLog log, List<RunId> runs) {
    this.log = log;
    this.runs = runs;
  }

  /// Takes the leases of runs that nobody has executed.
  static ExecutedRuns take(EventLog log, List<RunId> runs) {
    LeaseChange acquire = new LeaseChange.Acquire(NODE, TTL);
    runs.forEach(
        run -> written(log.append(Append.of(run, Precondition.OPEN, List.of()).with(acquire))));
    return new ExecutedRuns(log, List.copyOf(runs));
  }

  /// Appends an event of a run, durably.
  ///
  /// @param number of the run, and of the one caller that executes it, from 0
  void append(int number) {
    written(
        log.append(
            Append.of(runs.get(number), Precondition.executor(1), List.of(EVENT))
                .with(new LeaseChange.Extend(TTL))));
  }

  private static void written(Appended outcome) {
    if (!(outcome instanceof Appended.Written)) {
      throw new IllegalStateException("an append was refused: " + outcome);
    }
  }
}
