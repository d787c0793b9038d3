package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.meanwhile;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.intake.NewFrame;
import com.openagents.runtime.intake.Taken;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.Utterance;
import com.openagents.runtime.run.Utterance.Speaker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagesWhileBusyTest {

  private static final Run AT_REST = new Run.Waiting(WaitingFor.FRAMES, null);
  private static final Intent APPROVAL =
      new Intent.RequestApproval("deploy", Json.Obj.EMPTY, Duration.ofMinutes(15));

  private static Utterance user(String text) {
    return new Utterance(Speaker.USER, text);
  }

  private static Utterance agent(String text) {
    return new Utterance(Speaker.AGENT, text);
  }

  @Test
  void an_enqueued_message_begins_the_next_turn_when_this_one_has_ended() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "one");
    world.model.answers(
        says("first "), meanwhile(() -> world.say(run, "two")), says("answer"), ends());
    world.settle();
    assertThat(world.state(run).turn()).isEqualTo(2);
    assertThat(world.state(run).conversation())
        .containsExactly(user("one"), agent("first answer"), user("two"), agent("ok"));
    assertThat(world.model.asked()).hasSize(2);
  }

  @Test
  void a_message_that_interrupts_ends_the_answer_and_its_step_and_begins_the_next_turn() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session().whileBusy(WhileBusy.INTERRUPT), "one");
    world.model.answers(says("half an ans"), meanwhile(() -> world.say(run, "wait")), says("wer"));
    world.settle();
    assertThat(world.state(run).run()).isEqualTo(AT_REST);
    assertThat(world.events(run, MessageCompleted.class))
        .extracting(MessageCompleted::messageId, MessageCompleted::text, MessageCompleted::outcome)
        .containsExactly(
            tuple("1.1.0.1", "half an ans", Outcome.INTERRUPTED),
            tuple("2.1.0.1", "ok", Outcome.COMPLETE));
    assertThat(world.events(run, StepFinished.class))
        .contains(new StepFinished(1, 1, "interrupted"))
        .doesNotContain(new StepFinished(1, 2, "done"));
    assertThat(world.model.open()).isZero();
  }

  @Test
  void what_was_interrupted_is_not_in_the_models_context() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").whileBusy(WhileBusy.INTERRUPT), "one");
    world.model.answers(says("half an ans"), meanwhile(() -> world.say(run, "wait")));
    world.settle();
    assertThat(world.model.asked().getLast().turns())
        .extracting(ModelRequest.Turn::text)
        .contains("one", "wait")
        .doesNotContain("half an ans");
  }

  @Test
  void an_answer_that_has_come_to_its_end_is_kept_when_a_message_interrupts() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").whileBusy(WhileBusy.INTERRUPT), "one");
    world.model.answers(
        says("whole"),
        patience -> {
          world.say(run, "two");
          return ends().play(patience);
        });
    world.settle();
    assertThat(world.state(run).conversation())
        .containsExactly(user("one"), agent("whole"), user("two"), agent("ok"));
  }

  @Test
  void a_message_interrupts_a_wait_for_approval_which_then_counts_as_denied() {
    World world = new World(Agents.once("careful", APPROVAL, new Intent.Say("done")));
    RunId run = world.start(Asked.of("careful").session().whileBusy(WhileBusy.INTERRUPT), "one");
    world.settle();
    world.say(run, "two");
    world.settle();
    assertThat(world.types(run))
        .containsSubsequence(
            "tool.approval_requested",
            "run.waiting",
            "frame.accepted",
            "run.resumed",
            "tool.approval_resolved",
            "step.finished",
            "step.started",
            "tool.approval_requested",
            "run.waiting");
    assertThat(world.events(run, ToolApprovalResolved.class))
        .containsExactly(
            new ToolApprovalResolved("1.1.0", "1.1.0", false, "runtime", "interrupted"));
    assertThat(world.state(run).turn()).isEqualTo(2);
  }

  @Test
  void an_enqueued_message_waits_for_the_approval_that_comes_before_it() {
    World world = new World(Agents.once("careful", APPROVAL));
    RunId run = world.start(Asked.of("careful").session(), "one");
    world.settle();
    world.say(run, "two");
    world.settle();
    assertThat(world.state(run).run()).isInstanceOf(Run.Waiting.class);
    assertThat(world.state(run).turn()).isEqualTo(1);
    world.send(
        run,
        world.frame(
            "tool_approval",
            Json.object().put("approvalId", "1.1.0").put("approved", true).build()));
    world.settle();
    assertThat(world.state(run).turn()).isEqualTo(2);
  }

  @Test
  void an_enqueued_message_does_not_cut_a_sleep_short() {
    List<Instant> awake = new ArrayList<>();
    World world = new World(sleeper(awake));
    RunId run = world.start(Asked.of("sleeper").session(), "good night");
    world.settle();
    world.say(run, "are you there?");
    world.advance(Duration.ofHours(2));
    assertThat(world.events(run, StepFinished.class).getFirst().outcome()).isEqualTo("done");
    assertThat(world.state(run).turn()).isEqualTo(2);
    assertThat(world.envelopes(run).stream().filter(e -> e.event().type().equals("step.finished")))
        .first()
        .satisfies(
            e -> assertThat(e.occurredAt()).isEqualTo(Instant.parse("2026-01-01T01:00:00Z")));
  }

  @Test
  void a_message_that_interrupts_ends_the_turn_of_a_sleeper() {
    World world = new World(sleeper(new ArrayList<>()));
    RunId run = world.start(Asked.of("sleeper").session().whileBusy(WhileBusy.INTERRUPT), "night");
    world.settle();
    world.say(run, "wake up");
    world.settle();
    assertThat(world.events(run, StepFinished.class))
        .contains(new StepFinished(1, 1, "interrupted"));
    assertThat(world.state(run).turn()).isEqualTo(2);
  }

  private static com.openagents.runtime.agent.AgentProgram sleeper(List<Instant> awake) {
    return Agents.deciding(
        "sleeper",
        state -> {
          if (state.turnBegins()) {
            return List.of(new Intent.SleepUntil(Instant.parse("2026-01-01T01:00:00Z")));
          }
          awake.add(Instant.EPOCH);
          return List.of(new Intent.AwaitFrames());
        });
  }

  @Test
  void a_run_that_rejects_refuses_messages_during_a_turn() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").whileBusy(WhileBusy.REJECT), "one");
    List<Taken> taken = new ArrayList<>();
    world.model.answers(
        says("an"), meanwhile(() -> taken.add(world.say(run, "two"))), says("swer"), ends());
    world.settle();
    assertThat(taken).containsExactly(new Taken.Refused(Taken.Why.BUSY));
    assertThat(world.state(run).turn()).isEqualTo(1);
  }

  @Test
  void a_run_that_rejects_still_recognises_what_it_took_before() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").whileBusy(WhileBusy.REJECT));
    NewFrame first = world.message("one");
    assertThat(world.send(run, first)).isInstanceOf(Taken.Accepted.class);
    List<Taken> taken = new ArrayList<>();
    world.model.answers(says("an"), meanwhile(() -> taken.add(world.send(run, first))), ends());
    world.settle();
    assertThat(taken).singleElement().isInstanceOf(Taken.Repeated.class);
  }

  @Test
  void a_run_that_rejects_takes_messages_between_turns() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session().whileBusy(WhileBusy.REJECT), "one");
    world.settle();
    assertThat(world.say(run, "two")).isInstanceOf(Taken.Accepted.class);
    assertThat(world.say(run, "three")).isEqualTo(new Taken.Refused(Taken.Why.BUSY));
    world.settle();
    assertThat(world.state(run).turn()).isEqualTo(2);
  }

  @Test
  void a_run_that_rejects_takes_messages_while_its_idle_timeout_runs() {
    World world = new World();
    Asked patient = Asked.of("assistant").session().whileBusy(WhileBusy.REJECT);
    RunId run = world.start(patient.idleFor(Duration.ofHours(1)), "one");
    world.settle();
    assertThat(world.say(run, "two")).isInstanceOf(Taken.Accepted.class);
  }

  @Test
  void a_run_that_rejects_refuses_messages_while_it_waits_for_an_approval() {
    World world = new World(Agents.once("careful", APPROVAL));
    RunId run = world.start(Asked.of("careful").whileBusy(WhileBusy.REJECT), "one");
    world.settle();
    assertThat(world.say(run, "two")).isEqualTo(new Taken.Refused(Taken.Why.BUSY));
  }
}
