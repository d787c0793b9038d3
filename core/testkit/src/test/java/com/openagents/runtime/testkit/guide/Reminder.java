package com.openagents.runtime.testkit.guide;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Intent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Sleeps until each of thirty mornings, and says which one it is.
record Reminder(Instant first) implements AgentProgram {

  @Override
  public String name() {
    return "reminder";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<Intent> decide(AgentState state) {
    int day = state.turn() == null ? 0 : state.turn().steps().size();
    Instant morning = first.plus(Duration.ofDays(day));
    return day < 30
        ? List.of(new Intent.SleepUntil(morning), new Intent.Say("day " + (day + 1)))
        : List.of(new Intent.Finish());
  }
}
