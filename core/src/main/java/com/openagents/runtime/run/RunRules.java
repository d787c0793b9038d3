package com.openagents.runtime.run;

import static com.openagents.runtime.run.RunVerdict.Refusal.ALREADY_EXISTS;
import static com.openagents.runtime.run.RunVerdict.Refusal.NOT_STARTED;
import static com.openagents.runtime.run.RunVerdict.Refusal.RUN_ENDED;
import static com.openagents.runtime.run.RunVerdict.Refusal.UNKNOWN_RUN;

import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.event.RunEvent.RunCancelRequested;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunChildEnded;
import com.openagents.runtime.event.RunEvent.RunChildStarted;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.run.Run.Absent;
import com.openagents.runtime.run.Run.Canceling;
import com.openagents.runtime.run.Run.Created;
import com.openagents.runtime.run.Run.Ended;
import com.openagents.runtime.run.Run.Live;
import com.openagents.runtime.run.Run.Outcome;
import com.openagents.runtime.run.Run.Running;
import com.openagents.runtime.run.Run.Waiting;
import com.openagents.runtime.run.RunCommand.Begin;
import com.openagents.runtime.run.RunCommand.Cancel;
import com.openagents.runtime.run.RunCommand.Complete;
import com.openagents.runtime.run.RunCommand.Create;
import com.openagents.runtime.run.RunCommand.Fail;
import com.openagents.runtime.run.RunCommand.LoseExecutor;
import com.openagents.runtime.run.RunCommand.RequestCancel;
import com.openagents.runtime.run.RunCommand.Wait;

/// The whole life of a run on one screen. Pure and total.
///
/// Laws: `evolve` applies every event that `decide` accepts; after [Ended] nothing is accepted; a
/// completion that loses the race against a cancel request ends as canceled.
public final class RunRules {

  private record Cell<I>(Run run, I input) {}

  private RunRules() {}

  public static RunVerdict decide(Run run, RunCommand command) {
    return switch (new Cell<>(run, command)) {
      case Cell(Absent(), Create(var spec, var content)) -> accept(new RunCreated(spec, content));
      case Cell(Absent(), _) -> refuse(UNKNOWN_RUN);
      case Cell(Live _, Create _), Cell(Ended _, Create _) -> refuse(ALREADY_EXISTS);

      case Cell(Created(), Begin(var node, _)) -> accept(new RunStarted(node));
      case Cell(Running(), Begin(var node, var cause)) -> accept(new RunResumed(node, cause));
      case Cell(Waiting _, Begin(var node, var cause)) -> accept(new RunResumed(node, cause));
      case Cell(Canceling(), Begin _) -> alreadyDone();

      case Cell(Running(), Wait(var what, var until)) -> accept(new RunWaiting(what, until));
      case Cell(Waiting _, Wait _) -> alreadyDone();
      case Cell(Created(), Wait _) -> refuse(NOT_STARTED);
      case Cell(Canceling(), Wait _) -> refuse(RunVerdict.Refusal.CANCELING);

      case Cell(Canceling(), RequestCancel _) -> alreadyDone();
      case Cell(Live _, RequestCancel(var reason, var by)) ->
          accept(new RunCancelRequested(reason, by));

      case Cell(Canceling(), Complete()) ->
          accept(new RunCanceled(ReasonClass.CANCEL_REQUESTED, null));
      case Cell(Running(), Complete()) -> accept(new RunCompleted());
      case Cell(Created(), Complete()), Cell(Waiting _, Complete()) -> refuse(NOT_STARTED);

      case Cell(Live _, Fail(var why, var message)) -> accept(new RunFailed(why, message));
      case Cell(Live _, Cancel(var why, var reason)) -> accept(new RunCanceled(why, reason));

      case Cell(Live _, LoseExecutor(var node, long epoch, int attempt, long after)) ->
          accept(new RunExecutorLost(node, epoch, attempt, after));

      case Cell(Ended _, RequestCancel _) -> alreadyDone();
      case Cell(Ended _, Begin _),
          Cell(Ended _, Wait _),
          Cell(Ended _, Complete _),
          Cell(Ended _, Fail _),
          Cell(Ended _, Cancel _),
          Cell(Ended _, LoseExecutor _) ->
          refuse(RUN_ENDED);
    };
  }

  /// Applies a fact.
  ///
  /// @throws CorruptLog when the fact cannot follow: the log was not written by these rules
  public static Run evolve(Run run, RunEvent event) {
    return switch (new Cell<>(run, event)) {
      case Cell(Absent(), RunCreated _) -> new Created();
      case Cell(Created(), RunStarted _) -> new Running();
      case Cell(Running(), RunResumed _), Cell(Waiting _, RunResumed _) -> new Running();
      case Cell(Running(), RunWaiting(var what, var until)) -> new Waiting(what, until);
      case Cell(Canceling c, RunCancelRequested _) -> throw new CorruptLog(c, event);
      case Cell(Live _, RunCancelRequested _) -> new Canceling();
      case Cell(Running(), RunCompleted()) -> new Ended(Outcome.COMPLETED, null);
      case Cell(Live _, RunFailed(var why, _)) -> new Ended(Outcome.FAILED, why);
      case Cell(Live _, RunCanceled(var why, _)) -> new Ended(Outcome.CANCELED, why);
      case Cell(Live live, RunExecutorLost _) -> live;
      case Cell(Live live, RunLimitWarning _) -> live;
      case Cell(Live _, RunForked _) -> new Waiting(WaitingFor.FRAMES, null);
      case Cell(Live live, RunChildStarted _) -> live;
      case Cell(Live live, RunChildEnded _) -> live;
      case Cell(var state, var odd) -> throw new CorruptLog(state, odd);
    };
  }

  private static RunVerdict accept(RunEvent event) {
    return new RunVerdict.Accepted(event);
  }

  private static RunVerdict alreadyDone() {
    return new RunVerdict.AlreadyDone();
  }

  private static RunVerdict refuse(RunVerdict.Refusal why) {
    return new RunVerdict.Refused(why);
  }
}
