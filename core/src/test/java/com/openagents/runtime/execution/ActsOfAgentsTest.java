package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.meanwhile;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static com.openagents.runtime.engine.ScriptedModels.thinks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.run.Utterance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an agent sees when it decides, and what its decisions leave in the log.
class ActsOfAgentsTest {

  private static Json.Obj text(String text) {
    return Json.object().put("text", text).build();
  }

  private static List<String> after(String type, List<String> types) {
    return types.subList(types.indexOf(type) + 1, types.size());
  }

  @Test
  void a_model_is_given_the_input_as_it_was_decided() {
    Json.Obj input = Json.object().put("tone", "dry").build();
    World world = new World(Agents.once("toned", new Intent.Predict("test/Toned.v1", input)));
    world.start(Asked.of("toned"), "hello");
    world.settle();
    assertThat(world.model.asked())
        .extracting(ModelRequest::signature, ModelRequest::input)
        .containsExactly(tuple("test/Toned.v1", input));
  }

  @Test
  void a_turn_sees_the_notes_before_its_message_and_no_later_message() {
    List<AgentState> seen = new ArrayList<>();
    World world =
        new World(
            Agents.deciding(
                "watcher",
                state -> {
                  seen.add(state);
                  return List.of(new Intent.AwaitFrames());
                }));
    RunId run = world.start(Asked.of("watcher").session());
    world.send(run, world.frame("note", text("by the way")));
    world.say(run, "one");
    world.say(run, "two");
    world.settle();

    assertThat(seen).hasSize(2);
    assertThat(seen.getFirst().frames())
        .extracting(FrameAccepted::frameType)
        .containsExactly("note", "user_message");
    assertThat(seen.getFirst().conversation())
        .extracting(Utterance::text)
        .containsExactly("by the way", "one");
    assertThat(seen.getLast().frames()).hasSize(1);
  }

  @Test
  void a_thought_is_shown_from_its_beginning_to_its_end() {
    World world = new World(Agents.once("thinker", new Intent.Think("hm")));
    RunId run = world.start(Asked.of("thinker"), "hello");
    world.settle();

    assertThat(after("step.started", world.types(run)))
        .startsWith("reasoning.started", "reasoning.delta", "reasoning.completed");
    assertThat(world.events(run, ReasoningDelta.class))
        .containsExactly(new ReasoningDelta("1.1.0", "hm"));
  }

  @Test
  void what_is_said_is_the_first_attempt_at_its_intent_and_steps_are_counted() {
    World world = new World(Agents.once("greeter", new Intent.Say("hello")));
    RunId run = world.start(Asked.of("greeter"), "hello");
    world.settle();

    assertThat(world.events(run, MessageStarted.class))
        .containsExactly(new MessageStarted("1.1.0.1"));
    assertThat(world.events(run, StepStarted.class))
        .extracting(StepStarted::step)
        .containsExactly(1, 2);
  }

  @Test
  void an_agent_that_finishes_ends_its_step_and_its_run() {
    World world = new World(Agents.once("brief", new Intent.Finish()));
    RunId run = world.start(Asked.of("brief").session(), "hello");
    world.settle();

    assertThat(world.types(run)).endsWith("step.finished", "run.completed");
  }

  @Test
  void a_model_that_only_thinks_leaves_its_thought_and_an_empty_message() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(thinks("hm"), ends());
    world.settle();

    assertThat(after("step.started", world.types(run)))
        .startsWith(
            "reasoning.started",
            "reasoning.delta",
            "reasoning.completed",
            "message.started",
            "message.completed");
  }

  @Test
  void a_text_that_is_open_when_its_turn_takes_too_long_ends_before_the_run_is_given_back() {
    World world = new World(Limits.defaults().withTurnDeadline(Duration.ofSeconds(10)));
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(says("par"), world.model.waits(Duration.ofSeconds(11)), says("tial"));
    world.settle();

    List<String> types = world.types(run);
    assertThat(types.get(types.indexOf("run.executor_lost") - 1)).isEqualTo("message.completed");
    assertThat(world.events(run, MessageCompleted.class).getFirst().outcome())
        .isEqualTo(Outcome.INTERRUPTED);
  }

  @Test
  void a_result_that_nobody_waits_for_ends_no_wait_for_approval() {
    World world =
        new World(
            Agents.once(
                "careful",
                new Intent.RequestApproval("deploy", Json.Obj.EMPTY, Duration.ofMinutes(15))));
    RunId run = world.start(Asked.of("careful"), "hello");
    world.settle();
    int before = world.types(run).size();
    world.send(run, world.frame("tool_result", text("unasked")));
    world.say(run, "are you there?");
    world.settle();

    assertThat(world.types(run).subList(before, world.types(run).size()))
        .containsExactly("frame.accepted", "frame.accepted");
  }

  @Test
  void a_node_tells_how_far_an_execution_is_while_it_goes_on() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    List<Vitals> seen = new ArrayList<>();
    Runnable look =
        () ->
            world.node().runtime().executions().stream()
                .flatMap(execution -> execution.vitals().stream())
                .forEach(seen::add);
    world.model.answers(
        meanwhile(look), meanwhile(() -> world.say(run, "more")), meanwhile(look), ends());
    world.settle();

    assertThat(seen).hasSize(2);
    assertThat(seen.getFirst().wakeUps()).isZero();
    assertThat(seen.getFirst().queuedFrames()).isZero();
    assertThat(seen.getFirst().restarts()).isZero();
    assertThat(seen.getLast().lastSeq()).isGreaterThan(seen.getFirst().lastSeq());
    assertThat(seen.getLast().queuedFrames()).isEqualTo(1);
  }
}
