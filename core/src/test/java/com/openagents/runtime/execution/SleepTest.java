package com.openagents.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SleepTest {

  private static final Instant ONE = Instant.parse("2026-01-01T01:00:00Z");
  private static final Instant TWO = Instant.parse("2026-01-01T02:00:00Z");

  @Test
  void a_sleeping_run_has_no_executor_and_wakes_at_its_time() {
    World world =
        new World(
            Agents.once("sleeper", new Intent.SleepUntil(ONE), new Intent.Say("good morning")));
    RunId run = world.start(Asked.of("sleeper"), "good night");
    world.settle();
    assertThat(world.state(run).run()).isEqualTo(new Run.Waiting(WaitingFor.TIMER, ONE));
    assertThat(world.head(run).lease()).isInstanceOf(Lease.Free.class);
    assertThat(world.head(run).wakeAt()).isEqualTo(ONE);
    world.advance(Duration.ofMinutes(59));
    assertThat(world.types(run)).endsWith("run.waiting");
    world.advance(Duration.ofMinutes(1));
    assertThat(world.types(run))
        .endsWith(
            "run.waiting",
            "run.resumed",
            "message.started",
            "message.delta",
            "message.completed",
            "step.finished",
            "step.started",
            "step.finished",
            "run.completed");
  }

  @Test
  void an_agent_may_count_from_the_time_of_its_decision() {
    List<Instant> told = new ArrayList<>();
    AgentProgram reminder =
        Agents.deciding(
            "reminder",
            state -> {
              told.add(state.now());
              return state.turnBegins()
                  ? List.of(new Intent.SleepUntil(state.now().plus(Duration.ofDays(3))))
                  : List.of(new Intent.Say("it is time"), new Intent.Finish());
            });
    World world = new World(reminder);
    world.advance(Duration.ofMinutes(7));
    RunId run = world.start(Asked.of("reminder"), "remind me in three days");
    Instant started = world.envelopes(run).getFirst().occurredAt();
    world.advance(Duration.ofDays(4));
    assertThat(told).containsExactly(started, started.plus(Duration.ofDays(3)));
    assertThat(world.envelopes(run).getLast().occurredAt())
        .isEqualTo(started.plus(Duration.ofDays(3)));
  }

  @Test
  void every_sleep_of_one_decision_is_slept() {
    World world =
        new World(Agents.once("sleeper", new Intent.SleepUntil(ONE), new Intent.SleepUntil(TWO)));
    RunId run = world.start(Asked.of("sleeper"), "good night");
    world.advance(Duration.ofHours(3));
    assertThat(world.events(run, RunWaiting.class))
        .containsExactly(
            new RunWaiting(WaitingFor.TIMER, ONE), new RunWaiting(WaitingFor.TIMER, TWO));
    assertThat(world.envelopes(run).getLast().occurredAt()).isEqualTo(TWO);
  }

  @Test
  void a_time_beyond_the_last_year_is_its_last_moment() {
    World world = new World(Agents.once("sleeper", new Intent.SleepUntil(Instant.MAX)));
    RunId run = world.start(Asked.of("sleeper"), "good night");
    world.settle();
    assertThat(world.state(run).run())
        .isEqualTo(new Run.Waiting(WaitingFor.TIMER, Timestamps.LATEST));
  }

  @Test
  void a_wait_for_frames_beyond_the_last_year_is_until_its_last_moment() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session().idleFor(Duration.ofDays(3_472_222)));
    world.settle();
    assertThat(world.state(run).run())
        .isEqualTo(new Run.Waiting(WaitingFor.FRAMES, Timestamps.LATEST));
  }

  @Test
  void a_time_that_has_passed_is_not_waited_for() {
    World world = new World(Agents.once("sleeper", new Intent.SleepUntil(Instant.EPOCH)));
    RunId run = world.start(Asked.of("sleeper"), "good night");
    world.settle();
    assertThat(world.types(run)).endsWith("run.completed").doesNotContain("run.waiting");
  }

  @Test
  void an_agent_may_sleep_more_often_than_it_may_decide_at_a_stretch() {
    World world =
        new World(
            Agents.deciding(
                "sleeper",
                state -> {
                  int slept = state.turn() == null ? 0 : state.turn().steps().size();
                  return slept < 250
                      ? List.of(new Intent.SleepUntil(ONE.plus(Duration.ofDays(slept))))
                      : List.of(new Intent.Finish());
                }));
    RunId run = world.start(Asked.of("sleeper"), "good night");
    world.advance(Duration.ofDays(300));
    assertThat(world.state(run).run()).isEqualTo(new Run.Ended(Run.Outcome.COMPLETED, null));
  }
}
