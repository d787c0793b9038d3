package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.meanwhile;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.run.Run;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ControlFramesTest {

  private static final Run COMPLETED = new Run.Ended(Run.Outcome.COMPLETED, null);
  private static final Run FAILED = new Run.Ended(Run.Outcome.FAILED, ReasonClass.EXECUTION_FAILED);
  private static final Json.Obj REASON = Json.object().put("reason", "no longer needed").build();

  @Test
  void finish_completes_a_session_that_waits() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.settle();
    world.send(run, world.frame("finish", Json.Obj.EMPTY));
    world.settle();
    assertThat(world.state(run).run()).isEqualTo(COMPLETED);
  }

  @Test
  void finish_completes_a_session_that_has_not_begun() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session());
    world.send(run, world.frame("finish", Json.Obj.EMPTY));
    world.settle();
    assertThat(world.types(run))
        .containsExactly("run.created", "frame.accepted", "run.started", "run.completed");
  }

  @Test
  void finish_lets_the_turn_and_what_came_before_it_come_to_their_end() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.model.answers(
        says("whole "),
        meanwhile(() -> {
          world.say(run, "two");
          world.send(run, world.frame("finish", Json.Obj.EMPTY));
          world.say(run, "three");
        }),
        says("answer"),
        ends());
    world.settle();
    assertThat(world.state(run).run()).isEqualTo(COMPLETED);
    assertThat(world.state(run).turn()).isEqualTo(2);
    assertThat(world.state(run).conversation().get(1).text()).isEqualTo("whole answer");
  }

  @Test
  void finish_ends_a_sleep() {
    World world =
        new World(
            Agents.once("sleeper", new Intent.SleepUntil(Instant.parse("2030-01-01T00:00:00Z"))));
    RunId run = world.start(Asked.of("sleeper"), "good night");
    world.settle();
    world.send(run, world.frame("finish", Json.Obj.EMPTY));
    world.settle();
    assertThat(world.state(run).run()).isEqualTo(COMPLETED);
    assertThat(world.types(run)).endsWith("run.resumed", "step.finished", "run.completed");
  }

  @Test
  void finish_denies_the_approval_that_is_open() {
    World world =
        new World(
            Agents.once(
                "careful",
                new Intent.RequestApproval("deploy", Json.Obj.EMPTY, Duration.ofMinutes(15)),
                new Intent.Say("deployed")));
    RunId run = world.start(Asked.of("careful"), "go");
    world.settle();
    world.send(run, world.frame("finish", Json.Obj.EMPTY));
    world.settle();
    assertThat(world.state(run).run()).isEqualTo(COMPLETED);
    assertThat(world.events(run, ToolApprovalResolved.class))
        .containsExactly(
            new ToolApprovalResolved("1.1.0", "1.1.0", false, "runtime", "interrupted"));
    assertThat(world.events(run, MessageCompleted.class)).isEmpty();
  }

  @Test
  void fail_ends_the_run_in_the_middle_of_an_answer() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.model.answers(
        says("half"), meanwhile(() -> world.send(run, world.frame("fail", REASON))), says("more"));
    world.settle();
    assertThat(world.state(run).run()).isEqualTo(FAILED);
    assertThat(world.events(run, RunFailed.class))
        .containsExactly(new RunFailed(ReasonClass.EXECUTION_FAILED, "no longer needed"));
    assertThat(world.events(run, MessageCompleted.class))
        .extracting(MessageCompleted::outcome)
        .containsExactly(Outcome.INTERRUPTED);
  }

  @Test
  void fail_ends_a_session_that_waits() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.settle();
    world.send(run, world.frame("fail", Json.Obj.EMPTY));
    world.settle();
    assertThat(world.state(run).run()).isEqualTo(FAILED);
  }

  @Test
  void a_reason_that_no_log_can_hold_is_made_plain() {
    World world = new World(Agents.once("odd", new Intent.Fail("broken \u0000 \ud800")));
    RunId run = world.start(Asked.of("odd"), "one");
    world.settle();
    assertThat(world.events(run, RunFailed.class))
        .containsExactly(new RunFailed(ReasonClass.AGENT_ERROR, "broken \ufffd \ufffd"));
  }
}
