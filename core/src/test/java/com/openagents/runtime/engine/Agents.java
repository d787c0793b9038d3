package com.openagents.runtime.engine;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import java.util.List;
import java.util.function.Function;

/// Small agents for tests.
public final class Agents {

  private Agents() {}

  /// An agent that decides as told.
  public static AgentProgram deciding(String name, Function<AgentState, List<Intent>> deciding) {
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
        return deciding.apply(state);
      }
    };
  }

  /// An agent that decides the same in every turn's first step, and then waits for frames.
  public static AgentProgram once(String name, Intent... intents) {
    return deciding(
        name, state -> state.turnBegins() ? List.of(intents) : List.of(new Intent.AwaitFrames()));
  }

  /// Asks the model.
  public static Intent predict() {
    return new Intent.Predict("test/Answer.v1", Json.Obj.EMPTY);
  }
}
