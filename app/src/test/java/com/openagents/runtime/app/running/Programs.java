package com.openagents.runtime.app.running;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.agent.Echo;
import com.openagents.runtime.agent.Intent;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// The programs of a test's service: those that are built in, `crashing`, and `slow`, which thinks
/// for as long as the test wants. Thread-safe.
final class Programs {

  private final CountDownLatch thought = new CountDownLatch(1);

  AgentPrograms all() {
    return new AgentPrograms(
        List.of(
            new Assistant(),
            new Echo(),
            program("crashing", Programs::crash),
            program("slow", this::think)));
  }

  /// Lets the slow program come to its decision.
  void decide() {
    thought.countDown();
  }

  private static List<Intent> crash() {
    throw new IllegalStateException("planted");
  }

  private List<Intent> think() {
    try {
      thought.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.of(new Intent.Finish());
  }

  private static AgentProgram program(String name, Supplier<List<Intent>> decision) {
    return new AgentProgram() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public int version() {
        return 1;
      }

      @Override
      public List<Intent> decide(AgentState state) {
        return decision.get();
      }
    };
  }
}
