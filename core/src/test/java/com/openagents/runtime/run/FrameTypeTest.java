package com.openagents.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.run.FrameType.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a frame does to its run, by its type.
class FrameTypeTest {

  @ParameterizedTest
  @CsvSource({
    "user_message, TURN",
    "signal, TURN",
    "tick, TURN",
    "tool_approval, RESULT",
    "tool_result, RESULT",
    "cancel, CONTROL",
    "finish, CONTROL",
    "fail, CONTROL",
    "note, CONTEXT"
  })
  void every_run_understands_these(String wireName, Effect effect) {
    assertThat(FrameType.effectOf(wireName)).isEqualTo(effect);
    assertThat(FrameType.named(wireName).orElseThrow().wireName()).isEqualTo(wireName);
  }

  @Test
  void a_type_that_only_an_agent_knows_begins_a_turn() {
    assertThat(FrameType.named("invoice")).isEmpty();
    assertThat(FrameType.effectOf("invoice")).isEqualTo(Effect.TURN);
  }

  @Test
  void a_run_may_be_unable_to_go_on_without_a_result_or_to_end_without_a_control() {
    assertThat(Effect.values())
        .filteredOn(Effect::urgent)
        .containsExactly(Effect.RESULT, Effect.CONTROL);
  }
}
