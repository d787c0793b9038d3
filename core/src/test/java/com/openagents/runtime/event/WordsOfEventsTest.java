package com.openagents.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.openagents.runtime.canon.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The words that events, stores and answers share.
class WordsOfEventsTest {

  @ParameterizedTest
  @EnumSource
  void a_reason_is_named_on_the_wire_and_known_again(ReasonClass reason) {
    assertThat(reason.wireName()).matches("[a-z_]+").isEqualToIgnoringCase(reason.name());
    assertThat(ReasonClass.named(reason.wireName())).isEqualTo(reason);
    assertThat(Vocabulary.REASON_CLASS.word(reason)).isEqualTo(reason.wireName());
    assertThat(Vocabulary.REASON_CLASS.constant(reason.wireName())).isEqualTo(reason);
  }

  @ParameterizedTest
  @EnumSource
  void a_wait_is_named_on_the_wire_and_known_again(WaitingFor wait) {
    assertThat(wait.wireName()).matches("[a-z]+").isEqualToIgnoringCase(wait.name());
    assertThat(WaitingFor.named(wait.wireName())).isEqualTo(wait);
  }

  @Test
  void another_word_is_refused_with_those_that_there_are() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Vocabulary.OUTCOME.constant("COMPLETE"))
        .withMessage("not one of complete, interrupted");
  }

  @Test
  void only_a_newer_version_of_what_is_known_and_stays_keeps_others_from_deciding() {
    assertThat(new Event.Unrecognized("run.waiting", 9, Json.Obj.EMPTY).matters()).isTrue();
    assertThat(new Event.Unrecognized("message.delta", 9, Json.Obj.EMPTY).matters()).isFalse();
    assertThat(new Event.Unrecognized("run.dreamed", 1, Json.Obj.EMPTY).matters()).isFalse();
  }
}
