package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.testkit.Drafts;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Streams, as a reader of server-sent events finds them.
@Tag("G6")
class StreamCallsTest {

  private static Service service;

  @BeforeAll
  static void start() {
    service = new Service(Service.Settings.SIGNED);
    service.client().post("/internal/v1/runs", Started.echo(1, "hello out there"));
    Streams.readToTheEnd(service.client(), Started.path(1) + "/stream");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ai-sdk", "events", "ai-sdk&aiSdk=6", "ai-sdk&aiSdk=7", "ag-ui"})
  @Tag("scenario-20")
  void from_every_cursor_the_rest_is_the_same(String format) {
    String stream = Started.path(1) + "/stream?format=" + format;
    String whole = Streams.readToTheEnd(service.client(), stream);
    long head = service.client().get(Started.path(1)).number("lastSeq");

    assertThat(whole.endsWith("data: [DONE]\n\n")).isEqualTo(!format.equals("ag-ui"));
    for (long cursor = 1; cursor < head; cursor++) {
      String before = "id: " + cursor + "\n";
      String blocks = Streams.blocks(whole);
      int cut = blocks.indexOf("\n\n", blocks.indexOf(before)) + 2;
      assertThat(
              Streams.blocks(Streams.readToTheEnd(service.client(), stream + "&cursor=" + cursor)))
          .as("after %d", cursor)
          .isEqualTo(blocks.substring(cut));
    }
  }

  @Test
  void the_header_wins_over_the_query() {
    Client client = service.client().with("Last-Event-ID", "3");
    String both = Streams.readToTheEnd(client, Started.path(1) + "/stream?cursor=1");

    assertThat(Streams.blocks(both))
        .isEqualTo(
            Streams.blocks(
                Streams.readToTheEnd(service.client(), Started.path(1) + "/stream?cursor=3")));
  }

  @Test
  @Tag("scenario-19")
  void headers_keep_proxies_and_caches_off() throws Exception {
    HttpResponse<InputStream> response =
        service.client().with("Accept-Encoding", "gzip").open(Started.path(1) + "/stream");
    try (InputStream in = response.body()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text).startsWith("retry: 2000\n:" + " ".repeat(2048));
    }
    assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store, no-transform");
    assertThat(response.headers().firstValue("X-Accel-Buffering")).contains("no");
    assertThat(response.headers().firstValue("x-vercel-ai-ui-message-stream")).contains("v1");
    assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
  }

  @Test
  void other_formats_do_not_claim_to_be_the_ai_sdks() throws Exception {
    assertNotOfTheAiSdk("events");
    assertNotOfTheAiSdk("ag-ui");
  }

  private static void assertNotOfTheAiSdk(String format) throws Exception {
    HttpResponse<InputStream> response =
        service.client().open(Started.path(1) + "/stream?format=" + format);
    response.body().close();

    assertThat(response.headers().firstValue("x-vercel-ai-ui-message-stream")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "text/*",
        "text/event-stream",
        "text/html, text/event-stream;q=0.1",
        "TEXT/Event-Stream"
      })
  void whoever_accepts_a_stream_gets_it(String accept) throws Exception {
    Client client = accept.isEmpty() ? service.client() : service.client().with("Accept", accept);
    HttpResponse<InputStream> response = client.open(Started.path(1) + "/stream");
    response.body().close();

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void whoever_accepts_a_stream_in_another_line_gets_it() throws Exception {
    Client client = service.client().with("Accept", List.of("text/html", "text/event-stream"));
    HttpResponse<InputStream> response = client.open(Started.path(1) + "/stream");
    response.body().close();

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  @Tag("scenario-19")
  void at_the_end_of_a_run_nothing_follows() {
    long head = service.client().get(Started.path(1)).number("lastSeq");

    assertThat(service.client().get(Started.path(1) + "/stream?cursor=" + head).status())
        .isEqualTo(204);
    assertThat(service.client().get(Started.path(1) + "/stream?cursor=latest").status())
        .isEqualTo(204);
  }

  @Test
  @Tag("scenario-15")
  void a_cursor_beyond_the_log_tells_where_it_ends() {
    long head = service.client().get(Started.path(1)).number("lastSeq");
    Reply ahead = service.client().get(Started.path(1) + "/stream?cursor=" + (head + 1));

    assertThat(ahead.refusal()).isEqualTo("400 cursor_ahead");
    assertThat(ahead.number("error", "head")).isEqualTo(head);
  }

  @Test
  void what_happens_while_somebody_reads_is_seen() throws Exception {
    service.client().post("/internal/v1/runs", Started.idle(2));
    HttpResponse<InputStream> response =
        service.client().open(Started.path(2) + "/stream?format=events&cursor=latest");
    try (InputStream in = response.body()) {
      service.client().post(Started.path(2) + "/frames", Started.frame("f1", "are you there?"));
      assertThat(readUntil(in, "frame.accepted")).contains("\"frameId\":\"f1\"");
      service.client().post(Started.path(2) + "/cancel", "{}");
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains("run.canceled")
          .endsWith("data: [DONE]\n\n");
    }
  }

  @Test
  void a_thread_streams_its_active_run_from_its_start() throws Exception {
    service.client().post("/internal/v1/runs", Started.idle(4));
    assertThat(firstOfThread("events")).contains("run.created", Started.runId(4).toString());
    assertThat(firstOfThread("ag-ui")).contains("RUN_STARTED", "thread-4");
    service.client().post(Started.path(4) + "/cancel", "{}");
    assertThat(service.client().get("/internal/v1/threads/thread-4/stream").status())
        .isEqualTo(204);
  }

  @Test
  @Tag("scenario-19")
  void a_stream_that_cannot_go_on_is_broken_and_not_ended() throws Exception {
    Service other = new Service(Service.Settings.SIGNED);
    other.client().post("/internal/v1/runs", Started.idle(1));
    HttpResponse<InputStream> response =
        other.client().open(Started.path(1) + "/stream?format=events");
    try (InputStream in = response.body()) {
      readUntil(in, "run.created");
      other.close();
      org.assertj.core.api.Assertions.assertThatIOException().isThrownBy(in::readAllBytes);
    }
  }

  @Test
  void streams_are_many_and_each_is_counted() throws Exception {
    service.client().post("/internal/v1/runs", Started.idle(5));
    int before = service.open().count();
    HttpResponse<InputStream> one = service.client().open(Started.path(5) + "/stream");
    HttpResponse<InputStream> other = service.client().open(Started.path(5) + "/stream");
    assertThat(service.open().count()).isGreaterThanOrEqualTo(before + 2);

    service.log().append(Drafts.deltas(Started.runId(5), Precondition.NONE, "x"));
    service.client().post(Started.path(5) + "/cancel", "{}");
    assertThat(one.body().readAllBytes()).isNotEmpty();
    assertThat(other.body().readAllBytes()).isNotEmpty();
  }

  private static String firstOfThread(String format) throws Exception {
    HttpResponse<InputStream> response =
        service.client().open("/internal/v1/threads/thread-4/stream?format=" + format);
    try (InputStream in = response.body()) {
      return readUntil(in, "}\n\n");
    }
  }

  /// Reads up to a text.
  private static String readUntil(InputStream in, String text) throws Exception {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      int b = in.read();
      assertThat(b).as("the stream ended after: %s", read).isGreaterThanOrEqualTo(0);
      read.append((char) b);
    }
    return read.toString();
  }
}
