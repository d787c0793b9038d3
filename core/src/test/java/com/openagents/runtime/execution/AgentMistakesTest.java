package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.during;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.ScriptedModels;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.FrameEvent.FrameQuarantined;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.run.Run;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgentMistakesTest {

  private static RunFailed failure(World world, RunId run) {
    assertThat(world.types(run)).endsWith("run.failed");
    return world.events(run, RunFailed.class).getFirst();
  }

  @Test
  void deciding_nothing_is_a_mistake() {
    World world = new World(Agents.deciding("silent", _ -> List.of()));
    RunId run = world.start(Asked.of("silent"), "hello");
    world.settle();
    assertThat(failure(world, run))
        .isEqualTo(new RunFailed(ReasonClass.AGENT_ERROR, "the agent decided nothing"));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void deciding_something_behind_the_end_of_the_turn_is_a_mistake(Intent end) {
    World world = new World(Agents.deciding("muddled", _ -> List.of(end, new Intent.Say("and"))));
    RunId run = world.start(Asked.of("muddled").session(), "hello");
    world.settle();
    assertThat(failure(world, run))
        .isEqualTo(
            new RunFailed(
                ReasonClass.AGENT_ERROR, "the agent decided something behind the end of its turn"));
    assertThat(world.events(run, StepStarted.class)).isEmpty();
  }

  static List<Intent> ends() {
    return List.of(new Intent.AwaitFrames(), new Intent.Finish(), new Intent.Fail("no"));
  }

  @Test
  void deciding_a_hundred_times_while_nothing_else_happens_is_a_mistake() {
    World world = new World(Agents.deciding("chatty", _ -> List.of(new Intent.Say("and"))));
    RunId run = world.start(Asked.of("chatty"), "hello");
    world.settle();
    assertThat(failure(world, run).reasonClass()).isEqualTo(ReasonClass.AGENT_ERROR);
    assertThat(world.events(run, StepStarted.class)).hasSize(100);
  }

  @Test
  void a_model_that_always_answers_does_not_hide_an_agent_that_never_ends() {
    World world = new World(Agents.deciding("curious", _ -> List.of(Agents.predict())));
    RunId run = world.start(Asked.of("curious"), "hello");
    world.settle();
    assertThat(failure(world, run).reasonClass()).isEqualTo(ReasonClass.AGENT_ERROR);
    assertThat(world.model.asked()).hasSize(100);
  }

  @Test
  void an_agent_may_say_that_it_failed() {
    World world = new World(Agents.once("honest", new Intent.Fail("I cannot do that")));
    RunId run = world.start(Asked.of("honest"), "hello");
    world.settle();
    assertThat(failure(world, run))
        .isEqualTo(new RunFailed(ReasonClass.AGENT_ERROR, "I cannot do that"));
  }

  @Test
  void what_nothing_on_the_node_can_carry_out_is_a_mistake() {
    World world =
        new World(
            Agents.once(
                "ambitious", new Intent.CallTool("fly", Json.Obj.EMPTY, Intent.Settlement.NONE)));
    RunId run = world.start(Asked.of("ambitious"), "hello");
    world.settle();
    assertThat(failure(world, run).message()).contains("call_tool");
  }

  @Test
  @Tag("scenario-24")
  void a_frame_that_crashes_its_agent_again_and_again_is_put_aside() {
    World world =
        new World(
            Agents.deciding(
                "fragile",
                _ -> {
                  throw new IllegalStateException("poison");
                }));
    RunId run = world.start(Asked.of("fragile"), "boom");
    RunId healthy = world.start(Asked.of("assistant"), "hello");
    world.advance(Duration.ofMinutes(5));
    FrameAccepted frame = world.events(run, FrameAccepted.class).getFirst();
    assertThat(world.events(run, RunExecutorLost.class))
        .extracting(RunExecutorLost::attempt)
        .containsExactly(1, 2, 3);
    assertThat(world.events(run, RunExecutorLost.class))
        .extracting(RunExecutorLost::resumeAfterMs)
        .containsExactly(0L, 30_000L, 30_000L);
    assertThat(world.events(run, FrameQuarantined.class))
        .containsExactly(new FrameQuarantined(frame.frameId(), "IllegalStateException", 4));
    assertThat(failure(world, run).reasonClass()).isEqualTo(ReasonClass.POISON_FRAME);
    assertThat(world.state(healthy).run()).isEqualTo(new Run.Ended(Run.Outcome.COMPLETED, null));
  }

  /// Asks its model, and throws once it has the answer.
  private static World throwing(Error error) {
    return new World(
        Agents.deciding(
            "fragile",
            state -> {
              if (state.turn() == null) {
                return List.of(Agents.predict());
              }
              throw error;
            }));
  }

  static List<Error> errors() {
    return List.of(new StackOverflowError(), new AssertionError(), new NoClassDefFoundError());
  }

  @ParameterizedTest
  @MethodSource("errors")
  @Tag("scenario-24")
  void an_error_of_an_agent_is_treated_as_its_exceptions_are(Error error) {
    World world = throwing(error);
    RunId run = world.start(Asked.of("fragile"), "boom");
    world.advance(Duration.ofMinutes(5));
    assertThat(world.events(run, FrameQuarantined.class))
        .extracting(FrameQuarantined::errorClass)
        .containsExactly(error.getClass().getSimpleName());
    assertThat(failure(world, run).reasonClass()).isEqualTo(ReasonClass.POISON_FRAME);
    assertThat(world.model.open()).isZero();
  }

  /// What it was asked about is known by then, so its failure is written behind it: it is counted
  /// as any other, and not met again and again under one lease.
  @Test
  @Tag("scenario-24")
  void an_agent_that_crashes_over_what_was_just_read_is_not_asked_without_end() {
    AtomicInteger asked = new AtomicInteger();
    World world =
        new World(
            Agents.deciding(
                "fragile",
                state -> {
                  if (state.turnBegins()) {
                    return List.of(Agents.predict());
                  }
                  asked.incrementAndGet();
                  throw new IllegalStateException("poison");
                }));
    RunId run = world.start(Asked.of("fragile"), "boom");
    world.model.answers(
        says("a"),
        during(
            () -> world.send(run, world.frame("note", Json.object().put("text", "x").build())),
            ScriptedModels.ends()));
    world.advance(Duration.ofMinutes(5));
    assertThat(asked).hasValue(4);
    assertThat(failure(world, run).reasonClass()).isEqualTo(ReasonClass.POISON_FRAME);
  }

  @Test
  void a_log_that_cannot_be_folded_any_more_is_left_alone() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    RunStarted odd = new RunStarted(new NodeId("odd"));
    world.model.answers(
        says("a"),
        during(
            () -> world.store.log().append(Append.of(run, Precondition.OPEN, List.of(odd))),
            ScriptedModels.ends()));
    world.node().work();
    assertThat(world.node().runtime().executions()).isEmpty();
    assertThat(world.types(run)).endsWith("step.started", "run.started");
  }

  @Test
  void what_the_virtual_machine_cannot_go_on_after_ends_the_task_and_the_model_call() {
    World world = throwing(new OutOfMemoryError());
    RunId run = world.start(Asked.of("fragile"), "boom");
    assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(world::settle);
    assertThat(world.model.open()).isZero();
    assertThat(world.node().runtime().executions()).isEmpty();
    assertThat(world.events(run, RunExecutorLost.class)).isEmpty();
  }

  @Test
  void a_number_that_no_log_can_hold_never_gets_into_a_decision() {
    World world =
        new World(
            Agents.deciding(
                "rich",
                _ ->
                    List.of(
                        new Intent.CallTool(
                            "pay",
                            Json.object().put("msat", 1L << 53).build(),
                            Intent.Settlement.NONE))));
    RunId run = world.start(Asked.of("rich"), "pay");
    world.advance(Duration.ofMinutes(5));
    assertThat(failure(world, run).reasonClass()).isEqualTo(ReasonClass.POISON_FRAME);
    assertThat(world.events(run, StepStarted.class)).isEmpty();
  }

  @Test
  void an_agent_that_crashes_once_is_asked_again() {
    AtomicInteger asked = new AtomicInteger();
    World world =
        new World(
            Agents.deciding(
                "shaky",
                _ -> {
                  if (asked.incrementAndGet() == 1) {
                    throw new IllegalStateException("once");
                  }
                  return List.of(new Intent.Say("well"), new Intent.Finish());
                }));
    RunId run = world.start(Asked.of("shaky"), "hello");
    world.node().work();
    assertThat(world.state(run).run()).isEqualTo(new Run.Ended(Run.Outcome.COMPLETED, null));
    assertThat(world.state(run).recoveries()).isZero();
  }
}
