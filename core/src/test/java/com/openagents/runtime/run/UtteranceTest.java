package com.openagents.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.BlobRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a payload says.
class UtteranceTest {

  private static Json part(String text) {
    return Json.object().put("text", text).build();
  }

  private static String textOf(Json.Builder payload) {
    return Utterance.textOf(payload.build());
  }

  @Test
  void a_text_is_said_as_it_is() {
    Json parts = Json.array(List.of(part("else")));

    assertThat(textOf(Json.object().put("text", "hello").put("parts", parts))).isEqualTo("hello");
  }

  @Test
  void the_texts_of_parts_are_lines_and_other_parts_are_silent() {
    Json picture = Json.object().put("image", "x").build();
    Json odd = Json.object().put("text", 1).build();
    Json parts = Json.array(List.of(part("one"), picture, Json.of("loose"), odd, part("two")));

    assertThat(textOf(Json.object().put("parts", parts))).isEqualTo("one\ntwo");
  }

  @Test
  void a_content_that_lies_elsewhere_is_told_by_its_place() {
    BlobRef blob = new BlobRef(Digest.ofText("x"), 1, "application/json");

    assertThat(Utterance.textOf(blob.claim())).isEqualTo(blob.toString());
  }

  @Test
  void anything_else_is_silent() {
    assertThat(textOf(Json.object())).isEmpty();
    assertThat(textOf(Json.object().put("text", 1).put("parts", "none"))).isEmpty();
  }
}
