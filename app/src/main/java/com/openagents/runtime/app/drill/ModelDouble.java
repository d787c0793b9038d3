package com.openagents.runtime.app.drill;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A model provider that repeats the newest message word by word, and writes down every call.
/// Speaks streaming chat completions.
final class ModelDouble implements AutoCloseable {

  private static final String PREFIX = "You said: ";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ProviderBooks books = new ProviderBooks();
  private final Duration betweenWords;

  ModelDouble(Duration betweenWords) throws IOException {
    this.betweenWords = betweenWords;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  static String answerTo(String message) {
    return PREFIX + message;
  }

  /// What stands before `/chat/completions`.
  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  ProviderBooks books() {
    return books;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String answer = answerTo(newestMessage(JsonReader.readObject(body, JsonLimits.STORED)));
    String key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    books.asked(key, answer);
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (String word : answer.splitWithDelimiters(" ", 0)) {
        say(out, choice(Json.object().put("content", word).build(), null));
        LockSupport.parkNanos(betweenWords.toNanos());
      }
      books.answered(key);
      say(out, choice(Json.Obj.EMPTY, "stop"));
      say(out, "[DONE]");
    }
  }

  private static String newestMessage(Json.Obj request) {
    String newest = "";
    if (request.get("messages") instanceof Json.Arr messages) {
      for (Json message : messages.items()) {
        if (message instanceof Json.Obj turn && Json.of("user").equals(turn.get("role"))) {
          newest = LoggedEvent.text(turn, "content");
        }
      }
    }
    return newest;
  }

  private static String choice(Json.Obj delta, @Nullable String finish) {
    Json.Builder choice = Json.object().put("delta", delta);
    if (finish != null) {
      choice.put("finish_reason", finish);
    }
    return CanonicalJson.write(
        Json.object().put("choices", Json.array(List.of(choice.build()))).build());
  }

  private static void say(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
