package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.access.Claims.Binding;
import com.openagents.runtime.access.Signer;
import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Ageing.Look;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `POST …/fork`: a run goes on from a place in another, and the other stays as it is.
class ForkCallsTest {

  private static final String RUNS = "/internal/v1/runs";
  private static final Principal STRANGER = new Principal.User(2);

  private static Service service;

  @BeforeAll
  static void start() {
    service = new Service(Service.Settings.SIGNED);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /// A run of the echo program that has come to its end.
  private static long echoed(int number) {
    service.client().post(RUNS, Started.echo(number, "hello"));
    Streams.readToTheEnd(service.client(), Started.path(number) + "/stream");
    return service.client().get(Started.path(number)).number("lastSeq");
  }

  private static Reply fork(Client client, int number, long atSeq, int fork) {
    return client.post(Started.path(number) + "/fork", Started.fork(fork, atSeq));
  }

  private static Reply fork(int number, long atSeq, int fork) {
    return fork(service.client(), number, atSeq, fork);
  }

  @Test
  @Tag("G4")
  void a_fork_is_accepted_once_and_repeated_afterwards() {
    long head = echoed(1);
    Reply first = fork(1, 3, 101);
    Reply again = fork(1, 3, 101);

    assertThat(first.status()).isEqualTo(202);
    assertThat(first.string("runId")).isEqualTo(Started.runId(101).toString());
    assertThat(first.string("status")).isEqualTo("accepted");
    assertThat(first.number("atSeq")).isEqualTo(3);
    assertThat(first.number("lastSeq")).isEqualTo(4);
    assertThat(first.flag("idempotentReplay")).isFalse();
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.flag("idempotentReplay")).isTrue();
    assertThat(again.number("atSeq")).isEqualTo(3);
    assertThat(fork(1, 2, 101).refusal()).isEqualTo("409 conflict");
    assertThat(fork(1, 2, 1).refusal()).isEqualTo("409 conflict");
    assertThat(service.client().get(Started.path(1)).number("lastSeq")).isEqualTo(head);
  }

  @Test
  void a_fork_waits_for_a_message_and_goes_on_with_it() {
    long head = echoed(2);
    Reply forked = fork(2, head, 102);
    assertThat(forked.number("atSeq")).isEqualTo(head - 1);
    Reply waiting = service.client().get(Started.path(102));
    assertThat(waiting.string("status")).isEqualTo("waiting");
    assertThat(waiting.string("waitingFor")).isEqualTo("frames");
    assertThat(waiting.string("threadId")).isEqualTo(Started.runId(102).toString());

    service.client().post(Started.path(102) + "/frames", Started.frame("f2", "and again"));
    String told = Streams.readToTheEnd(service.client(), Started.path(102) + "/stream");

    assertThat(told).contains("hello", "again", "[DONE]");
    assertThat(service.client().get(Started.path(102)).string("status")).isEqualTo("completed");
    Reply thread = service.client().get("/internal/v1/threads/" + Started.runId(102) + "/state");
    assertThat(thread.at("messages"))
        .isInstanceOfSatisfying(
            Json.Arr.class, messages -> assertThat(messages.items()).hasSize(4));
  }

  @Test
  @Tag("G4")
  void a_frame_of_the_copy_is_known_to_the_fork() {
    long head = echoed(3);
    fork(3, head, 103);
    String frames = Started.path(103) + "/frames";

    assertThat(service.client().post(frames, Started.frame("f1", "hello")).status()).isEqualTo(200);
    assertThat(service.client().post(frames, Started.frame("f1", "other")).refusal())
        .isEqualTo("409 conflict");
  }

  @Test
  void beyond_the_head_the_head_is_told() {
    long head = echoed(4);
    Reply ahead = fork(4, head + 1, 104);

    assertThat(ahead.refusal()).isEqualTo("400 cursor_ahead");
    assertThat(ahead.number("error", "head")).isEqualTo(head);
    assertThat(service.client().get(Started.path(104)).refusal()).isEqualTo("404 not_found");
  }

  @Test
  @Tag("G14")
  void what_is_anothers_does_not_exist() {
    echoed(5);
    Client stranger = service.client().as(STRANGER);
    stranger.post(RUNS, Started.by(STRANGER, Started.idle(6)));

    assertThat(fork(stranger, 5, 1, 105).refusal()).isEqualTo("404 not_found");
    assertThat(fork(stranger, 99, 1, 105).refusal()).isEqualTo("404 not_found");
    assertThat(fork(5, 1, 6).refusal()).isEqualTo("404 not_found");
    assertThat(service.client().get(Started.path(105)).refusal()).isEqualTo("404 not_found");
  }

  @Test
  @Tag("G14")
  void an_operator_forks_what_is_anybodys_for_its_owner_and_leaves_a_trace() {
    long head = echoed(7);
    Client operator = service.client().as(null).operator();
    assertThat(fork(operator, 7, head, 107).status()).isEqualTo(202);

    assertThat(service.client().get(Started.path(107)).status()).isEqualTo(200);
    Reply audit = operator.get("/internal/v1/audit?limit=1");
    assertThat(audit.string("entries", 0, "action")).isEqualTo("run.fork");
    assertThat(audit.string("entries", 0, "subject")).isEqualTo(Started.runId(7).toString());
    assertThat(audit.string("entries", 0, "before", "status")).isEqualTo("completed");
    assertThat(audit.string("entries", 0, "after", "fork"))
        .isEqualTo(Started.runId(107).toString());
    assertThat(audit.number("entries", 0, "after", "atSeq")).isEqualTo(head - 1);
    long number = audit.number("entries", 0, "number");
    fork(7, 1, 207);
    assertThat(operator.get("/internal/v1/audit?limit=1").number("entries", 0, "number"))
        .isEqualTo(number);
  }

  @Test
  @Tag("scenario-15")
  void where_pieces_aged_out_there_is_no_copy() {
    long head = echoed(8);
    fork(8, head, 108);
    RunId runId = Started.runId(8);
    long piece = seqOf(8, "message.delta");
    AgedRange range =
        new AgedRange(piece, piece, Digest.ofText("head"), "key", "signature", Instant.now());
    var ageing = service.store().ageing();
    assertThat(ageing.note(new Look(runId, 0, head, List.of(range), null))).isTrue();
    assertThat(ageing.remove(10)).isEqualTo(1);

    Reply aged = fork(8, head, 208);
    assertThat(aged.refusal()).isEqualTo("410 stale_cursor");
    assertThat(aged.number("error", "floor")).isEqualTo(head);
    assertThat(aged.number("error", "head")).isEqualTo(head);
    assertThat(fork(8, head, 108).status()).isEqualTo(200);
    assertThat(fork(8, piece - 1, 208).status()).isEqualTo(202);
  }

  private static long seqOf(int number, String type) {
    Reply page = service.client().get(Started.path(number) + "/events");
    int place = 0;
    while (!page.string("events", place, "type").equals(type)) {
      place++;
    }
    return page.number("events", place, "seq");
  }

  @Test
  @Tag("G15")
  void the_bundle_of_a_fork_proves_it_like_that_of_any_run() {
    long head = echoed(9);
    fork(9, head, 109);
    service.client().post(Started.path(109) + "/frames", Started.frame("f2", "more"));
    Streams.readToTheEnd(service.client(), Started.path(109) + "/stream");

    Reply bundle = service.client().get(Started.path(109) + "/export");
    Reply report =
        service
            .client()
            .with("Content-Type", "application/x-ndjson")
            .send("POST", RUNS + "/verify", bundle.response().body());
    assertThat(report.string("verdict")).isEqualTo("intact");
    assertThat(bundle.text())
        .contains("run.forked")
        .doesNotContain("\"runId\":\"" + Started.runId(9) + "\"");
  }

  @Test
  @Tag("G14")
  void a_signature_for_one_run_begins_no_other() {
    echoed(10);
    String target = Started.path(10) + "/fork";
    String body = Started.fork(110, 1);
    Principal owner = new Principal.User(1);
    Binding binding =
        new Binding("POST", target, Digest.ofText(body), Started.runId(10), null, owner);
    String header =
        new Signer(SigningKeys.parse(Service.KEYS), service.clock(), service.ids())
            .sign(binding, Set.of());

    assertThat(service.client().with(Signer.HEADER, header).post(target, body).refusal())
        .isEqualTo("403 forbidden");
    assertThat(service.client().get(Started.path(110)).refusal()).isEqualTo("404 not_found");
  }
}
