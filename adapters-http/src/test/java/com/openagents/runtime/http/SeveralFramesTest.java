package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// `POST …/frames/batch`: the frames of one call.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralFramesTest {

  private final Service service = new Service(Service.Settings.SIGNED);

  @BeforeAll
  void runs() {
    IntStream.rangeClosed(1, 8)
        .forEach(number -> service.client().post("/internal/v1/runs", Started.idle(number)));
  }

  @AfterAll
  void end() {
    service.close();
  }

  private Reply send(int run, String... frames) {
    String body = "{\"frames\": [" + String.join(",", frames) + "]}";
    return service.client().post(Started.path(run) + "/frames/batch", body);
  }

  private static String note(String id, String text) {
    return "{\"frameId\": \"%s\", \"type\": \"note\", \"payload\": {\"text\": \"%s\"}}"
        .formatted(id, text);
  }

  private List<String> inLog(int run) {
    Reply reply = service.client().get(Started.path(run) + "/events?limit=1000");
    int count = ((Json.Arr) reply.at("events")).items().size();
    return IntStream.range(0, count)
        .filter(at -> reply.string("events", at, "type").equals("frame.accepted"))
        .mapToObj(at -> reply.string("events", at, "payload", "frameId"))
        .toList();
  }

  @Test
  @Tag("G4")
  void all_are_accepted_in_their_order_and_repeated_afterwards() {
    Reply first = send(1, note("a", "1"), note("b", "2"), note("c", "3"));
    Reply again = send(1, note("a", "1"), note("b", "2"), note("c", "3"));

    assertThat(first.status()).isEqualTo(202);
    assertThat(first.string("status")).isEqualTo("accepted");
    assertThat(first.flag("idempotentReplay")).isFalse();
    assertThat(first.number("lastSeq")).isEqualTo(first.number("frames", 2, "lastSeq"));
    assertThat(inLog(1)).containsExactly("a", "b", "c");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.flag("idempotentReplay")).isTrue();
    assertThat(again.flag("frames", 1, "idempotentReplay")).isTrue();
  }

  @Test
  void each_has_an_answer_of_its_own() {
    send(2, note("a", "1"));
    Reply mixed = send(2, note("a", "1"), note("a", "other"), note("b", "2"));

    assertThat(mixed.status()).isEqualTo(202);
    assertThat(mixed.flag("frames", 0, "idempotentReplay")).isTrue();
    assertThat(mixed.string("frames", 1, "status")).isEqualTo("refused");
    assertThat(mixed.string("frames", 1, "error", "code")).isEqualTo("conflict");
    assertThat(mixed.flag("frames", 2, "idempotentReplay")).isFalse();
    assertThat(inLog(2)).containsExactly("a", "b");
  }

  @Test
  void what_the_run_does_not_take_keeps_out_what_stands_behind_it() {
    String nonsense = "{\"frameId\": \"b\", \"type\": \"nonsense\", \"payload\": {}}";
    Reply mixed = send(3, note("a", "1"), nonsense, note("c", "3"));

    assertThat(mixed.status()).isEqualTo(202);
    assertThat(mixed.string("frames", 1, "error", "code")).isEqualTo("unprocessable");
    assertThat(mixed.string("frames", 1, "error", "message")).startsWith("/frames/1/type");
    assertThat(mixed.string("frames", 2, "error", "message")).contains("not tried");
    assertThat(inLog(3)).containsExactly("a");
  }

  @Test
  @Tag("G4")
  void a_repeated_call_says_again_what_became_of_each() {
    String nonsense = "{\"frameId\": \"b\", \"type\": \"nonsense\", \"payload\": {}}";
    Reply first = send(4, note("a", "1"), nonsense);
    Reply again = send(4, note("a", "1"), nonsense);

    assertThat(first.status()).isEqualTo(202);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.flag("idempotentReplay")).isTrue();
    assertThat(again.string("frames", 0, "status")).isEqualTo("accepted");
    assertThat(again.string("frames", 1, "error", "code")).isEqualTo("unprocessable");
    assertThat(inLog(4)).containsExactly("a");
  }

  @Test
  void a_call_of_which_nothing_is_taken_is_refused_for_its_first_refusal() {
    send(8, note("a", "1"));

    assertThat(send(8, note("a", "other"), note("a", "another")).refusal())
        .isEqualTo("409 conflict");
    assertThat(inLog(8)).containsExactly("a");
  }

  @Test
  void a_frame_that_is_wrong_keeps_the_whole_call_out() {
    String wrong = "{\"frameId\": \"b\", \"type\": \"note\", \"payload\": {}}";

    assertThat(send(5, note("a", "1"), wrong).refusal()).isEqualTo("422 unprocessable");
    assertThat(send(5, note("a", "1"), "{\"type\": \"note\"}").refusal())
        .isEqualTo("400 invalid_request");
    assertThat(inLog(5)).isEmpty();
  }

  @Test
  void a_call_has_one_to_a_hundred_frames() {
    assertThat(send(6).refusal()).isEqualTo("422 unprocessable");
    assertThat(send(6, notes(101)).refusal()).isEqualTo("422 unprocessable");
    assertThat(inLog(6)).isEmpty();
    assertThat(send(6, notes(100)).status()).isEqualTo(202);
    assertThat(inLog(6)).hasSize(100);
  }

  private static String[] notes(int count) {
    return IntStream.range(0, count).mapToObj(i -> note("f" + i, "x")).toArray(String[]::new);
  }

  @Test
  void an_operator_leaves_one_trace_of_a_call() {
    String body = "{\"frames\": [" + note("a", "1") + "," + note("b", "2") + "]}";
    Client operator = service.client().as(null).operator();
    assertThat(operator.post(Started.path(7) + "/frames/batch", body).status()).isEqualTo(202);

    Reply audit = operator.get("/internal/v1/audit?limit=1");
    assertThat(audit.string("entries", 0, "action")).isEqualTo("run.frames");
    assertThat(audit.string("entries", 0, "reason")).isEqualTo("note, note");
  }
}
