package com.openagents.runtime.agent;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.model.EchoModels;
import java.util.List;

/// Repeats what it is told, through the same model port, log and streams as any other agent.
public final class Echo implements AgentProgram {

  @Override
  public String name() {
    return "echo";
  }

  @Override
  public int version() {
    return 1;
  }

  /// The answer and the wait behind it are one decision, so an answer is one step. A turn whose
  /// earlier version decided them apart is asked again, and waits.
  @Override
  public List<Intent> decide(AgentState state) {
    return state.turnBegins()
        ? List.of(
            new Intent.Predict(EchoModels.SIGNATURE, Json.Obj.EMPTY), new Intent.AwaitFrames())
        : List.of(new Intent.AwaitFrames());
  }
}
