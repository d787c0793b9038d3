package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static com.openagents.runtime.engine.ScriptedModels.thinks;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.ScriptedModels.Beat;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.model.ModelStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelOutputTest {

  private static Beat[] words(World world, int count, Duration pause) {
    List<Beat> beats = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      beats.add(says("word "));
      beats.add(world.model.waits(pause));
    }
    beats.add(ends());
    return beats.toArray(Beat[]::new);
  }

  private static List<String> deltas(World world, RunId run) {
    return world.events(run, MessageDelta.class).stream().map(MessageDelta::text).toList();
  }

  @Test
  void words_are_gathered_for_fifty_milliseconds() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(words(world, 20, Duration.ofMillis(10)));
    world.settle();
    assertThat(deltas(world, run))
        .containsExactly(
            "word ".repeat(5), "word ".repeat(5), "word ".repeat(5), "word ".repeat(5));
  }

  @Test
  void many_words_are_not_gathered_for_longer_than_two_kilobytes() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(words(world, 1000, Duration.ZERO));
    world.settle();
    assertThat(deltas(world, run)).hasSize(3).first().satisfies(t -> assertThat(t).hasSize(2050));
  }

  @Test
  void long_reasoning_does_not_spoil_the_gathering_of_the_answer() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    List<Beat> beats = new ArrayList<>(List.of(thinks("x".repeat(3000))));
    beats.addAll(List.of(words(world, 20, Duration.ofMillis(10))));
    world.model.answers(beats.toArray(Beat[]::new));
    world.settle();
    assertThat(deltas(world, run)).hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void one_huge_piece_becomes_deltas_of_bounded_size_that_tear_no_character() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    String text = "x" + "😀".repeat(50_000);
    world.model.answers(says(text), ends());
    world.settle();
    assertThat(deltas(world, run)).hasSizeGreaterThan(2).allMatch(d -> d.length() <= 32 << 10);
    assertThat(deltas(world, run).stream().collect(Collectors.joining())).isEqualTo(text);
  }

  @Test
  void reasoning_is_shown_and_left_out_of_the_conversation() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(thinks("hm "), thinks("aha"), says("yes"), thinks("late"), ends());
    world.settle();
    assertThat(world.events(run, ReasoningDelta.class))
        .extracting(ReasoningDelta::text)
        .containsExactly("hm aha");
    assertThat(world.events(run, ReasoningCompleted.class)).hasSize(1);
    assertThat(world.state(run).conversation()).hasSize(2);
  }

  @Test
  void endless_reasoning_is_cut_and_the_answer_is_not() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(
        thinks("x".repeat(Answer.REASONING_MAX)), thinks("too much"), says("yes"), ends());
    world.settle();
    assertThat(world.events(run, ReasoningCompleted.class))
        .extracting(ReasoningCompleted::text)
        .containsExactly("x".repeat(Answer.REASONING_MAX));
    assertThat(world.state(run).conversation().getLast().text()).isEqualTo("yes");
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 53, Long.MAX_VALUE, -1})
  void a_count_of_tokens_that_no_event_can_hold_is_left_out(long tokens) {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    ModelUse hostile = new ModelUse("p", "n", "stop", tokens, 7L);
    world.model.answers(says("well"), _ -> new ModelStream.Done(hostile));
    world.settle();
    assertThat(world.events(run, MessageCompleted.class))
        .extracting(MessageCompleted::model)
        .containsExactly(new ModelUse("p", "n", "stop", null, 7L));
    assertThat(world.types(run)).endsWith("run.completed").doesNotContain("run.executor_lost");
  }

  @Test
  void an_agent_that_thinks_before_it_asks_a_model_thinks_once() {
    World world =
        new World(Agents.once("thoughtful", new Intent.Think("let me see"), Agents.predict()));
    RunId run = world.start(Asked.of("thoughtful"), "hello");
    world.model.answers(says("well"), ends());
    world.settle();
    assertThat(world.events(run, ReasoningCompleted.class)).hasSize(1);
    assertThat(world.types(run)).endsWith("run.completed");
  }
}
