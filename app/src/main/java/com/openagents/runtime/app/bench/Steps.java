package com.openagents.runtime.app.bench;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.model.EchoModels;
import java.util.List;

/// An agent that asks the echoing model so many times in each turn.
public record Steps(int count) implements AgentProgram {

  public static final String NAME = "bench-steps";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<Intent> decide(AgentState state) {
    int done = state.turn() == null ? 0 : state.turn().steps().size();
    Intent ask = new Intent.Predict(EchoModels.SIGNATURE, Json.Obj.EMPTY);
    return done < count - 1 ? List.of(ask) : List.of(ask, new Intent.AwaitFrames());
  }
}
