package com.openagents.runtime.http;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.agent.Echo;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/// The programs of a test's service: those that are built in, one that asks before it acts, and one
/// that thinks for as long as the test wants.
final class Programs {

  private final CountDownLatch thought = new CountDownLatch(1);

  AgentPrograms all() {
    return new AgentPrograms(
        List.of(
            new Assistant(),
            new Echo(),
            program("careful", _ -> List.of(approval())),
            program("slow", _ -> slow())));
  }

  /// Lets the slow program come to its decision.
  void decide() {
    thought.countDown();
  }

  private List<Intent> slow() {
    try {
      thought.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.of(new Intent.Finish());
  }

  private static Intent approval() {
    return new Intent.RequestApproval("restart", Json.Obj.EMPTY, Duration.ofMinutes(15));
  }

  private static AgentProgram program(String name, Function<AgentState, List<Intent>> first) {
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
        return state.turnBegins() ? first.apply(state) : List.of(new Intent.AwaitFrames());
      }
    };
  }
}
