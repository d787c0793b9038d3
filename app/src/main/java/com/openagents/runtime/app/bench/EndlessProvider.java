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

/// A model provider whose answers go on, word after word, until nobody listens. Speaks streaming
/// chat completions.
final class EndlessProvider implements AutoCloseable {

  private static final Duration BETWEEN_WORDS = Duration.ofMillis(50);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  EndlessProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", EndlessProvider::answer);
    server.setExecutor(threads);
    server.start();
  }

  /// What stands before `/chat/completions`.
  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    byte[] word = "data: {\"choices\":[{\"delta\":{\"content\":\"word \"}}]}\n\n".getBytes(UTF_8);
    try (OutputStream out = exchange.getResponseBody()) {
      while (!Thread.currentThread().isInterrupted()) {
        out.write(word);
        out.flush();
        LockSupport.parkNanos(BETWEEN_WORDS.toNanos());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
