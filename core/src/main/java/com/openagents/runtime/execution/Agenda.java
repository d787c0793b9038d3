package com.openagents.runtime.execution;

import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.agent.IntentRecords;
import com.openagents.runtime.agent.Prompt;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.ToolEvent.ToolApprovalRequested;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.run.FrameType;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunCommand;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.run.RunState.Pending;
import com.openagents.runtime.run.Utterance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Works through frames, decisions and intents in order, writing into a [Plan], until a model is
/// needed or the run must be let go. Pure but for the plan; one use.
final class Agenda {

  /// Where the agenda stopped.
  sealed interface Stop {}

  /// Write what is planned, then come back.
  record Continue(boolean newTurn) implements Stop {}

  /// Nothing else can be planned before a model has answered.
  record AskModel(ModelRequest request, Answer begun) implements Stop {}

  /// The run ended, or waits.
  record LetGo(Wake wake) implements Stop {}

  private final Charter charter;
  private final Limits limits;
  private final Plan plan;
  private final Instant now;
  private boolean newTurn;

  Agenda(Charter charter, Limits limits, Plan plan, Instant now) {
    this.charter = charter;
    this.limits = limits;
    this.plan = plan;
    this.now = now;
  }

  Stop run() {
    while (true) {
      Optional<Stop> stop = advance();
      if (stop.isPresent()) {
        return newTurn && stop.get() instanceof AskModel && !plan.empty()
            ? new Continue(true)
            : stop.get();
      }
    }
  }

  private Optional<Stop> advance() {
    OpenTurn open = plan.state().open();
    if (open == null || turnIsOver(open)) {
      return betweenTurns(open);
    }
    if (open.lastStep().finished()) {
      return decide(open.number(), open.lastStep().number() + 1, 0, agentState(open));
    }
    return act(open);
  }

  /// A turn is over when its last step is finished and ended it, or was interrupted by a message.
  private boolean turnIsOver(OpenTurn open) {
    OpenTurn.Step step = open.lastStep();
    if (!step.finished()) {
      return false;
    }
    boolean cut = step.intents().stream().anyMatch(i -> !settled(step, i));
    return cut
        || step.intents().stream()
            .anyMatch(i -> IntentRecords.read(i) instanceof Intent.AwaitFrames);
  }

  private static boolean settled(OpenTurn.Step step, IntentRecord intent) {
    return switch (IntentRecords.read(intent)) {
      case Intent.Think _, Intent.AwaitFrames _, Intent.SleepUntil _ -> true;
      default -> step.resulted(intent.id());
    };
  }

  private Optional<Stop> betweenTurns(@Nullable OpenTurn last) {
    RunState state = plan.state();
    for (Pending frame : state.pending()) {
      switch (frame.effect()) {
        case TURN -> {
          return beginTurn(state, frame);
        }
        case CONTROL -> {
          return control(frame);
        }
        case RESULT, CONTEXT -> {}
      }
    }
    if (state.run() instanceof Run.Running && idleTimedOut(state)) {
      return end(new RunCommand.Fail(ReasonClass.IDLE_TIMEOUT, "no frame came in time"));
    }
    if (last != null && state.specified().lifecycle() == Lifecycle.TURN) {
      return end(new RunCommand.Complete());
    }
    Instant until = idleDeadline(state.specified());
    return wait(WaitingFor.FRAMES, until);
  }

  private boolean idleTimedOut(RunState state) {
    return plan.resumedByTimer() && state.open() == null;
  }

  private @Nullable Instant idleDeadline(RunSpec spec) {
    Long idle = spec.idleTimeoutMs();
    Instant deadline = spec.deadline();
    Instant until = idle == null ? null : now.plusMillis(idle);
    return until == null || (deadline != null && deadline.isBefore(until)) ? deadline : until;
  }

  private Optional<Stop> beginTurn(RunState state, Pending first) {
    newTurn = true;
    List<FrameAccepted> frames = new ArrayList<>();
    List<Utterance> conversation = new ArrayList<>(state.conversation());
    for (Pending pending : state.pending()) {
      if (pending.seq() <= first.seq()) {
        frames.add(pending.frame());
        RunFold.utterance(pending.frame()).ifPresent(conversation::add);
      }
    }
    AgentState seen =
        new AgentState(state.specified(), charter.earlier(), conversation, frames, null);
    return decide(state.turn() + 1, 1, first.seq(), seen);
  }

  private AgentState agentState(OpenTurn open) {
    RunState state = plan.state();
    return new AgentState(
        state.specified(), charter.earlier(), state.conversation(), open.frames(), open);
  }

  private Optional<Stop> decide(int turn, int step, long consumesThrough, AgentState seen) {
    if (step > limits.decisionsMax()) {
      return end(
          new RunCommand.Fail(
              ReasonClass.AGENT_ERROR,
              "the agent decided " + limits.decisionsMax() + " times without an end"));
    }
    List<Intent> intents = charter.program().decide(seen);
    if (intents.isEmpty()) {
      return end(new RunCommand.Fail(ReasonClass.AGENT_ERROR, "the agent decided nothing"));
    }
    List<IntentRecord> records = IntentRecords.of(turn, step, intents);
    plan.emit(new StepStarted(turn, step, consumesThrough, records));
    return Optional.empty();
  }

  private Optional<Stop> control(Pending frame) {
    String reason =
        frame.frame().payload().get("reason") instanceof Json.Str(String text)
            ? text
            : "the owner ended the run";
    return switch (FrameType.named(frame.frame().frameType()).orElseThrow()) {
      case FINISH -> end(new RunCommand.Complete());
      case FAIL -> end(new RunCommand.Fail(ReasonClass.EXECUTION_FAILED, reason));
      default -> end(new RunCommand.Cancel(ReasonClass.CANCEL_REQUESTED, reason));
    };
  }

  private Optional<Stop> act(OpenTurn open) {
    OpenTurn.Step step = open.lastStep();
    for (IntentRecord record : step.intents()) {
      if (!step.resulted(record.id())) {
        Optional<Stop> stop = act(step, record);
        if (stop.isPresent() || plan.state().open() == null) {
          return stop;
        }
      }
    }
    plan.emit(new StepFinished(open.number(), step.number(), "done"));
    return Optional.empty();
  }

  private Optional<Stop> act(OpenTurn.Step step, IntentRecord record) {
    return switch (IntentRecords.read(record)) {
      case Intent.Say(String text) -> say(step, record.id(), text);
      case Intent.Think(String text) -> think(record.id(), text);
      case Intent.Predict(String signature, _) -> predict(step, record.id(), signature);
      case Intent.RequestApproval approval -> approve(step, record.id(), approval);
      case Intent.SleepUntil(Instant time) ->
          step.waited() ? Optional.empty() : wait(WaitingFor.TIMER, time);
      case Intent.AwaitFrames() -> Optional.empty();
      case Intent.Finish() -> finish(step);
      case Intent.Fail(String message) ->
          end(new RunCommand.Fail(ReasonClass.AGENT_ERROR, message));
      case Intent.CallTool _, Intent.Spawn _, Intent.Compact _ ->
          end(
              new RunCommand.Fail(
                  ReasonClass.AGENT_ERROR,
                  "this node has nothing that can carry out " + record.kind()));
    };
  }

  private Optional<Stop> say(OpenTurn.Step step, String intentId, String text) {
    String id = intentId + "." + (step.interruptions(intentId) + 1);
    plan.emit(new MessageStarted(id));
    plan.emit(new MessageDelta(id, text));
    plan.emit(new MessageCompleted(id, text, Outcome.COMPLETE, null));
    return Optional.empty();
  }

  private Optional<Stop> think(String intentId, String text) {
    plan.emit(new ReasoningStarted(intentId));
    plan.emit(new ReasoningDelta(intentId, text));
    plan.emit(new ReasoningCompleted(intentId, text, Outcome.COMPLETE));
    return Optional.empty();
  }

  private Optional<Stop> predict(OpenTurn.Step step, String intentId, String signature) {
    ModelRequest request =
        new ModelRequest(
            charter.runId() + ":" + intentId,
            signature,
            Prompt.render(charter.earlier(), plan.state().conversation()),
            charter.traceId());
    return Optional.of(
        new AskModel(request, Answer.begun(intentId, step.interruptions(intentId) + 1)));
  }

  private Optional<Stop> approve(
      OpenTurn.Step step, String intentId, Intent.RequestApproval approval) {
    if (!step.waited()) {
      Instant expiresAt = now.plus(approval.expiresAfter());
      plan.emit(
          new ToolApprovalRequested(intentId, intentId, Digest.of(approval.shown()), expiresAt));
      return wait(WaitingFor.APPROVAL, expiresAt);
    }
    Optional<Pending> verdict =
        plan.state().pending().stream().filter(p -> p.answersApproval(intentId)).findFirst();
    boolean approved =
        verdict
            .map(p -> p.frame().payload().get("approved"))
            .filter(new Json.Bool(true)::equals)
            .isPresent();
    plan.emit(
        new ToolApprovalResolved(
            intentId, intentId, approved, verdict.isPresent() ? "owner" : "expiry", null));
    return Optional.empty();
  }

  private Optional<Stop> finish(OpenTurn.Step step) {
    OpenTurn open = plan.state().open();
    if (open != null) {
      plan.emit(new StepFinished(open.number(), step.number(), "done"));
    }
    return end(new RunCommand.Complete());
  }

  private Optional<Stop> wait(WaitingFor what, @Nullable Instant until) {
    plan.command(new RunCommand.Wait(what, until));
    return Optional.of(new LetGo(until == null ? Wake.NEVER : new Wake.At(until)));
  }

  private Optional<Stop> end(RunCommand command) {
    plan.command(command);
    return Optional.of(new LetGo(Wake.NEVER));
  }
}
