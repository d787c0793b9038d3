package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.dies;
import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.fails;
import static com.openagents.runtime.engine.ScriptedModels.meanwhile;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.Echo;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.TestNode;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.Utterance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An agent that decides on its answer and on the wait behind it at once.
class AnswerInOneStepTest {

  private static final Run AT_REST = new Run.Waiting(WaitingFor.FRAMES, null);

  private static List<String> lastWrite(World world) {
    return world.node().log().triedByExecutors().getLast().events().stream()
        .map(Event::type)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"assistant", "echo"})
  void an_answer_is_one_step_which_ends_with_its_run_in_one_write(String agent) {
    World world = new World(new Echo());
    RunId run = world.start(Asked.of(agent), "hello");
    world.settle();
    assertThat(world.events(run, StepStarted.class)).hasSize(1);
    assertThat(lastWrite(world))
        .containsExactly(
            "message.started",
            "message.delta",
            "message.completed",
            "step.finished",
            "run.completed");
  }

  @Test
  void an_answer_in_a_session_ends_with_its_wait_in_one_write() {
    World world = new World();
    world.start(Asked.of("assistant").session(), "hello");
    world.settle();
    assertThat(lastWrite(world))
        .endsWith("message.completed", "step.finished", "run.waiting")
        .doesNotContain("step.started");
  }

  @Test
  void a_frame_that_lands_while_the_model_speaks_is_not_swallowed_by_the_wait() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.model.answers(
        says("first "), meanwhile(() -> world.say(run, "two")), says("answer"), ends());
    world.settle();
    assertThat(world.state(run).conversation())
        .extracting(Utterance::text)
        .containsExactly("one", "first answer", "two", "ok");
    assertThat(world.types(run)).filteredOn("run.waiting"::equals).hasSize(1);
    assertThat(world.types(run))
        .containsSubsequence("step.finished", "step.started", "step.finished", "run.waiting");
    assertThat(world.state(run).run()).isEqualTo(AT_REST);
  }

  @Test
  void nothing_waits_behind_an_answer_that_failed() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.model.answers(says("half"), fails("unavailable", "cut off"));
    world.settle();
    assertThat(world.types(run))
        .endsWith("message.completed", "run.failed")
        .doesNotContain("step.finished", "run.waiting");
  }

  @Test
  void nothing_waits_behind_an_answer_that_a_message_interrupts() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session().whileBusy(WhileBusy.INTERRUPT), "one");
    world.model.answers(says("half"), meanwhile(() -> world.say(run, "two")), says("lost"));
    world.settle();
    assertThat(world.events(run, StepFinished.class))
        .containsExactly(new StepFinished(1, 1, "interrupted"), new StepFinished(2, 1, "done"));
    assertThat(world.types(run)).filteredOn("run.waiting"::equals).hasSize(1);
  }

  @Test
  void nothing_waits_behind_an_answer_that_is_canceled() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.model.answers(says("half"), meanwhile(() -> world.cancel(run)), says("lost"));
    world.settle();
    assertThat(world.types(run))
        .endsWith(
            "run.cancel_requested",
            "message.started",
            "message.delta",
            "message.completed",
            "run.canceled")
        .doesNotContain("step.finished", "run.waiting");
  }

  @Test
  void a_successor_answers_and_then_waits_without_deciding_again() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.model.answers(says("half"), dies());
    world.settle();
    world.addNode("node-2");
    world.advance(World.TTL.plusSeconds(1));
    assertThat(world.events(run, StepStarted.class)).hasSize(1);
    assertThat(world.state(run).run()).isEqualTo(AT_REST);
  }

  @Test
  void what_was_decided_in_one_step_is_done_in_order_and_the_agent_asked_once() {
    List<Boolean> asked = new ArrayList<>();
    World world =
        new World(
            Agents.deciding(
                "orderly",
                state -> {
                  asked.add(state.turnBegins());
                  return List.of(
                      new Intent.Say("before"),
                      Agents.predict(),
                      new Intent.Say("after"),
                      new Intent.AwaitFrames());
                }));
    RunId run = world.start(Asked.of("orderly").session(), "one");
    world.settle();
    assertThat(world.state(run).conversation())
        .extracting(Utterance::text)
        .containsExactly("one", "before", "ok", "after");
    assertThat(asked).containsExactly(true);
  }

  @Test
  void a_turn_that_had_decided_the_answer_alone_is_asked_again_and_waits() {
    World world = new World();
    TestNode old =
        world.addNode("old", List.of(Agents.deciding("assistant", _ -> List.of(Agents.predict()))));
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.model.answers(dies());
    old.settle();
    world.advance(World.TTL.plusSeconds(1));
    assertThat(world.events(run, StepStarted.class)).hasSize(2);
    assertThat(world.model.asked()).hasSize(2);
    assertThat(world.state(run).run()).isEqualTo(AT_REST);
  }
}
