package com.openagents.runtime.execution;

import com.openagents.runtime.event.RunEvent.RunResumed.Cause;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.run.FrameType;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.run.RunState.Pending;
import java.time.Instant;
import java.util.Optional;

/// What a frame that lands does to a run that waits, or is in the middle of a turn. Pure.
///
/// A sleep and a wait for approval are part of a turn, so messages that are enqueued do not end
/// them; only what interrupts the turn does, and what ends the run.
final class Waits {

  private Waits() {}

  /// What ended the wait, or empty when it goes on.
  static Optional<Cause> ended(Run.Waiting waiting, RunState state, Instant now) {
    if (state.pending().stream().anyMatch(frame -> ends(waiting.waitingFor(), frame, state))) {
      return Optional.of(Cause.FRAMES);
    }
    Instant until = waiting.until();
    return until != null && !now.isBefore(until) ? Optional.of(Cause.TIMER) : Optional.empty();
  }

  private static boolean ends(WaitingFor waitingFor, Pending frame, RunState state) {
    return switch (frame.effect()) {
      case CONTROL -> true;
      case TURN -> waitingFor == WaitingFor.FRAMES || interrupts(frame, state);
      case RESULT -> waitingFor == WaitingFor.APPROVAL && answersApproval(frame, state);
      case CONTEXT -> false;
    };
  }

  private static boolean answersApproval(Pending frame, RunState state) {
    OpenTurn open = state.open();
    return open != null
        && open.lastStep().approvals().stream().anyMatch(a -> frame.answersApproval(a.id()));
  }

  private static boolean interrupts(Pending frame, RunState state) {
    return frame.is(FrameType.USER_MESSAGE) && state.specified().whileBusy() == WhileBusy.INTERRUPT;
  }

  /// The oldest frame that cuts the turn in progress short; empty also when none is in progress.
  ///
  /// A failure that the owner declares does so at once, a finish only when the turn waits: else the
  /// turn comes to its end before it.
  static Optional<Pending> cut(RunState state) {
    OpenTurn open = state.open();
    if (open == null || open.lastStep().finished()) {
      return Optional.empty();
    }
    boolean waits = state.run() instanceof Run.Waiting;
    return state.pending().stream()
        .filter(frame ->
            frame.is(FrameType.FAIL)
                || (frame.is(FrameType.FINISH) && waits)
                || interrupts(frame, state))
        .findFirst();
  }
}
