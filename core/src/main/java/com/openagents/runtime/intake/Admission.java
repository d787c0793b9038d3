package com.openagents.runtime.intake;

import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.run.Run;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Takes a message only while no turn is in progress, for runs that reject it otherwise.
///
/// The look and the write are one decision, because the write names the sequence at which the look
/// was taken.
final class Admission {

  /// A sequence that no run's log ends at: the write is refused, but a repetition is recognised.
  private static final long NOWHERE = 0;

  private final EventLog log;

  Admission(EventLog log) {
    this.log = log;
  }

  /// The answer to a frame that finds no room: a repetition is still recognised.
  Taken whenFull(Append write) {
    Appended outcome = log.append(write.atSeq(NOWHERE));
    return outcome instanceof Appended.Refused(Refusal why, _, _) && why == Refusal.MOVED
        ? new Taken.Refused(Taken.Why.FULL)
        : Taken.of(outcome);
  }

  /// @param kept the write as it is made when the run is idle
  Taken whenIdle(Append write, UnaryOperator<Append> kept) {
    while (true) {
      RunHead head = log.head(write.runId()).orElse(null);
      if (head == null) {
        return new Taken.Refused(Taken.Why.NOT_FOUND);
      }
      boolean idle = idle(head);
      Append next = idle ? kept.apply(write).atSeq(head.lastSeq()) : write.atSeq(NOWHERE);
      Appended outcome = log.append(next);
      if (!(outcome instanceof Appended.Refused(Refusal why, _, _) && why == Refusal.MOVED)) {
        return Taken.of(outcome);
      }
      if (!idle) {
        return new Taken.Refused(Taken.Why.BUSY);
      }
    }
  }

  /// Whether the run has nothing to do: it waits for frames and none has come, or it was only just
  /// created.
  private static boolean idle(RunHead head) {
    return switch (head.columns().run()) {
      case Run.Waiting(WaitingFor what, Instant until) ->
          what == WaitingFor.FRAMES && !called(head, until);
      case Run.Created() -> head.lastSeq() == 1;
      default -> false;
    };
  }

  /// Whether something calls a run that waits: its idle time is over, or it wakes for another
  /// reason, which is a frame, even if it has to rest before that.
  private static boolean called(RunHead head, @Nullable Instant until) {
    Instant wakeAt = head.wakeAt();
    return wakeAt != null && (!wakeAt.equals(until) || !wakeAt.isAfter(head.readAt()));
  }
}
