package com.openagents.runtime.convex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.convex.ConvexCredential.ServiceToken;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.SinkRefusing;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What answers, and is not a deployment that this writer was made for.
class OtherDeploymentTest {

  private static final String RIGHT = "{\"protocol\":1,\"functions\":\"1.2.0\"}";

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    answers.put("/instance_name", "openagents");
    answers.put("version", success(RIGHT));
    answers.put("claim", success("null"));
    answers.put("open", success("[]"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String route = exchange.getRequestURI().getPath();
    String function = asked.replaceFirst("(?s)^\\{\"path\":\"writer:([a-z]+)\".*", "$1");
    byte[] body = answers.getOrDefault(asked.isEmpty() ? route : function, "").getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String success(String value) {
    return "{\"status\":\"success\",\"value\":" + value + "}";
  }

  private ConvexSettings settings() {
    return ConvexSettings.at(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "0.1.0-TEST");
  }

  private ConvexSink sink(ConvexSettings settings) {
    return new ConvexSink(Facade.HTTP, settings, new ServiceToken(() -> "token"));
  }

  private void assertRefusing(String reasonClass) {
    assertThatThrownBy(() -> sink(settings()).open(1))
        .isInstanceOfSatisfying(
            SinkRefusing.class, no -> assertThat(no.reasonClass()).isEqualTo(reasonClass));
  }

  @Test
  void a_deployment_with_the_right_functions_is_opened() {
    assertThatCode(() -> sink(settings()).open(1)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"protocol\":1,\"functions\":\"0.9.0\"}",
        "{\"protocol\":2,\"functions\":\"1.2.0\"}",
        "{\"functions\":\"1.2.0\"}",
        "{\"protocol\":1}",
        "[]"
      })
  void functions_of_another_version_are_not_written_to(String version) {
    answers.put("version", success(version));
    assertRefusing("incompatible");
  }

  @Test
  void a_deployment_that_shows_the_documents_of_another_log_is_not_written_to() {
    answers.put(
        "claim",
        "{\"status\":\"error\",\"errorMessage\":\"no\",\"errorData\":{\"code\":\"FOREIGN\",\"log\":\"a\"}}");
    assertRefusing("foreign");
  }

  @Test
  void the_instance_that_everybody_knows_is_for_development_alone() {
    answers.put("/instance_name", "carnitas\n");
    assertRefusing("development");
    assertThatCode(() -> sink(settings().inDevelopment()).open(1)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{}", "{\"status\":\"success\"}", "[1]"})
  void an_answer_that_is_none_is_no_success(String answer) {
    answers.put("open", answer);
    assertThatThrownBy(() -> sink(settings()).open(1)).isInstanceOf(SinkAway.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"position\":{\"$integer\":\"AQAAAAAAAAA=\"}}",
        "{\"position\":{\"$integer\":\"AQAAAAAAAAA=\"},\"results\":[]}",
        "{\"position\":{\"$integer\":\"AQAAAAAAAAA=\"},\"results\":[{\"outcome\":\"perhaps\"}]}",
        "{\"position\":{\"$integer\":\"AQAAAAAAAAA=\"},\"results\":[{\"outcome\":\"later\"}]}"
      })
  void a_batch_that_is_not_answered_document_by_document_is_none(String value) {
    answers.put("checkpoint", success("{\"position\":{\"$integer\":\"AAAAAAAAAAA=\"}}"));
    answers.put("apply", success(value));
    List<Change> changes = List.of(Threads.upsert("a", 1));
    assertThatThrownBy(() -> sink(settings()).deliver(1, Threads.PROJECTION, 1, changes))
        .isInstanceOf(SinkRefusing.class);
  }
}
