package com.openagents.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.model.ModelRequest.Role;
import com.openagents.runtime.model.ModelRequest.Turn;
import com.openagents.runtime.model.ModelStream.Done;
import com.openagents.runtime.model.ModelStream.Polled;
import com.openagents.runtime.model.ModelStream.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is answered where no provider is asked, and which model is.
class ModelsWithoutProviderTest {

  private static ModelRequest request(String signature, Turn... turns) {
    return new ModelRequest("call-1", signature, Json.Obj.EMPTY, List.of(turns), null);
  }

  private static Turn user(String text) {
    return new Turn(Role.USER, text);
  }

  private static Turn assistant(String text) {
    return new Turn(Role.ASSISTANT, text);
  }

  private static List<String> pieces(Models models, ModelRequest request) {
    List<String> pieces = new ArrayList<>();
    try (ModelStream stream = models.open(request)) {
      Polled polled = stream.next(Duration.ZERO);
      while (polled instanceof Text(String text)) {
        pieces.add(text);
        polled = stream.next(Duration.ZERO);
      }
      assertThat(polled).isInstanceOf(Done.class);
      assertThat(stream.next(Duration.ZERO)).isEqualTo(ModelStream.IDLE);
    }
    return pieces;
  }

  private static String answer(Models models, Turn... turns) {
    return String.join("", pieces(models, request("test/Answer.v1", turns)));
  }

  @Test
  void the_echo_is_the_newest_thing_that_the_user_said() {
    assertThat(answer(new EchoModels(), user("one"), user("two"), assistant("three")))
        .isEqualTo("two");
    assertThat(answer(new EchoModels(), assistant("one"))).isEmpty();
  }

  @Test
  void an_answer_comes_word_by_word_and_no_piece_is_empty() {
    assertThat(pieces(new EchoModels(), request("a", user("one two\nthree "))))
        .containsExactly("one ", "two\n", "three ");
    assertThat(pieces(new EchoModels(), request("a", user(" one")))).containsExactly(" ", "one");
  }

  @Test
  void the_stand_in_quotes_what_was_said_last_and_counts() {
    assertThat(answer(new OfflineModels(), user("one"), assistant("two"), user("three")))
        .contains("You said: \"three\". That was message 2 of");
    assertThat(answer(new OfflineModels())).contains("You said: \"\". That was message 0 of");
  }

  @Test
  void the_stand_in_quotes_at_most_400_characters_and_cuts_none_in_two() {
    assertThat(answer(new OfflineModels(), user("x".repeat(400))))
        .contains("\"" + "x".repeat(400) + "\"");
    assertThat(answer(new OfflineModels(), user("x".repeat(401))))
        .contains("\"" + "x".repeat(400) + "…\"");
    assertThat(answer(new OfflineModels(), user("x".repeat(399) + "😀")))
        .contains("\"" + "x".repeat(399) + "…\"");
    assertThat(answer(new OfflineModels(), user("x".repeat(398) + "😀y")))
        .contains("\"" + "x".repeat(398) + "😀…\"");
  }

  @Test
  void a_signature_has_the_model_that_serves_it_and_all_others_the_default() {
    Models models =
        new ModelsBySignature(Map.of(EchoModels.SIGNATURE, new EchoModels()), new OfflineModels());

    assertThat(pieces(models, request(EchoModels.SIGNATURE, user("hello"))))
        .containsExactly("hello");
    assertThat(pieces(models, request("test/Answer.v1", user("hello")))).hasSizeGreaterThan(10);
  }
}
