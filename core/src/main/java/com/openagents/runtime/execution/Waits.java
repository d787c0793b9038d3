package com.openagents.runtime.execution;

import com.openagents.runtime.event.RunEvent.RunResumed.Cause;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.run.RunState.Pending;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When a wait is over. Pure.
///
/// A frame that begins a turn ends a wait for frames and cuts a sleep short; it ends a wait for
/// approval only when messages interrupt the run.
final class Waits {

  private Waits() {}

  /// What ended the wait, or empty when it goes on.
  static Optional<Cause> ended(Run.Waiting waiting, RunState state, Instant now) {
    Instant until = waiting.until();
    if (state.pending().stream().anyMatch(frame -> ends(waiting.waitingFor(), frame, state))) {
      return Optional.of(Cause.FRAMES);
    }
    return until != null && !now.isBefore(until) ? Optional.of(Cause.TIMER) : Optional.empty();
  }

  private static boolean ends(WaitingFor waitingFor, Pending frame, RunState state) {
    return switch (frame.effect()) {
      case CONTROL -> true;
      case TURN ->
          waitingFor == WaitingFor.FRAMES
              || waitingFor == WaitingFor.TIMER
              || state.specified().whileBusy() == WhileBusy.INTERRUPT;
      case RESULT -> waitingFor == WaitingFor.APPROVAL && answersOpenApproval(frame, state.open());
      case CONTEXT -> false;
    };
  }

  private static boolean answersOpenApproval(Pending frame, @Nullable OpenTurn open) {
    return open != null
        && open.lastStep().intents().stream()
            .map(IntentRecord::id)
            .anyMatch(id -> !open.lastStep().resulted(id) && frame.answersApproval(id));
  }

  static Wake wakeOf(Run.Waiting waiting) {
    Instant until = waiting.until();
    return until == null ? Wake.NEVER : new Wake.At(until);
  }
}
