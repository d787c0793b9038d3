package com.openagents.runtime.app.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import org.junit.jupiter.api.Test;

class AnswersTest {

  private static final Json.Obj ERROR =
      Json.object()
          .put(
              "error",
              Json.object()
                  .put("code", "overloaded")
                  .put("message", "later")
                  .put("requestId", "r-1")
                  .build())
          .build();

  private final Answers answers = Answers.documentedBy(openapi());

  private static Json.Obj openapi() {
    Json.Obj responses =
        Json.object()
            .put("200", Json.Obj.EMPTY)
            .put("404", Json.Obj.EMPTY)
            .put("500", Json.Obj.EMPTY)
            .put("503", Json.Obj.EMPTY)
            .build();
    Json.Obj operation = Json.object().put("responses", responses).build();
    Json.Obj both = Json.object().put("get", operation).put("post", operation).build();
    Json.Builder paths = Json.object();
    for (Call call : Call.values()) {
      paths.put(call.path(), both);
    }
    return Json.object().put("paths", paths.build()).build();
  }

  private void assertBreach(Reply reply, String words) {
    var _ = answers.toRepeat(Call.START, "r", reply);
    assertThat(answers.breaches())
        .singleElement()
        .satisfies(breach -> {
          assertThat(breach.law()).isEqualTo(Law.TYPED_ANSWERS);
          assertThat(breach.what()).contains(words);
        });
  }

  @Test
  void documented_answers_pass_and_an_overloaded_node_is_asked_again() {
    assertThat(answers.toRepeat(Call.START, "r", new Reply(200, Json.Obj.EMPTY))).isFalse();
    assertThat(answers.toRepeat(Call.START, "r", new Reply(404, ERROR))).isFalse();
    assertThat(answers.toRepeat(Call.START, "r", new Reply(503, ERROR))).isTrue();
    assertThat(answers.breaches()).isEmpty();
    assertThat(answers.counts()).containsEntry("200", 1L).containsEntry("503", 1L);
    assertThat(answers.requests()).isEqualTo(3);
  }

  @Test
  void a_status_that_is_not_documented_is_found() {
    assertBreach(new Reply(418, ERROR), "418");
  }

  @Test
  void an_internal_error_is_found_though_it_is_documented() {
    assertBreach(new Reply(500, ERROR), "500");
  }

  @Test
  void a_refusal_that_says_nothing_is_found() {
    assertBreach(new Reply(503, Json.Obj.EMPTY), "no error");
  }
}
