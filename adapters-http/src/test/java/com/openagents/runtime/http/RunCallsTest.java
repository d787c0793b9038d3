package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The calls about runs do what they say.
class RunCallsTest {

  private static Service service;

  @BeforeAll
  static void start() {
    service = new Service(Service.Settings.SIGNED);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  @Tag("G4")
  void a_start_is_accepted_once_and_repeated_afterwards() {
    Reply first = service.client().post("/internal/v1/runs", Started.echo(1, "hello"));
    Reply again = service.client().post("/internal/v1/runs", Started.echo(1, "hello"));

    assertThat(first.status()).isEqualTo(202);
    assertThat(first.string("runId")).isEqualTo(Started.runId(1).toString());
    assertThat(first.string("status")).isEqualTo("accepted");
    assertThat(first.number("lastSeq")).isEqualTo(2);
    assertThat(first.flag("idempotentReplay")).isFalse();
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.flag("idempotentReplay")).isTrue();
  }

  @Test
  @Tag("G4")
  void the_same_start_spelled_otherwise_is_the_same() {
    service.client().post("/internal/v1/runs", Started.idle(2));
    Reply again =
        service
            .client()
            .post(
                "/internal/v1/runs",
                Started.idle(2)
                    .replace("runId", "run_id")
                    .replace("threadId", "thread_id")
                    .replace("{}", "{\"allow\": []}")
                    .replace(
                        "\"session\"}",
                        "\"session\", \"whileBusy\": \"enqueue\", \"metadata\": null}"));

    assertThat(again.status()).isEqualTo(200);
  }

  @Test
  @Tag("G4")
  void the_same_id_with_other_content_is_a_conflict() {
    service.client().post("/internal/v1/runs", Started.echo(3, "hello"));
    Reply other = service.client().post("/internal/v1/runs", Started.echo(3, "goodbye"));

    assertThat(other.refusal()).isEqualTo("409 conflict");
  }

  @Test
  @Tag("G4")
  void a_frame_is_accepted_once_and_repeated_afterwards() {
    service.client().post("/internal/v1/runs", Started.idle(4));
    String frames = Started.path(4) + "/frames";
    Reply first = service.client().post(frames, Started.frame("f1", "hello"));
    Reply again = service.client().post(frames, Started.frame("f1", "hello"));
    Reply other = service.client().post(frames, Started.frame("f1", "goodbye"));

    assertThat(first.status()).isEqualTo(202);
    assertThat(first.string("frameId")).isEqualTo("f1");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.flag("idempotentReplay")).isTrue();
    assertThat(other.refusal()).isEqualTo("409 conflict");
  }

  @Test
  void a_run_that_has_ended_takes_no_frame() {
    service.client().post("/internal/v1/runs", Started.idle(5));
    service.client().post(Started.path(5) + "/cancel", "{\"reason\": \"enough\"}");
    Reply late = service.client().post(Started.path(5) + "/frames", Started.frame("f1", "hello"));

    assertThat(late.refusal()).isEqualTo("409 conflict");
  }

  @Test
  void a_cancel_is_accepted_once_and_repeated_afterwards() {
    service.client().post("/internal/v1/runs", Started.idle(6));
    Reply first = service.client().post(Started.path(6) + "/cancel", "{}");
    Reply again = service.client().send("POST", Started.path(6) + "/cancel", null);

    assertThat(first.status()).isEqualTo(202);
    assertThat(first.flag("cancelRequested")).isTrue();
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.flag("idempotentReplay")).isTrue();
    assertThat(again.string("status")).isEqualTo("canceled");
    assertThat(again.number("lastSeq"))
        .isEqualTo(service.client().get(Started.path(6)).number("lastSeq"));
  }

  @Test
  void a_snapshot_says_where_the_run_is() {
    service.client().post("/internal/v1/runs", Started.echo(7, "hello"));
    Streams.readToTheEnd(service.client(), Started.path(7) + "/stream");
    Reply snapshot = service.client().get(Started.path(7));

    assertThat(snapshot.status()).isEqualTo(200);
    assertThat(snapshot.string("status")).isEqualTo("completed");
    assertThat(snapshot.string("threadId")).isEqualTo("thread-7");
    assertThat(snapshot.string("agent")).isEqualTo("echo");
    assertThat(snapshot.number("userId")).isEqualTo(1);
    assertThat(snapshot.string("links", "thread")).isEqualTo("/internal/v1/threads/thread-7/state");
  }

  @Test
  void a_snapshot_says_why_the_run_has_ended() {
    service.client().post("/internal/v1/runs", Started.idle(17));
    service.client().post(Started.path(17) + "/cancel", "{\"reason\": \"enough\"}");
    Reply snapshot = service.client().get(Started.path(17));

    assertThat(snapshot.string("reasonClass")).isEqualTo("cancel_requested");
    assertThat(snapshot.string("reason")).isEqualTo("enough");
  }

  @Test
  void a_message_too_large_for_the_log_is_read_whole_by_its_sequence() {
    String message = "x".repeat(300_000);
    service.client().post("/internal/v1/runs", Started.idle(18));
    service.client().post(Started.path(18) + "/frames", Started.frame("f1", message));
    String events = Started.path(18) + "/events";
    long seq = 1;
    while (!service.client().get(events + "/" + seq).string("type").equals("frame.accepted")) {
      seq++;
    }

    Reply page = service.client().get(events + "?limit=1&after=" + (seq - 1));
    assertThat(page.string("events", 0, "payload", "payload", "blob", "mediaType"))
        .isEqualTo("application/json");
    Reply event = service.client().get(events + "/" + seq);
    assertThat(event.string("payload", "payload", "text")).isEqualTo(message);
    assertThat(event.number("seq")).isEqualTo(seq);
    assertThat(service.client().get(events + "/1000").refusal()).isEqualTo("404 not_found");
    assertThat(service.client().get(events + "/0").refusal()).isEqualTo("400 invalid_request");
    assertThat(service.client().get(events + "/x").refusal()).isEqualTo("400 invalid_request");
  }

  @Test
  @Tag("G2")
  void pages_of_events_follow_each_other_without_gap() {
    service.client().post("/internal/v1/runs", Started.echo(8, "one two three"));
    Streams.readToTheEnd(service.client(), Started.path(8) + "/stream");
    long head = service.client().get(Started.path(8)).number("lastSeq");

    long after = 0;
    while (after < head) {
      Reply page = service.client().get(Started.path(8) + "/events?limit=2&after=" + after);
      for (Json event : ((Json.Arr) page.at("events")).items()) {
        after++;
        assertThat(((Json.Obj) event).get("seq")).isEqualTo(Json.of((double) after));
      }
      assertThat(page.number("head")).isEqualTo(head);
      assertThat(page.number("floor")).isZero();
    }
    assertThat(after).isEqualTo(head);
  }

  @Test
  void runs_are_listed_newest_first_page_by_page() {
    for (int number = 100; number < 105; number++) {
      service.client().post("/internal/v1/runs", Started.idle(number).replace("thread-", "list-"));
    }
    Reply one = service.client().get("/internal/v1/runs?agent=echo&limit=2");
    Reply two =
        service.client().get("/internal/v1/runs?agent=echo&limit=2&before=" + one.string("next"));

    assertThat(one.string("runs", 0, "runId")).isEqualTo(Started.runId(104).toString());
    assertThat(one.string("runs", 1, "runId")).isEqualTo(Started.runId(103).toString());
    assertThat(two.string("runs", 0, "runId")).isEqualTo(Started.runId(102).toString());
    assertThat(
            service.client().get("/internal/v1/runs?threadId=list-101").string("runs", 0, "runId"))
        .isEqualTo(Started.runId(101).toString());
    assertThat(service.client().get("/internal/v1/runs?status=failed").at("runs"))
        .isEqualTo(Json.array(List.of()));
  }

  @Test
  void a_thread_shows_what_was_said() {
    service.client().post("/internal/v1/runs", Started.echo(9, "hello"));
    Streams.readToTheEnd(service.client(), Started.path(9) + "/stream");
    Reply thread = service.client().get("/internal/v1/threads/thread-9/state");

    assertThat(thread.string("messages", 0, "speaker")).isEqualTo("user");
    assertThat(thread.string("messages", 0, "text")).isEqualTo("hello");
    assertThat(thread.string("messages", 1, "speaker")).isEqualTo("agent");
    assertThat(thread.string("runs", 0, "runId")).isEqualTo(Started.runId(9).toString());
  }

  @Test
  void a_thread_may_have_any_visible_characters_in_its_name() {
    service
        .client()
        .post("/internal/v1/runs", Started.idle(10).replace("thread-10", "a/b%c;d?e#f..~"));
    String encoded = "a%2Fb%25c%3Bd%3Fe%23f..~";
    Reply thread = service.client().get("/internal/v1/threads/" + encoded + "/state");

    assertThat(thread.status()).isEqualTo(200);
    assertThat(thread.string("threadId")).isEqualTo("a/b%c;d?e#f..~");
    assertThat(thread.string("activeRun")).isEqualTo(Started.runId(10).toString());
  }

  @Test
  void a_diagnosis_says_why_and_what_to_do() {
    service.client().post("/internal/v1/runs", Started.idle(11));
    service.client().post(Started.path(11) + "/cancel", "{}");
    Reply diagnosis = service.client().get(Started.path(11) + "/diagnosis");

    assertThat(diagnosis.string("cause")).isEqualTo("ended");
    assertThat(diagnosis.string("explanation")).contains("canceled");
  }
}
