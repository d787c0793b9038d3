package com.openagents.runtime.intake;

import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunStates;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunCommand;
import com.openagents.runtime.run.RunRules;
import com.openagents.runtime.run.RunVerdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns a request to cancel into one write: the request, and the end as well when nobody executes
/// the run.
final class Cancellation {

  /// An executor writes some twenty times a second, so to lose each race means that looks take
  /// longer than that, and to try on would only add to the load.
  private static final int TRIES_MAX = 50;

  private final EventLog log;

  Cancellation(EventLog log) {
    this.log = log;
  }

  /// The write names where the log ends, because its columns are the fold of that log, and because
  /// two requests in one log would be a damaged one.
  ///
  /// @param asked the write as far as it does not depend on the run: the frame that asks, if any
  Taken request(Append asked, @Nullable String reason, Sender sender) {
    for (int left = TRIES_MAX; left > 0; left--) {
      RunHead head = log.head(asked.runId()).filter(h -> sender.sees(h.owner())).orElse(null);
      if (head == null) {
        return new Taken.Refused(Taken.Why.NOT_FOUND);
      }
      List<Event.Known> decided = decide(head, reason, sender);
      if (decided.isEmpty() && asked.events().isEmpty()) {
        return new Taken.Repeated(head.lastSeq());
      }
      Appended outcome = log.append(settled(head, asked, decided));
      if (!looksAgain(outcome, asked)) {
        return Taken.of(outcome);
      }
    }
    throw new StoreUnavailable(
        "the run moved faster than it could be looked at", new IllegalStateException("MOVED"));
  }

  /// A run that another request ended in between is one whose end was asked for before; only a
  /// frame has nowhere to go then.
  private static boolean looksAgain(Appended outcome, Append asked) {
    return outcome instanceof Appended.Refused(Refusal why, _, _)
        && (why == Refusal.MOVED || (why == Refusal.ENDED && asked.events().isEmpty()));
  }

  /// What the request adds to the log; nothing when it was made before or the run has ended.
  private List<Event.Known> decide(RunHead head, @Nullable String reason, Sender sender) {
    Run run = head.columns().run();
    List<Event.Known> events = new ArrayList<>();
    if (RunRules.decide(run, new RunCommand.RequestCancel(reason, sender.role()))
        instanceof RunVerdict.Accepted(RunEvent requested)) {
      events.add(requested);
      RunCommand end = new RunCommand.Cancel(ReasonClass.CANCEL_REQUESTED, reason);
      if (!executed(head)
          && RunRules.decide(RunRules.evolve(run, requested), end)
              instanceof RunVerdict.Accepted(RunEvent canceled)) {
        events.addAll(denials(head));
        events.add(canceled);
      }
    }
    return events;
  }

  /// The answers to the requests for approval that are open; only a run that waits for one has any.
  private List<ToolApprovalResolved> denials(RunHead head) {
    boolean asks =
        head.columns().run() instanceof Run.Waiting(WaitingFor what, _)
            && what == WaitingFor.APPROVAL;
    OpenTurn open = asks ? RunStates.read(log, head.runId()).open() : null;
    return open == null ? List.of() : open.lastStep().denials("canceled");
  }

  /// A lease that ran out is never revived, so its holder needs not be waited for.
  private static boolean executed(RunHead head) {
    return head.lease() instanceof Lease.Held held && !held.expiredAt(head.readAt());
  }

  /// The write with the columns that its events fold to.
  private static Append settled(RunHead head, Append asked, List<Event.Known> decided) {
    Run run = head.columns().run();
    for (Event.Known event : decided) {
      run = event instanceof RunEvent ofRun ? RunRules.evolve(run, ofRun) : run;
    }
    List<Event.Known> events = new ArrayList<>(asked.events());
    events.addAll(decided);
    Append write =
        asked
            .with(events)
            .atSeq(head.lastSeq())
            .with(new Columns(run, head.columns().recoveries()));
    return run.ended() ? write.with(Wake.NEVER).with(LeaseChange.END) : write.with(Wake.NOW);
  }
}
