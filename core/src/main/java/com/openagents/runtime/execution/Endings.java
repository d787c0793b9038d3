package com.openagents.runtime.execution;

import com.openagents.runtime.event.FrameEvent.FrameQuarantined;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.FrameType;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.RunCommand;
import com.openagents.runtime.run.RunState;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The ways in which an executor lets go of its run before the turn is done. Pure but for the plan;
/// one use.
final class Endings {

  private final Turn turn;
  private final Plan plan;
  private final @Nullable Answer answer;

  Endings(Turn turn, Plan plan) {
    this.turn = turn;
    this.plan = plan;
    this.answer = turn.answer();
  }

  /// Everything has stopped after a cancel request.
  Effect canceled() {
    closeAll("canceled");
    plan.command(new RunCommand.Cancel(ReasonClass.CANCEL_REQUESTED, plan.state().reason()));
    return plan.lettingGo(Wake.NEVER);
  }

  Effect failed(ReasonClass why, String message) {
    closeAll("failed");
    plan.command(new RunCommand.Fail(why, message));
    return plan.lettingGo(Wake.NEVER);
  }

  /// Gives the run to whoever takes it next.
  Effect givenBack() {
    Speech.interrupt(plan, answer);
    return plan.lettingGo(Wake.NOW);
  }

  /// Gives the run back after a failure; ends it when that has happened too often, and puts the
  /// frame aside that makes agents crash.
  Effect crashed(String errorClass) {
    int attempt = plan.state().recoveries() + 1;
    if (attempt <= turn.limits().recoveriesMax()) {
      return lost(attempt);
    }
    Optional<FrameId> suspect = suspect();
    closeAll("failed");
    suspect.ifPresent(id -> plan.emit(new FrameQuarantined(id, errorClass, attempt)));
    plan.command(
        new RunCommand.Fail(
            ReasonClass.POISON_FRAME,
            "the turn failed " + attempt + " times without progress: " + errorClass));
    return plan.lettingGo(Wake.NEVER);
  }

  /// Gives the run back after a turn that took too long; ends it when that has happened too often.
  Effect overdue() {
    int attempt = plan.state().recoveries() + 1;
    return attempt <= turn.limits().recoveriesMax()
        ? lost(attempt)
        : failed(
            ReasonClass.RECOVERY_EXHAUSTED,
            "the turn took too long " + attempt + " times without progress");
  }

  private Effect lost(int attempt) {
    Speech.interrupt(plan, answer);
    Duration pause = turn.limits().pauseBefore(attempt);
    Charter charter = turn.charter();
    plan.command(
        new RunCommand.LoseExecutor(charter.node(), charter.epoch(), attempt, pause.toMillis()));
    return plan.lettingGo(new Wake.After(pause));
  }

  private void closeAll(String why) {
    Speech.interrupt(plan, answer);
    deny(plan, why);
  }

  /// Answers every open request for approval, so that none is left without its result.
  static void deny(Plan plan, String why) {
    OpenTurn open = plan.state().open();
    if (open != null) {
      open.lastStep().denials(why).forEach(plan::emit);
    }
  }

  /// The frame whose turn keeps failing.
  private Optional<FrameId> suspect() {
    RunState state = plan.state();
    OpenTurn open = state.open();
    if (open != null && !open.frames().isEmpty()) {
      return Optional.of(open.frames().getLast().frameId());
    }
    return state.pending().stream()
        .filter(p -> p.effect() == FrameType.Effect.TURN)
        .findFirst()
        .map(p -> p.frame().frameId());
  }
}
