package com.openagents.runtime.testkit.guide;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import java.time.Duration;
import java.util.List;

/// Restarts a host, but asks before.
record Restarter() implements AgentProgram {

  @Override
  public String name() {
    return "restarter";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<Intent> decide(AgentState state) {
    if (state.turn() == null) {
      Json.Obj shown = Json.object().put("host", "db-1").build();
      return List.of(new Intent.RequestApproval("restart", shown, Duration.ofHours(1)));
    }
    String verdict = state.turn().steps().getFirst().results().getLast().text();
    return List.of(new Intent.Say("restart " + verdict), new Intent.AwaitFrames());
  }
}
