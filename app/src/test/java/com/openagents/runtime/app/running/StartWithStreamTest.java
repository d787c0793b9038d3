package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.app.running.SentStatements.Sent;
import com.openagents.runtime.app.wiring.Parts;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Starts that are answered with their streams, on PostgreSQL.
@Tag("G6")
@Timeout(120)
class StartWithStreamTest {

  @TempDir private static Path folder = Path.of("");
  private static final SentStatements STATEMENTS = new SentStatements();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static RunningService service;
  private static URI other;

  @BeforeAll
  static void start() {
    service =
        RunningService.in(folder, Map.of(), new Parts(AgentPrograms.builtIn(), STATEMENTS::watch));
    other = service.node(Map.of()).address();
  }

  @AfterAll
  static void stop() {
    HTTP.shutdownNow();
    service.close();
  }

  private static Json.Obj request(String text) {
    return RunningService.request(new RunId(UUID.randomUUID()), "echo")
        .put("firstFrame", RunningService.frame("f-1", text))
        .build();
  }

  private static HttpResponse<String> post(Json.Obj start, String query) throws Exception {
    return post(service.address(), start, query);
  }

  private static HttpResponse<String> post(URI node, Json.Obj start, String query)
      throws Exception {
    return send(
        HttpRequest.newBuilder(node.resolve("/internal/v1/runs" + query))
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(BodyPublishers.ofString(CanonicalJson.write(start)))
            .build());
  }

  private static HttpResponse<String> get(String target) throws Exception {
    return send(HttpRequest.newBuilder(service.address().resolve(target)).build());
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static String at(HttpResponse<String> started) {
    return started.headers().firstValue("Content-Location").orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?format=events", "?format=ai-sdk&aiSdk=7", "?format=ag-ui"})
  void it_has_the_bytes_of_the_log(String query) throws Exception {
    Json.Obj start = request("größer 😀");
    HttpResponse<String> first = post(start, query);
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).contains("größer 😀");

    HttpResponse<String> again = post(other, start, query);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(get(at(first)).body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("X-OA-IDEMPOTENT-REPLAY")).contains("true");
  }

  @Test
  void it_reads_nothing_that_was_just_written() throws Exception {
    post(request("the first to come"), "?format=events");
    STATEMENTS.forget();
    HttpResponse<String> started = post(request("hello"), "?format=events");
    assertThat(started.body()).contains("run.completed");

    assertThat(statements("serving")).isEmpty();
    assertThat(statements("executing")).isNotEmpty();
  }

  private static List<Sent> statements(String pool) {
    return STATEMENTS.since().stream().filter(sent -> sent.pool().equals(pool)).toList();
  }

  @Test
  void a_first_message_too_long_to_be_kept_at_hand_is_streamed_from_the_store() throws Exception {
    post(request("the first to come"), "?format=events");
    STATEMENTS.forget();
    HttpResponse<String> started = post(request("long ".repeat(4_000)), "?format=events");

    assertThat(statements("serving")).isNotEmpty();
    assertThat(started.body()).contains("long long", "run.completed");
    assertThat(get(at(started)).body()).isEqualTo(started.body());
  }

  @Test
  void the_same_id_with_other_content_is_a_conflict() throws Exception {
    Json.Obj start = request("hello");
    post(start, "");
    Json.Builder other = Json.object();
    start.fields().forEach(other::put);
    HttpResponse<String> refused =
        post(other.put("firstFrame", RunningService.frame("f-1", "goodbye")).build(), "");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/json");
  }
}
