package com.openagents.runtime.engine;

import com.openagents.runtime.execution.Effect;
import com.openagents.runtime.execution.Execution;
import java.time.Duration;
import java.util.function.Consumer;

/// An execution on its task.
final class Underway {

  private final Execution execution;
  private long dueAt = -1;
  private boolean over;

  Underway(Execution execution) {
    this.execution = execution;
  }

  Execution execution() {
    return execution;
  }

  /// Hears of a write that made the run due; it may come too late for the execution to see.
  ///
  /// @return whether it is heeded; not when the task has ended, for then the caller has to
  synchronized boolean heeds(long lastSeq) {
    dueAt = Math.max(dueAt, lastSeq);
    return !over;
  }

  /// Ends the task.
  ///
  /// @return whether something made the run due that the execution has not seen, or did itself last
  synchronized boolean end() {
    over = true;
    return dueAt >= execution.lastSeq();
  }

  /// @return why the execution is over
  Effect.Why runToTheEnd(Consumer<Duration> pause) {
    while (true) {
      switch (execution.advance()) {
        case Execution.Again() -> {}
        case Execution.Rest(Duration rest) -> pause.accept(rest);
        case Execution.Over(Effect.Why why) -> {
          return why;
        }
      }
    }
  }
}
