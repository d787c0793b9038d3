package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.dies;
import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static com.openagents.runtime.engine.ScriptedModels.thinks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.TestNode;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.Utterance;
import com.openagents.runtime.run.Utterance.Speaker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G4")
class RecoveryTest {

  private static final Run COMPLETED = new Run.Ended(Run.Outcome.COMPLETED, null);

  /// Lets time pass until the lease of a dead executor has run out and a new node was let in.
  private static void takeOver(World world, String newcomer) {
    world.addNode(newcomer);
    world.advance(World.TTL.plusSeconds(1));
  }

  @Test
  void a_successor_ends_the_text_of_the_dead_as_interrupted_and_answers_anew() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(
        thinks("hm"),
        says("half an "),
        world.model.waits(Duration.ofMillis(60)),
        says("ans"),
        world.model.waits(Duration.ofMillis(60)),
        says("wer that was not written"),
        dies());
    world.model.answers(says("whole answer"), ends());
    world.settle();
    assertThat(world.node().dead()).isTrue();
    takeOver(world, "node-2");
    assertThat(world.state(run).run()).isEqualTo(COMPLETED);
    assertThat(world.events(run, MessageCompleted.class))
        .extracting(MessageCompleted::messageId, MessageCompleted::text, MessageCompleted::outcome)
        .containsExactly(
            tuple("1.1.0.1", "half an ans", Outcome.INTERRUPTED),
            tuple("1.1.0.2", "whole answer", Outcome.COMPLETE));
    assertThat(world.types(run))
        .containsSubsequence(
            "run.executor_lost", "run.resumed", "message.completed", "message.started");
  }

  @Test
  void an_agent_that_reads_an_answer_reads_the_whole_one() {
    AgentProgram listener =
        Agents.deciding(
            "listener",
            state ->
                state.turn() == null
                    ? List.of(Agents.predict())
                    : List.of(
                        new Intent.Say("heard: " + heard(state.turn().lastStep())),
                        new Intent.Finish()));
    World world = new World(listener);
    RunId run = world.start(Asked.of("listener"), "how much?");
    world.model.answers(says("transfer 10"), world.model.waits(Duration.ofMillis(60)), dies());
    world.model.answers(says("transfer 100 EUR"), ends());
    world.settle();
    takeOver(world, "node-2");
    assertThat(world.state(run).conversation())
        .extracting(Utterance::text)
        .containsExactly("how much?", "transfer 100 EUR", "heard: transfer 100 EUR");
  }

  private static String heard(OpenTurn.Step step) {
    assertThat(step.results()).hasSize(1);
    return step.result(0).orElseThrow().text();
  }

  @Test
  void reasoning_that_was_cut_ends_as_interrupted() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(thinks("hm"), world.model.waits(Duration.ofMillis(60)), dies());
    world.settle();
    takeOver(world, "node-2");
    assertThat(world.events(run, ReasoningCompleted.class))
        .containsExactly(new ReasoningCompleted("1.1.0.1.reasoning", "hm", Outcome.INTERRUPTED));
    assertThat(world.state(run).run()).isEqualTo(COMPLETED);
  }

  @Test
  void the_question_is_asked_again_under_the_same_id_and_without_the_interrupted_text() {
    World world = new World();
    world.start(Asked.of("assistant"), "hello");
    world.model.answers(says("half"), world.model.waits(Duration.ofMillis(60)), dies());
    world.settle();
    takeOver(world, "node-2");
    List<ModelRequest> asked = world.model.asked();
    assertThat(asked).hasSize(2);
    assertThat(asked.get(1)).isEqualTo(asked.get(0));
  }

  @Test
  void what_the_agent_decided_is_carried_on_and_not_decided_again() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(dies());
    world.settle();
    takeOver(world, "node-2");
    assertThat(world.events(run, StepStarted.class))
        .extracting(StepStarted::turn, StepStarted::step)
        .containsExactly(tuple(1, 1));
  }

  @Test
  void the_loss_is_recorded_with_who_was_lost_and_when_it_goes_on() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(dies());
    world.settle();
    takeOver(world, "node-2");
    assertThat(world.events(run, RunExecutorLost.class))
        .containsExactly(new RunExecutorLost(new NodeId("node-1"), 1, 1, 0));
  }

  @Test
  @Tag("scenario-8")
  void a_run_that_kills_every_executor_is_given_up_after_three_recoveries() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    for (int i = 1; i <= 4; i++) {
      world.model.answers(says("never"), dies());
    }
    world.settle();
    for (int i = 2; i <= 4; i++) {
      takeOver(world, "node-" + i);
      world.advance(Duration.ofSeconds(30));
    }
    takeOver(world, "node-5");
    assertThat(world.events(run, RunExecutorLost.class))
        .extracting(RunExecutorLost::attempt, RunExecutorLost::resumeAfterMs)
        .containsExactly(tuple(1, 0L), tuple(2, 30_000L), tuple(3, 30_000L));
    assertThat(world.state(run).run())
        .isEqualTo(new Run.Ended(Run.Outcome.FAILED, ReasonClass.RECOVERY_EXHAUSTED));
    assertThat(world.model.asked()).hasSize(4);
  }

  @Test
  void a_second_recovery_pauses_before_it_begins() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(dies());
    world.model.answers(dies());
    world.settle();
    takeOver(world, "node-2");
    takeOver(world, "node-3");
    assertThat(world.model.asked()).hasSize(2);
    assertThat(world.head(run).wakeAt()).isAfter(world.time.instant());
    world.advance(Duration.ofSeconds(30));
    assertThat(world.state(run).run()).isEqualTo(COMPLETED);
  }

  /// A run that rests after its second loss.
  private static RunId resting(World world) {
    RunId run = world.start(Asked.of("assistant"), "hello");
    for (int i = 1; i <= 4; i++) {
      world.model.answers(dies());
    }
    world.settle();
    takeOver(world, "node-2");
    takeOver(world, "node-3");
    assertThat(world.model.asked()).hasSize(2);
    return run;
  }

  @Test
  @Tag("scenario-8")
  void a_frame_does_not_cut_the_pause_short() {
    World world = new World();
    RunId run = resting(world);
    TestNode hears = world.addNode("node-4");
    hears.runs().frame(run, world.message("are you there?"), World.OWNER, null);
    world.settle();
    assertThat(world.model.asked()).hasSize(2);
    assertThat(world.events(run, RunExecutorLost.class)).hasSize(2);
    world.advance(Duration.ofSeconds(30));
    assertThat(world.model.asked()).hasSize(3);
  }

  @Test
  void a_run_is_canceled_at_once_though_it_pauses() {
    World world = new World();
    RunId run = resting(world);
    world.cancel(run);
    assertThat(world.state(run).run())
        .isEqualTo(new Run.Ended(Run.Outcome.CANCELED, ReasonClass.CANCEL_REQUESTED));
  }

  @Test
  void progress_gives_the_recoveries_back() {
    AgentProgram twoQuestions =
        Agents.once("double", Agents.predict(), Agents.predict(), new Intent.Finish());
    World world = new World(twoQuestions);
    RunId run = world.start(Asked.of("double"), "hello");
    world.model.answers(dies());
    world.model.answers(dies());
    world.model.answers(says("one"), ends());
    world.model.answers(dies());
    world.model.answers(dies());
    world.settle();
    for (int i = 2; i <= 5; i++) {
      takeOver(world, "node-" + i);
      world.advance(Duration.ofSeconds(30));
    }
    assertThat(world.events(run, RunExecutorLost.class))
        .extracting(RunExecutorLost::attempt)
        .containsExactly(1, 2, 1, 2);
    assertThat(world.state(run).run()).isEqualTo(COMPLETED);
    assertThat(world.state(run).conversation())
        .containsExactly(
            new Utterance(Speaker.USER, "hello"),
            new Utterance(Speaker.AGENT, "one"),
            new Utterance(Speaker.AGENT, "ok"));
  }

  @Test
  @Tag("scenario-8")
  void janitors_that_sweep_at_once_write_one_loss() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(dies());
    world.settle();
    world.time.advance(World.TTL.plusSeconds(1));
    Limits limits = Limits.defaults();
    Janitor one = new Janitor(world.store.log(), world.store.index(), limits);
    Janitor other = new Janitor(world.store.log(), world.store.index(), limits);
    assertThat(one.sweep() + other.sweep()).isEqualTo(1);
    assertThat(world.events(run, RunExecutorLost.class)).hasSize(1);
  }

  @Test
  void a_run_that_waits_is_never_swept_whatever_its_age() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "hello");
    world.settle();
    Instant before = world.head(run).updatedAt();
    world.time.advance(Duration.ofDays(400));
    assertThat(new Janitor(world.store.log(), world.store.index(), Limits.defaults()).sweep())
        .isZero();
    assertThat(world.head(run).updatedAt()).isEqualTo(before);
  }
}
