package com.openagents.runtime.testkit.guide;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.run.OpenTurn.Result;
import java.time.Duration;
import java.util.List;

/// Drafts an offer, sends it if somebody approves, and asks about it after thirty days.
record Offers() implements AgentProgram {

  private static final Duration MONTH = Duration.ofDays(30);

  @Override
  public String name() {
    return "offers";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<Intent> decide(AgentState state) {
    if (state.turn() == null) {
      return List.of(
          new Intent.Predict("offers/Draft.v1", Json.object().put("tone", "formal").build()),
          new Intent.RequestApproval("send the offer", Json.Obj.EMPTY, Duration.ofDays(2)));
    }
    Result verdict = state.turn().steps().getFirst().result(1).orElseThrow();
    if (!verdict.text().equals(Result.APPROVED)) {
      return List.of(new Intent.Say("not sent"), new Intent.Finish());
    }
    return switch (state.turn().steps().size()) {
      case 1 -> List.of(new Intent.Say("sent"), new Intent.SleepUntil(state.now().plus(MONTH)));
      default -> List.of(new Intent.Predict("offers/Ask.v1", Json.Obj.EMPTY), new Intent.Finish());
    };
  }
}
