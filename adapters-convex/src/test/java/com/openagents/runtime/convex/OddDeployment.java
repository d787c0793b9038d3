package com.openagents.runtime.convex;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Answers calls of functions as it is told to, whatever they are.
final class OddDeployment implements AutoCloseable {

  private static final JsonLimits LIMITS = JsonLimits.STORED;

  /// What is answered.
  ///
  /// @param body as it is sent
  record Answer(int status, String body, Map<String, String> headers) {

    static Answer of(int status, String body) {
      return new Answer(status, body, Map.of());
    }

    static Answer returned(String value) {
      return of(200, "{\"status\":\"success\",\"value\":" + value + "}");
    }

    Answer with(String name, String value) {
      Map<String, String> more = new ConcurrentHashMap<>(headers);
      more.put(name, value);
      return new Answer(status, body, more);
    }
  }

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> requestIds = new CopyOnWriteArrayList<>();

  OddDeployment() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/api/", this::answer);
    server.start();
  }

  /// @param function without its module
  void answer(String function, Answer answer) {
    answers.put(function, answer);
  }

  /// Ids of the calls that came, oldest first.
  List<String> requestIds() {
    return List.copyOf(requestIds);
  }

  ConvexSettings settings() {
    return ConvexSettings.at(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "0.1.0-TEST");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      requestIds.add(exchange.getRequestHeaders().getFirst("Convex-Request-Id"));
      String path =
          JsonReader.readObject(body, LIMITS).get("path") instanceof Json.Str(String text)
              ? text
              : "";
      Answer answer =
          answers.getOrDefault(path.substring(path.indexOf(':') + 1), Answer.of(404, "{}"));
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
