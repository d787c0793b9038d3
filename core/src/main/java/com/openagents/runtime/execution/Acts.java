package com.openagents.runtime.execution;

import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.agent.IntentRecords;
import com.openagents.runtime.agent.Prompt;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.ToolEvent.ToolApprovalRequested;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.execution.Agenda.AskModel;
import com.openagents.runtime.execution.Agenda.LetGo;
import com.openagents.runtime.execution.Agenda.Stop;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.OpenTurn.Approval;
import com.openagents.runtime.run.RunCommand;
import com.openagents.runtime.run.RunState.Pending;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Performs one intent of a step that has no result yet, as far as that goes without leaving the
/// plan. Empty means done. Pure but for the plan; one use.
final class Acts {

  private final Charter charter;
  private final Plan plan;
  private final Instant now;

  Acts(Charter charter, Plan plan, Instant now) {
    this.charter = charter;
    this.plan = plan;
    this.now = now;
  }

  Optional<Stop> perform(OpenTurn.Step step, IntentRecord record) {
    return switch (IntentRecords.read(record)) {
      case Intent.Say(String text) -> say(step, record.id(), text);
      case Intent.Think(String text) -> think(record.id(), text);
      case Intent.Predict predict -> predict(step, record.id(), predict);
      case Intent.RequestApproval approval -> approve(step, record.id(), approval);
      case Intent.SleepUntil(Instant time) ->
          now.isBefore(time) ? wait(WaitingFor.TIMER, time) : Optional.empty();
      case Intent.AwaitFrames() -> Optional.empty();
      case Intent.Finish() -> finish(step);
      case Intent.Fail(String message) -> mistaken(message);
      case Intent.CallTool _, Intent.Spawn _, Intent.Compact _ ->
          mistaken("this node has nothing that can carry out " + record.kind());
    };
  }

  private Optional<Stop> say(OpenTurn.Step step, String intentId, String text) {
    Speech.say(plan, intentId + "." + (step.interruptions(intentId) + 1), text);
    return Optional.empty();
  }

  private Optional<Stop> think(String intentId, String text) {
    Speech.think(plan, intentId, text);
    return Optional.empty();
  }

  private Optional<Stop> predict(OpenTurn.Step step, String intentId, Intent.Predict asked) {
    ModelRequest request =
        new ModelRequest(
            charter.runId() + ":" + intentId,
            asked.signature(),
            asked.input(),
            Prompt.render(
                asked.signature(), asked.input(), charter.earlier(), plan.state().conversation()),
            plan.state().traceId());
    return Optional.of(
        new AskModel(request, Answer.begun(intentId, step.interruptions(intentId) + 1)));
  }

  private Optional<Stop> approve(
      OpenTurn.Step step, String intentId, Intent.RequestApproval approval) {
    Approval asked = step.approval(intentId).orElse(null);
    if (asked == null) {
      Instant expiresAt = Timestamps.within(now.plus(approval.expiresAfter()));
      plan.emit(
          new ToolApprovalRequested(intentId, intentId, Digest.of(approval.shown()), expiresAt));
      return wait(WaitingFor.APPROVAL, expiresAt);
    }
    Optional<Pending> verdict =
        plan.state().pending().stream().filter(p -> p.answersApproval(intentId)).findFirst();
    if (verdict.isEmpty() && now.isBefore(asked.expiresAt())) {
      return wait(WaitingFor.APPROVAL, asked.expiresAt());
    }
    boolean approved = verdict.filter(Pending::approves).isPresent();
    plan.emit(
        new ToolApprovalResolved(
            intentId,
            intentId,
            approved,
            verdict.isPresent() ? "frame" : "expiry",
            verdict.flatMap(Pending::reason).orElse(null)));
    return Optional.empty();
  }

  private Optional<Stop> finish(OpenTurn.Step step) {
    OpenTurn open = plan.state().open();
    if (open != null) {
      plan.emit(new StepFinished(open.number(), step.number(), "done"));
    }
    return end(new RunCommand.Complete());
  }

  Optional<Stop> wait(WaitingFor what, @Nullable Instant until) {
    plan.command(new RunCommand.Wait(what, until == null ? null : Timestamps.within(until)));
    return Optional.of(new LetGo());
  }

  /// Ends a run whose agent did what it must not, or says so itself.
  Optional<Stop> mistaken(String message) {
    return end(new RunCommand.Fail(ReasonClass.AGENT_ERROR, message));
  }

  Optional<Stop> end(RunCommand command) {
    plan.command(command);
    return Optional.of(new LetGo());
  }
}
