package com.openagents.runtime.engine;

import com.openagents.runtime.execution.Execution;
import java.time.Duration;
import java.util.function.Consumer;

/// An execution on its task.
final class Underway {

  private final Execution execution;
  private volatile boolean again;

  Underway(Execution execution) {
    this.execution = execution;
  }

  Execution execution() {
    return execution;
  }

  /// Something made the run due that the execution may have missed on its way out.
  void wantAgain() {
    again = true;
  }

  boolean wantedAgain() {
    return again;
  }

  void runToTheEnd(Consumer<Duration> pause) {
    while (true) {
      switch (execution.advance()) {
        case Execution.Again() -> {}
        case Execution.Rest(Duration rest) -> pause.accept(rest);
        case Execution.Over _ -> {
          return;
        }
      }
    }
  }
}
