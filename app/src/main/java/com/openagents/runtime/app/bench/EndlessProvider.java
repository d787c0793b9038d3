package com.openagents.runtime.app.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// A model provider whose answers go on until nobody listens: with word after word, or with nothing
/// but signs of life. Speaks streaming chat completions.
final class EndlessProvider implements AutoCloseable {

  private static final String WORD =
      "data: {\"choices\":[{\"delta\":{\"content\":\"word \"}}]}\n\n";
  private static final Duration BETWEEN_WORDS = Duration.ofMillis(50);
  private static final String SIGN_OF_LIFE = ": still thinking\n\n";
  private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(20);

  private final byte[] piece;
  private final Duration between;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private EndlessProvider(String piece, Duration between) throws IOException {
    this.piece = piece.getBytes(UTF_8);
    this.between = between;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  static EndlessProvider talking() throws IOException {
    return new EndlessProvider(WORD, BETWEEN_WORDS);
  }

  static EndlessProvider silent() throws IOException {
    return new EndlessProvider(SIGN_OF_LIFE, BETWEEN_SIGNS);
  }

  /// What stands before `/chat/completions`.
  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      while (!Thread.currentThread().isInterrupted()) {
        out.write(piece);
        out.flush();
        LockSupport.parkNanos(between.toNanos());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
