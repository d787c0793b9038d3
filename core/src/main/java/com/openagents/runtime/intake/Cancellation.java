package com.openagents.runtime.intake;

import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunCommand;
import com.openagents.runtime.run.RunRules;
import com.openagents.runtime.run.RunVerdict;
import java.util.List;

/// Turns a request to cancel into one write: the request, and the end as well when nobody executes
/// the run.
final class Cancellation {

  private Cancellation() {}

  static void add(RunHead head, RunVerdict verdict, List<Event.Known> events) {
    if (!(verdict instanceof RunVerdict.Accepted(RunEvent requested))) {
      return;
    }
    events.add(requested);
    Run canceling = RunRules.evolve(head.columns().run(), requested);
    RunCommand end = new RunCommand.Cancel(ReasonClass.CANCEL_REQUESTED, null);
    if (head.lease() instanceof Lease.Free
        && RunRules.decide(canceling, end) instanceof RunVerdict.Accepted(RunEvent canceled)) {
      events.add(canceled);
    }
  }

  /// Completes the write with the columns that its events fold to.
  static Append settle(RunHead head, Append append) {
    Run run = head.columns().run();
    for (Event.Known event : append.events()) {
      run = event instanceof RunEvent of ? RunRules.evolve(run, of) : run;
    }
    Append settled = append.with(new Columns(run, head.columns().recoveries()));
    return run.ended() ? settled.with(Wake.NEVER).with(LeaseChange.END) : settled.with(Wake.NOW);
  }
}
