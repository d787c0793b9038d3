package com.openagents.runtime.app.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// A model provider that says one word for each permit, so that a test holds an answer in its
/// middle for as long as it likes. Speaks streaming chat completions.
final class ProviderDouble implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore permits = new Semaphore(0);
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger abandoned = new AtomicInteger();
  private final int words;

  private ProviderDouble(HttpServer server, int words) {
    this.server = server;
    this.words = words;
  }

  /// @param words how many words an answer has
  static ProviderDouble answering(int words) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ProviderDouble provider = new ProviderDouble(server, words);
    server.createContext("/v1/chat/completions", provider::answer);
    server.setExecutor(provider.threads);
    server.start();
    return provider;
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  /// Lets so many words be said, by whichever calls are open.
  void allow(int more) {
    permits.release(more);
  }

  /// How often a model was asked.
  int calls() {
    return calls.get();
  }

  /// How many callers hung up in the middle of an answer, as far as it has tried to go on.
  int abandoned() {
    return abandoned.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    int call = calls.incrementAndGet();
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (int word = 1; word <= words; word++) {
        permits.acquire();
        say(out, "{\"choices\":[{\"delta\":{\"content\":\"w" + call + "." + word + " \"}}]}");
      }
      say(out, "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}");
      say(out, "[DONE]");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      abandoned.incrementAndGet();
      throw new UncheckedIOException("the caller went away", e);
    }
  }

  private static void say(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
