package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.run.Run;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

  private static final Instant TEN = Instant.parse("2026-01-01T00:10:00Z");
  private static final Run TOO_LATE =
      new Run.Ended(Run.Outcome.FAILED, ReasonClass.DEADLINE_EXCEEDED);

  private static Instant endOf(World world, RunId run) {
    return world.envelopes(run).getLast().occurredAt();
  }

  @Test
  void a_session_that_hears_nothing_for_too_long_fails() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session().idleFor(Duration.ofHours(1)), "one");
    world.advance(Duration.ofMinutes(59));
    assertThat(world.state(run).run())
        .isEqualTo(new Run.Waiting(WaitingFor.FRAMES, Instant.parse("2026-01-01T01:00:00Z")));
    world.advance(Duration.ofMinutes(1));
    assertThat(world.state(run).run())
        .isEqualTo(new Run.Ended(Run.Outcome.FAILED, ReasonClass.IDLE_TIMEOUT));
  }

  @Test
  void a_message_begins_the_idle_time_anew() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session().idleFor(Duration.ofHours(1)), "one");
    world.advance(Duration.ofMinutes(59));
    world.say(run, "two");
    world.advance(Duration.ofMinutes(59));
    assertThat(world.state(run).run()).isInstanceOf(Run.Waiting.class);
    world.advance(Duration.ofMinutes(1));
    assertThat(world.state(run).run()).isInstanceOf(Run.Ended.class);
  }

  @Test
  void a_message_that_comes_as_the_idle_time_ends_is_answered() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session().idleFor(Duration.ofHours(1)), "one");
    world.settle();
    world.time.advance(Duration.ofHours(1));
    world.node().log().beforeNextWrite(() -> world.say(run, "two"));
    world.settle();
    assertThat(world.state(run).turn()).isEqualTo(2);
    assertThat(world.state(run).run()).isInstanceOf(Run.Waiting.class);
  }

  @Test
  void a_run_that_waits_for_frames_fails_at_its_deadline() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session().until(TEN), "one");
    world.advance(Duration.ofHours(1));
    assertThat(world.state(run).run()).isEqualTo(TOO_LATE);
    assertThat(endOf(world, run)).isEqualTo(TEN);
  }

  @Test
  void a_run_that_sleeps_past_its_deadline_fails_at_it() {
    World world =
        new World(
            Agents.once("sleeper", new Intent.SleepUntil(Instant.parse("2030-01-01T00:00:00Z"))));
    RunId run = world.start(Asked.of("sleeper").until(TEN), "one");
    world.advance(Duration.ofHours(1));
    assertThat(world.state(run).run()).isEqualTo(TOO_LATE);
    assertThat(endOf(world, run)).isEqualTo(TEN);
  }

  @Test
  void a_run_that_waits_for_an_approval_past_its_deadline_fails_at_it_and_denies() {
    World world =
        new World(
            Agents.once(
                "careful",
                new Intent.RequestApproval("deploy", Json.Obj.EMPTY, Duration.ofMinutes(15))));
    RunId run = world.start(Asked.of("careful").until(TEN), "one");
    world.advance(Duration.ofHours(1));
    assertThat(world.state(run).run()).isEqualTo(TOO_LATE);
    assertThat(world.events(run, ToolApprovalResolved.class))
        .containsExactly(new ToolApprovalResolved("1.1.0", "1.1.0", false, "runtime", "failed"));
  }

  @Test
  void a_run_whose_deadline_passes_while_the_model_speaks_fails() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").until(TEN), "one");
    world.model.answers(says("half"), world.model.waits(Duration.ofMinutes(10)), says("more"));
    world.settle();
    // The lease ran out meanwhile, so a successor ends the run.
    world.advance(Duration.ofSeconds(1));
    assertThat(world.state(run).run()).isEqualTo(TOO_LATE);
  }

  @Test
  void a_run_that_nobody_took_on_in_time_fails_without_having_begun() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").until(TEN), "one");
    world.time.advance(Duration.ofMinutes(10));
    world.settle();
    assertThat(world.types(run)).containsExactly("run.created", "frame.accepted", "run.failed");
    assertThat(world.state(run).run()).isEqualTo(TOO_LATE);
  }

  @Test
  void a_deadline_is_warned_of_once_at_four_fifths_even_of_a_run_that_waits() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session().until(TEN), "one");
    world.advance(Duration.ofMinutes(8).minusMillis(1));
    assertThat(world.events(run, RunLimitWarning.class)).isEmpty();
    world.advance(Duration.ofMinutes(1));
    assertThat(world.events(run, RunLimitWarning.class))
        .containsExactly(new RunLimitWarning("run_deadline", 480_000, 600_000));
    assertThat(world.state(run).run()).isEqualTo(new Run.Waiting(WaitingFor.FRAMES, null));
    assertThat(world.head(run).wakeAt()).isEqualTo(TEN);
  }

  @Test
  void a_turn_that_takes_too_long_is_given_up_and_tried_again() {
    World world = new World(Limits.defaults().withTurnDeadline(Duration.ofSeconds(20)));
    RunId run = world.start(Asked.of("assistant"), "one");
    world.model.answers(says("half"), world.model.waits(Duration.ofSeconds(21)), says("more"));
    world.model.answers(says("whole"), ends());
    world.settle();
    assertThat(world.events(run, RunExecutorLost.class)).hasSize(1);
    assertThat(world.state(run).run()).isEqualTo(new Run.Ended(Run.Outcome.COMPLETED, null));
    assertThat(world.state(run).conversation().getLast().text()).isEqualTo("whole");
  }

  @Test
  void a_turn_that_takes_too_long_too_often_ends_the_run() {
    World world = new World(Limits.defaults().withTurnDeadline(Duration.ofSeconds(20)));
    RunId run = world.start(Asked.of("assistant"), "one");
    for (int i = 0; i < 4; i++) {
      world.model.answers(says("half"), world.model.waits(Duration.ofSeconds(21)));
    }
    world.advance(Duration.ofMinutes(5));
    assertThat(world.state(run).run())
        .isEqualTo(new Run.Ended(Run.Outcome.FAILED, ReasonClass.RECOVERY_EXHAUSTED));
    assertThat(world.types(run)).doesNotContain("frame.quarantined");
  }

  @Test
  void a_turns_deadline_is_warned_of_once_in_each_turn() {
    World world = new World(Limits.defaults().withTurnDeadline(Duration.ofSeconds(20)));
    RunId run = world.start(Asked.of("assistant").session(), "one");
    for (int i = 0; i < 2; i++) {
      world.model.answers(
          says("a"),
          world.model.waits(Duration.ofSeconds(16)),
          world.model.waits(Duration.ofSeconds(1)),
          says("b"),
          ends());
    }
    world.settle();
    world.say(run, "two");
    world.settle();
    assertThat(world.events(run, RunLimitWarning.class))
        .containsExactly(
            new RunLimitWarning("turn_deadline", 16_000, 20_000),
            new RunLimitWarning("turn_deadline", 16_000, 20_000));
  }
}
