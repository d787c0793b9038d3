package com.openagents.runtime.execution;

import com.openagents.runtime.run.RunState;
import java.time.Instant;

/// How an execution is, as far as others may see it while it goes on.
///
/// @param lastSeq up to where it knows the log
/// @param wakeUps 1 when something came that it has not looked at yet, else 0: the mailbox of an
///   execution holds wake-ups, and any number of them is one
/// @param queuedFrames accepted frames that no turn has consumed yet
/// @param restarts of the run by another executor, or by this one, since its last progress
/// @param turnSince when the turn in progress began under this lease
public record Vitals(long lastSeq, int wakeUps, int queuedFrames, int restarts, Instant turnSince) {

  /// @param toldOf up to where the log is said to have grown
  static Vitals of(Turn turn, long toldOf) {
    RunState fold = turn.fold();
    return new Vitals(
        fold.lastSeq(),
        toldOf > fold.lastSeq() ? 1 : 0,
        fold.pending().size(),
        fold.recoveries(),
        turn.turnSince());
  }
}
