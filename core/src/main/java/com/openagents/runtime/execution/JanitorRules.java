package com.openagents.runtime.execution;

import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunCommand;
import com.openagents.runtime.run.RunRules;
import com.openagents.runtime.run.RunVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What becomes of a run whose executor fell silent. Pure.
///
/// The write names the sequence at which the decision was taken and breaks only an expired lease,
/// so an executor that comes back in time, or another janitor, makes it void. It waits for nobody:
/// a run that is held keeps no other from being recovered, and is looked at again by the next
/// sweep.
final class JanitorRules {

  private JanitorRules() {}

  static Optional<Append> decide(RunHead head, Limits limits) {
    if (!(head.lease() instanceof Lease.Held held)) {
      return Optional.empty();
    }
    int attempt = head.columns().recoveries() + 1;
    RunCommand command;
    if (head.columns().run() instanceof Run.Canceling) {
      command = new RunCommand.Cancel(ReasonClass.CANCEL_REQUESTED, null);
    } else if (attempt > limits.recoveriesMax()) {
      command =
          new RunCommand.Fail(
              ReasonClass.RECOVERY_EXHAUSTED,
              "the executor was lost " + attempt + " times without progress");
    } else {
      Duration pause = limits.pauseBefore(attempt);
      command = new RunCommand.LoseExecutor(held.owner(), held.epoch(), attempt, pause.toMillis());
    }
    return RunRules.decide(head.columns().run(), command)
            instanceof RunVerdict.Accepted(RunEvent event)
        ? Optional.of(write(head, event))
        : Optional.empty();
  }

  private static Append write(RunHead head, RunEvent event) {
    Run run = RunRules.evolve(head.columns().run(), event);
    int recoveries =
        event instanceof RunEvent.RunExecutorLost l ? l.attempt() : head.columns().recoveries();
    Wake wake =
        event instanceof RunEvent.RunExecutorLost l
            ? new Wake.After(Duration.ofMillis(l.resumeAfterMs()))
            : Wake.NEVER;
    Append append =
        Append.of(head.runId(), undisturbed(head), List.of(event))
            .with(new Columns(run, recoveries))
            .with(wake);
    return append.with(LeaseChange.BREAK);
  }

  private static Precondition undisturbed(RunHead head) {
    return Precondition.OPEN.atSeq(head.lastSeq()).whenUncontended();
  }
}
