package com.openagents.runtime.agent;

import com.openagents.runtime.canon.Json;
import java.util.List;

/// The default agent: reads the conversation, asks the model, answers, and waits.
public final class Assistant implements AgentProgram {

  public static final String ANSWER = "assistant/Answer.v1";

  @Override
  public String name() {
    return "assistant";
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
        ? List.of(new Intent.Predict(ANSWER, Json.Obj.EMPTY), new Intent.AwaitFrames())
        : List.of(new Intent.AwaitFrames());
  }
}
