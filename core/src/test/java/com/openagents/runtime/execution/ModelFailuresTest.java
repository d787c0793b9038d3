package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.breaksOff;
import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.fails;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static com.openagents.runtime.engine.ScriptedModels.thinks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.run.Utterance;
import com.openagents.runtime.run.Utterance.Speaker;
import org.junit.jupiter.api.Test;

class ModelFailuresTest {

  @Test
  void a_model_that_fails_fails_the_run_with_what_it_said() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(fails("rate_limited", "the provider is busy"));
    world.settle();
    assertThat(world.events(run, RunFailed.class))
        .containsExactly(new RunFailed(ReasonClass.MODEL_UNAVAILABLE, "the provider is busy"));
    assertThat(world.model.open()).isZero();
  }

  @Test
  void what_was_heard_before_the_failure_is_kept_as_interrupted() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(thinks("hm"), says("half an"), fails("unavailable", "cut off"));
    world.settle();
    assertThat(world.events(run, MessageCompleted.class))
        .extracting(MessageCompleted::text, MessageCompleted::outcome)
        .containsExactly(tuple("half an", Outcome.INTERRUPTED));
    assertThat(world.events(run, ReasoningCompleted.class))
        .extracting(ReasoningCompleted::text)
        .containsExactly("hm");
  }

  @Test
  void an_answer_that_breaks_off_is_asked_for_again_and_what_was_heard_stands_as_interrupted() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(thinks("hm"), breaksOff());
    world.model.answers(says("half an"), breaksOff());
    world.model.answers(says("a whole"), ends());
    world.settle();
    assertThat(world.events(run, MessageCompleted.class))
        .extracting(MessageCompleted::text, MessageCompleted::outcome)
        .containsExactly(tuple("half an", Outcome.INTERRUPTED), tuple("a whole", Outcome.COMPLETE));
    assertThat(world.model.asked()).hasSize(3);
    assertThat(world.model.open()).isZero();
    assertThat(world.types(run)).endsWith("run.completed");
  }

  @Test
  void answers_that_all_break_off_fail_the_run_in_the_end() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    int asked = Limits.defaults().recoveriesMax() + 1;
    for (int answer = 0; answer < asked; answer++) {
      world.model.answers(says("half an"), breaksOff());
    }
    world.settle();
    assertThat(world.events(run, RunFailed.class))
        .containsExactly(new RunFailed(ReasonClass.MODEL_UNAVAILABLE, "broke the answer off"));
    assertThat(world.events(run, MessageCompleted.class)).hasSize(asked);
    assertThat(world.model.asked()).hasSize(asked);
  }

  @Test
  void an_answer_that_breaks_off_before_its_beginning_fails_the_run() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(breaksOff());
    world.settle();
    assertThat(world.events(run, RunFailed.class)).hasSize(1);
    assertThat(world.model.asked()).hasSize(1);
  }

  @Test
  void a_stream_that_throws_is_a_model_that_fails() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(_ -> {
      throw new IllegalStateException("socket closed");
    });
    world.settle();
    assertThat(world.events(run, RunFailed.class))
        .extracting(RunFailed::reasonClass)
        .containsExactly(ReasonClass.MODEL_UNAVAILABLE);
  }

  @Test
  void an_answer_that_never_ends_is_cut_off() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    String piece = "x".repeat(Answer.TEXT_MAX / 2);
    world.model.answers(says(piece), says(piece), says("!"), says("more"));
    world.settle();
    assertThat(world.events(run, RunFailed.class))
        .extracting(RunFailed::reasonClass)
        .containsExactly(ReasonClass.MODEL_UNAVAILABLE);
  }

  @Test
  void what_no_log_can_hold_is_made_plain() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(says("a\u0000b \ud83d"), says("\ude00 c"), ends());
    world.settle();
    assertThat(world.state(run).conversation())
        .contains(new Utterance(Speaker.AGENT, "a\ufffdb \ufffd\ufffd c"));
  }

  @Test
  void a_failure_told_in_what_no_log_can_hold_is_made_plain_and_not_tried_again() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(fails("refused", "cut in a pair: \ud83d"));
    world.settle();
    assertThat(world.events(run, RunFailed.class))
        .containsExactly(new RunFailed(ReasonClass.MODEL_UNAVAILABLE, "cut in a pair: \ufffd"));
    assertThat(world.events(run, RunExecutorLost.class)).isEmpty();
  }

  @Test
  void an_answer_of_nothing_ends_the_turn_and_adds_nothing_to_the_conversation() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(ends());
    world.settle();
    assertThat(world.types(run)).contains("message.completed").endsWith("run.completed");
    assertThat(world.state(run).conversation())
        .containsExactly(new Utterance(Speaker.USER, "hello"));
  }
}
