package com.openagents.runtime.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.model.ModelRequest.Role;
import com.openagents.runtime.model.ModelRequest.Turn;
import com.openagents.runtime.model.ModelStream;
import com.openagents.runtime.model.ModelStream.Done;
import com.openagents.runtime.model.ModelStream.Failed;
import com.openagents.runtime.model.ModelStream.Idle;
import com.openagents.runtime.model.ModelStream.Polled;
import com.openagents.runtime.model.ModelStream.Reasoning;
import com.openagents.runtime.model.ModelStream.Text;
import com.openagents.runtime.model.Models;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a language model promises to whoever pulls an answer from it.
///
/// Not asserted: what is said and how fast, how an answer is cut into pieces, and how a provider
/// fails.
public abstract class ModelsContract {

  private static final int POLLS_MAX = 100_000;
  private static final Duration WAIT = Duration.ofMillis(50);

  /// A model that answers every conversation with at least one word.
  protected abstract Models models();

  @Test
  void an_answer_is_text_and_then_its_end() {
    try (ModelStream stream = open("Hello")) {
      List<Polled> answer = answer(stream);

      assertThat(answer.getLast()).isInstanceOf(Done.class);
      assertThat(answer.subList(0, answer.size() - 1))
          .anyMatch(Text.class::isInstance)
          .allMatch(polled -> polled instanceof Text || polled instanceof Reasoning);
    }
  }

  @Test
  void no_piece_is_empty_or_has_characters_that_cannot_be_stored() {
    for (String said :
        List.of("Say it with a face: 😀", "😀".repeat(600), "x" + "😀".repeat(600))) {
      try (ModelStream stream = open(said)) {
        for (Polled polled : answer(stream)) {
          if (polled instanceof Text(String text)) {
            assertThat(text).isNotEmpty().doesNotContain("\0");
            assertThat(text.codePoints())
                .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
          }
        }
      }
    }
  }

  @Test
  void the_end_says_who_spoke_and_why_it_stopped() {
    try (ModelStream stream = open("Hello")) {
      assertThat(answer(stream).getLast())
          .isInstanceOfSatisfying(
              Done.class,
              done -> {
                assertThat(done.use().provider()).isNotBlank();
                assertThat(done.use().name()).isNotBlank();
                assertThat(done.use().finishReason())
                    .isIn("stop", "length", "content-filter", "tool-calls", "error", "other");
              });
    }
  }

  @Test
  void nothing_is_said_after_the_end() {
    try (ModelStream stream = open("Hello")) {
      Polled end = answer(stream).getLast();

      for (int i = 0; i < 3; i++) {
        assertThat(stream.next(Duration.ZERO)).isIn(end, ModelStream.IDLE);
      }
    }
  }

  @Test
  void a_stream_may_be_closed_at_any_time_and_more_than_once() {
    ModelStream stream = open("Hello");
    assertThatCode(stream::close).doesNotThrowAnyException();
    assertThatCode(stream::close).doesNotThrowAnyException();
    assertThatCode(() -> stream.next(WAIT)).doesNotThrowAnyException();

    ModelStream read = open("Hello");
    answer(read);
    assertThatCode(read::close).doesNotThrowAnyException();
    assertThatCode(read::close).doesNotThrowAnyException();
  }

  @Test
  void answers_that_are_pulled_in_turn_both_come_to_their_end() {
    try (ModelStream one = open("Hello");
        ModelStream other = open("Good evening")) {
      one.next(WAIT);
      other.next(WAIT);

      assertThat(answer(other).getLast()).isInstanceOf(Done.class);
      assertThat(answer(one).getLast()).isInstanceOf(Done.class);
    }
  }

  @Test
  @Tag("G7")
  void the_same_call_can_be_made_again() {
    try (ModelStream first = open("Hello")) {
      first.next(WAIT);
    }
    try (ModelStream second = open("Hello")) {
      assertThat(answer(second).getLast()).isInstanceOf(Done.class);
    }
  }

  private ModelStream open(String said) {
    return models()
        .open(
            new ModelRequest(
                "call-1",
                "contract/Answer.v1",
                Json.object().put("tone", "dry").build(),
                List.of(
                    new Turn(Role.SYSTEM, "Be brief."),
                    new Turn(Role.USER, "Good morning"),
                    new Turn(Role.ASSISTANT, "Good morning!"),
                    new Turn(Role.USER, said)),
                new TraceId("0af7651916cd43dd8448eb211c80319c")));
  }

  /// Pulls until the end; every piece but the idle ones.
  private static List<Polled> answer(ModelStream stream) {
    List<Polled> answer = new ArrayList<>();
    for (int polls = 0; polls < POLLS_MAX; polls++) {
      Polled polled = stream.next(WAIT);
      if (!(polled instanceof Idle)) {
        answer.add(polled);
      }
      if (polled instanceof Done || polled instanceof Failed) {
        return answer;
      }
    }
    throw new AssertionError("no end after " + POLLS_MAX + " polls: " + answer);
  }
}
