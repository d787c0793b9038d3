package com.openagents.runtime.model;

import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.model.ModelRequest.Role;

/// Answers with the newest thing the user said. Deterministic; for smoke checks and tests.
public final class EchoModels implements Models {

  public static final String SIGNATURE = "echo/Repeat.v1";

  @Override
  public ModelStream open(ModelRequest request) {
    String said =
        request.turns().reversed().stream()
            .filter(turn -> turn.role() == Role.USER)
            .map(ModelRequest.Turn::text)
            .findFirst()
            .orElse("");
    return new ScriptedStream(
        ScriptedStream.words(said), new ModelUse("echo", "echo-1", "stop", null, null));
  }
}
