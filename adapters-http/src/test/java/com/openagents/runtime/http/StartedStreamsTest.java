package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.access.Claims.Binding;
import com.openagents.runtime.access.Signer;
import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.http.exchange.Binary;
import com.openagents.runtime.http.stream.StreamSettings;
import com.openagents.runtime.identity.Principal;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A start that is answered with the stream of its run.
@Timeout(60)
class StartedStreamsTest {

  private static final String RUNS = "/internal/v1/runs";
  private static final Principal USER = new Principal.User(1);
  private static final StreamSettings ONE_READER =
      new StreamSettings(
          1, 64 << 10, Long.MAX_VALUE, Duration.ofMillis(200), Duration.ofSeconds(30));

  private Service service = new Service(Service.Settings.SIGNED);

  @AfterEach
  void stop() {
    service.close();
  }

  private void isNow(Service.Settings settings) {
    service.close();
    service = new Service(settings);
  }

  private Client reader() {
    return reading(service.client());
  }

  private static Client reading(Client client) {
    return client.with("Accept", "text/event-stream");
  }

  private void assertNothingWasStarted(int number) {
    assertThat(service.client().get(Started.path(number)).refusal()).isEqualTo("404 not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?format=events", "?format=ag-ui", "?format=ai-sdk&aiSdk=6"})
  @Tag("G6")
  void it_is_the_stream_that_the_run_has(String query) {
    Reply started = reader().post(RUNS + query, Started.echo(1, "hello"));
    Reply read = service.client().get(Started.path(1) + "/stream" + query);

    assertThat(started.status()).isEqualTo(200);
    assertThat(started.text()).isEqualTo(read.text());
    for (String header :
        List.of(
            "Content-Type",
            "Cache-Control",
            "X-Accel-Buffering",
            "x-vercel-ai-ui-message-stream")) {
      assertThat(started.header(header)).as(header).isEqualTo(read.header(header));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?format=events", "?aiSdk=7&format=ai-sdk"})
  void it_says_where_it_is_read_on_and_that_the_run_is_new(String query) {
    Reply started = reader().post(RUNS + query, Started.echo(1, "hello"));
    String where = started.header("Content-Location");

    assertThat(where).startsWith(Started.path(1) + "/stream");
    assertThat(Streams.readToTheEnd(service.client(), where)).isEqualTo(started.text());
    assertThat(started.header("X-OA-IDEMPOTENT-REPLAY")).isEqualTo("false");
  }

  @Test
  @Tag("G4")
  void a_repetition_starts_nothing_and_has_the_stream_from_its_start() {
    Reply first = reader().post(RUNS + "?format=events", Started.echo(1, "hello"));
    String log = service.client().get(Started.path(1) + "/events").text();
    Reply again = reader().post(RUNS + "?format=events", Started.echo(1, "hello"));
    service.tails().doubt();
    Reply later = reader().post(RUNS + "?format=events", Started.echo(1, "hello"));

    for (Reply repeated : List.of(again, later)) {
      assertThat(repeated.status()).isEqualTo(200);
      assertThat(repeated.header("X-OA-IDEMPOTENT-REPLAY")).isEqualTo("true");
      assertThat(repeated.text()).isEqualTo(first.text());
    }
    assertThat(service.client().get(Started.path(1) + "/events").text()).isEqualTo(log);
    Reply told = service.client().post(RUNS, Started.echo(1, "hello"));
    assertThat(told.flag("idempotentReplay")).isTrue();
  }

  @Test
  void a_run_that_was_started_otherwise_is_followed_too() {
    assertThat(service.client().post(RUNS, Started.echo(1, "hello")).status()).isEqualTo(202);
    Reply followed = reader().post(RUNS + "?format=events", Started.echo(1, "hello"));

    assertThat(followed.header("X-OA-IDEMPOTENT-REPLAY")).isEqualTo("true");
    assertThat(followed.text()).contains("run.created", "run.completed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/event-stream",
        "TEXT/Event-Stream; q=0.5",
        "text/event-stream, */*;q=0.1",
        "application/json;q=0, text/event-stream"
      })
  void who_asks_for_a_stream_gets_it(String accept) {
    Reply reply = service.client().with("Accept", accept).post(RUNS, Started.echo(1, "hello"));

    assertThat(reply.header("Content-Type")).isEqualTo("text/event-stream");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*                                           | application/json",
        "text/*, */*                                   | application/json",
        "application/json                              | application/json",
        "application/json, text/event-stream           | application/json",
        "text/event-stream;q=0, */*                    | application/json",
        "application/x-protobuf                        | application/x-protobuf",
        "text/event-stream, application/x-protobuf     | application/x-protobuf"
      })
  void who_does_not_is_answered_at_once(String accept, String type) {
    Reply reply = service.client().with("Accept", accept).post(RUNS, Started.echo(1, "hello"));

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.header("Content-Type")).isEqualTo(type);
    assertThat(service.open().count()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "application/json;q=0, text/event-stream, text/event-stream",
    "text/html, text/event-stream, text/event-stream",
    "text/event-stream, application/json, application/json",
    "text/event-stream;q=0, */*, application/json"
  })
  void several_lines_are_one_list(String first, String second, String type) {
    Client reader = service.client().with("Accept", List.of(first, second));
    Reply reply = reader.post(RUNS, Started.echo(1, "hello"));

    assertThat(reply.header("Content-Type")).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "text/*", "text/event-stream;q=0"})
  void who_takes_none_of_it_is_told_so(String accept) {
    Reply reply = service.client().with("Accept", accept).post(RUNS, Started.echo(1, "hello"));

    assertThat(reply.refusal()).isEqualTo("406 not_acceptable");
    assertThat(reply.string("error", "message")).contains("text/event-stream");
    assertNothingWasStarted(1);
  }

  @Test
  void a_message_starts_a_stream_too() {
    byte[] message =
        com.openagents.runtime.proto.runtime.v1.StartRunRequest.newBuilder()
            .setRunId(Started.runId(1).toString())
            .setThreadId("thread-1")
            .setUserId(1)
            .setToolPolicy(com.openagents.runtime.proto.protocol.v1.ToolPolicy.getDefaultInstance())
            .setAgent("echo")
            .build()
            .toByteArray();
    HttpResponse<InputStream> opened =
        reader().with("Content-Type", Binary.TYPE).open("POST", RUNS, message);

    assertThat(opened.statusCode()).isEqualTo(200);
    assertThat(opened.headers().firstValue("Content-Type")).contains("text/event-stream");
  }

  @ParameterizedTest
  @CsvSource({
    "?format=xml,             400 invalid_request",
    "?format=events&aiSdk=4,  400 invalid_request",
    "?cursor=0,               400 invalid_request"
  })
  void a_stream_that_there_is_not_starts_nothing(String query, String refusal) {
    assertThat(reader().post(RUNS + query, Started.echo(1, "hello")).refusal()).isEqualTo(refusal);
    assertNothingWasStarted(1);
  }

  @ParameterizedTest
  @CsvSource({"format, events", "aiSdk, 6"})
  void a_format_without_a_stream_starts_nothing(String name, String value) {
    Reply reply = service.client().post(RUNS + "?%s=%s".formatted(name, value), Started.idle(1));

    assertThat(reply.refusal()).isEqualTo("400 invalid_request");
    assertThat(reply.paths()).containsExactly(name);
    assertNothingWasStarted(1);
  }

  @Test
  void whatever_a_start_is_refused_for_is_told_in_json_and_takes_no_place() {
    isNow(Service.Settings.SIGNED.with(ONE_READER));
    String start = Started.echo(1, "hello");
    Client stranger = reader().as(new Principal.User(2));
    assertThat(reader().post(RUNS, start).status()).isEqualTo(200);
    awaitCount(0);

    assertThat(reader().post(RUNS, Started.echo(1, "goodbye")).refusal()).isEqualTo("409 conflict");
    assertThat(stranger.post(RUNS, Started.by(new Principal.User(2), start)).refusal())
        .isEqualTo("404 not_found");
    assertThat(stranger.post(RUNS, Started.idle(2)).refusal()).isEqualTo("403 forbidden");
    assertThat(reader().post(RUNS, start.replace("echo", "nobody")).refusal())
        .isEqualTo("422 unprocessable");
    assertThat(reader().post(RUNS, start.replace("thread-1", "thread 1")).refusal())
        .isEqualTo("422 unprocessable");
    assertThat(reader().post(RUNS, "{}").refusal()).isEqualTo("400 invalid_request");
    assertThat(reading(service.unsigned()).post(RUNS, Started.idle(2)).refusal())
        .isEqualTo("401 unauthorized");
    assertNothingWasStarted(2);
    assertThat(service.open().count()).isZero();
  }

  @Test
  @Tag("G14")
  void a_signature_for_another_run_thread_or_format_starts_nothing() {
    String start = Started.echo(1, "hello");
    Digest body = Digest.ofText(start);
    Binding another = new Binding("POST", RUNS, body, Started.runId(2), null, USER);
    Binding unasked = new Binding("POST", RUNS, body, null, null, USER);
    Binding own = new Binding("POST", RUNS, body, Started.runId(1), null, USER);

    assertThat(signed(another).post(RUNS, start).refusal()).isEqualTo("403 forbidden");
    assertThat(signed(unasked).post(RUNS + "?format=events", start).refusal())
        .isEqualTo("403 forbidden");
    assertNothingWasStarted(1);
    assertThat(signed(own).post(RUNS, start).text()).endsWith("data: [DONE]\n\n");
  }

  private Client signed(Binding binding) {
    Signer signer = new Signer(SigningKeys.parse(Service.KEYS), service.clock(), service.ids());
    return reader().with(Signer.HEADER, signer.sign(binding, Set.of()));
  }

  @Test
  void in_development_a_caller_without_a_name_starts_and_reads() {
    isNow(Service.Settings.TRUSTING);
    Reply reply =
        reading(service.unsigned().as(null)).post(RUNS + "?format=events", Started.echo(1, "hi"));

    assertThat(reply.text()).contains("run.created", "run.completed");
  }

  @Test
  void a_degraded_node_starts_nothing() {
    isNow(Service.Settings.SIGNED.with(() -> Optional.of(Duration.ofSeconds(7))));
    Reply reply = reader().post(RUNS, Started.idle(1));

    assertThat(reply.refusal()).isEqualTo("503 overloaded");
    assertThat(reply.header("Retry-After")).isEqualTo("7");
    assertThat(service.open().count()).isZero();
    assertNothingWasStarted(1);
  }

  @Test
  void a_node_without_a_place_for_another_stream_starts_nothing() throws Exception {
    isNow(Service.Settings.SIGNED.with(ONE_READER));
    HttpResponse<InputStream> taken = open(Started.idle(1));
    Reply refused = reader().post(RUNS, Started.echo(2, "hello"));

    assertThat(refused.refusal()).isEqualTo("503 overloaded");
    assertThat(refused.header("Retry-After")).isNotEmpty();
    assertThat(service.refused()).containsExactly("POST /internal/v1/runs streams");
    assertNothingWasStarted(2);
    assertThat(service.client().post(RUNS, Started.idle(3)).status()).isEqualTo(202);

    taken.body().close();
    awaitCount(0);
    assertThat(reader().post(RUNS, Started.echo(2, "hello")).text()).endsWith("[DONE]\n\n");
  }

  @Test
  void a_caller_that_hangs_up_cancels_nothing() throws Exception {
    isNow(Service.Settings.SIGNED.with(ONE_READER));
    open(Started.idle(1)).body().close();
    awaitCount(0);

    assertThat(service.client().get(Started.path(1) + "/events").text())
        .doesNotContain("run.cancel");
    String end = "{\"frameId\": \"end\", \"type\": \"finish\", \"payload\": {}}";
    assertThat(service.client().post(Started.path(1) + "/frames", end).status()).isEqualTo(202);
    Streams.readToTheEnd(service.client(), Started.path(1) + "/stream");
    assertThat(service.client().get(Started.path(1)).string("status")).isEqualTo("completed");
  }

  @Test
  void what_comes_later_is_told_on_the_same_connection() throws Exception {
    try (InputStream in = open(Started.idle(1)).body()) {
      String waiting = Started.path(1) + "/frames";
      service.client().post(waiting, Started.frame("f1", "are you there?"));
      service.client().post(Started.path(1) + "/cancel", "{}");

      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains("run.created", "are you there?", "run.canceled")
          .endsWith("data: [DONE]\n\n");
    }
  }

  /// Starts a run and leaves its stream open.
  private HttpResponse<InputStream> open(String start) {
    HttpResponse<InputStream> opened =
        reader().open("POST", RUNS + "?format=events", start.getBytes(StandardCharsets.UTF_8));
    assertThat(opened.statusCode()).isEqualTo(200);
    return opened;
  }

  private void awaitCount(int count) {
    long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (service.open().count() != count) {
      assertThat(System.nanoTime()).as("%d open streams", count).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
