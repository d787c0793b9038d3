package com.openagents.runtime.execution;

import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.agent.IntentRecords;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.run.FrameType;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.RunCommand;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.run.RunState.Pending;
import com.openagents.runtime.run.Trail;
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

  /// Nothing else can be planned before a model has answered.
  record AskModel(ModelRequest request, Answer begun) implements Stop {}

  /// The run ended, or waits.
  record LetGo() implements Stop {}

  private final Charter charter;
  private final Limits limits;
  private final Plan plan;
  private final Instant now;
  private final Acts acts;
  private boolean beganTurn;

  Agenda(Charter charter, Limits limits, Plan plan, Instant now) {
    this.charter = charter;
    this.limits = limits;
    this.plan = plan;
    this.now = now;
    this.acts = new Acts(charter, plan, now);
  }

  Stop run() {
    while (true) {
      Optional<Stop> stop = advance();
      if (stop.isPresent()) {
        return stop.get();
      }
    }
  }

  /// Whether a turn was begun on the way.
  boolean beganTurn() {
    return beganTurn;
  }

  private Optional<Stop> advance() {
    OpenTurn open = plan.state().open();
    if (open == null || isOver(open.lastStep())) {
      return betweenTurns(open);
    }
    return open.lastStep().finished() ? decideAgain(open) : act(open);
  }

  /// A turn is over when its last step ended it, or was cut short.
  private static boolean isOver(OpenTurn.Step step) {
    return step.interrupted()
        || (step.finished()
            && step.intents().stream()
                .anyMatch(i -> IntentRecords.read(i) instanceof Intent.AwaitFrames));
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
    if (last == null && plan.resumedByTimer()) {
      return acts.end(new RunCommand.Fail(ReasonClass.IDLE_TIMEOUT, "no frame came in time"));
    }
    if (last != null && state.specified().lifecycle() == Lifecycle.TURN) {
      return acts.end(new RunCommand.Complete());
    }
    Long idle = state.specified().idleTimeoutMs();
    return acts.wait(WaitingFor.FRAMES, idle == null ? null : now.plusMillis(idle));
  }

  private Optional<Stop> control(Pending frame) {
    return switch (FrameType.named(frame.frame().frameType()).orElseThrow()) {
      case FINISH -> acts.end(new RunCommand.Complete());
      case FAIL -> acts.end(new RunCommand.Fail(ReasonClass.EXECUTION_FAILED, reason(frame)));
      default -> acts.end(new RunCommand.Cancel(ReasonClass.CANCEL_REQUESTED, reason(frame)));
    };
  }

  /// Why the sender of a control frame wants the run to end.
  static String reason(Pending frame) {
    return frame.reason().orElse("the owner ended the run");
  }

  private Optional<Stop> beginTurn(RunState state, Pending first) {
    beganTurn = true;
    List<FrameAccepted> frames = new ArrayList<>();
    List<Utterance> said = new ArrayList<>();
    for (Pending pending : state.pending()) {
      if (pending.seq() <= first.seq()) {
        frames.add(pending.frame());
        Utterance.of(pending.frame()).ifPresent(said::add);
      }
    }
    List<Utterance> conversation = Trail.copyOf(state.conversation()).withAll(said);
    AgentState seen =
        new AgentState(state.specified(), charter.earlier(), conversation, frames, null, now);
    return decide(state.turn() + 1, 1, first.seq(), seen);
  }

  private Optional<Stop> decideAgain(OpenTurn open) {
    if (open.decisionsSinceWait() >= limits.decisionsMax()) {
      return acts.mistaken(
          "the agent decided " + limits.decisionsMax() + " times and nothing else happened");
    }
    RunState state = plan.state();
    AgentState seen =
        new AgentState(
            state.specified(), charter.earlier(), state.conversation(), open.frames(), open, now);
    return decide(open.number(), open.lastStep().number() + 1, 0, seen);
  }

  private Optional<Stop> decide(int turn, int step, long consumesThrough, AgentState seen) {
    List<Intent> intents = charter.program().decide(seen);
    if (intents.isEmpty()) {
      return acts.mistaken("the agent decided nothing");
    }
    if (intents.subList(0, intents.size() - 1).stream().anyMatch(Intent::endsTurn)) {
      return acts.mistaken("the agent decided something behind the end of its turn");
    }
    plan.emit(new StepStarted(turn, step, consumesThrough, IntentRecords.of(turn, step, intents)));
    return Optional.empty();
  }

  private Optional<Stop> act(OpenTurn open) {
    OpenTurn.Step step = open.lastStep();
    for (IntentRecord record : step.intents()) {
      if (!step.resulted(record.id())) {
        Optional<Stop> stop = acts.perform(step, record);
        if (stop.isPresent()) {
          return stop;
        }
      }
    }
    plan.emit(new StepFinished(open.number(), step.number(), "done"));
    return Optional.empty();
  }
}
