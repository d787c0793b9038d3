package com.openagents.runtime.app.drill;

import com.openagents.runtime.canon.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A node that takes every call, and whose streams are what a test says.
final class NodeDouble implements AutoCloseable {

  private static final String TAKEN = "{\"lastSeq\":1,\"atSeq\":1,\"frames\":[]}";
  private static final int STARTED = 202;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Answer> first = new LinkedBlockingQueue<>();
  private final Semaphore streams = new Semaphore(0);
  private volatile Answer last = new Answer(200, "data: [DONE]\n\n");

  private record Answer(int status, String body) {}

  NodeDouble() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// A document by which a few statuses are right everywhere.
  static Json.Obj openapi() {
    Json.Builder responses = Json.object();
    for (int status : new int[] {200, 202, 500, 503}) {
      responses.put(Integer.toString(status), Json.Obj.EMPTY);
    }
    Json.Obj operation = Json.object().put("responses", responses.build()).build();
    Json.Obj both = Json.object().put("get", operation).put("post", operation).build();
    Json.Builder paths = Json.object();
    for (Call call : Call.values()) {
      paths.put(call.path(), both);
    }
    return Json.object().put("paths", paths.build()).build();
  }

  /// What every stream is.
  void stream(int status, String body) {
    last = new Answer(status, body);
  }

  /// What one stream is, before all others.
  void streamFirst(int status, String body) {
    first.add(new Answer(status, body));
  }

  void awaitStreams(int count) throws InterruptedException {
    if (!streams.tryAcquire(count, 1, TimeUnit.MINUTES)) {
      throw new AssertionError("nobody reads");
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var _ = exchange.getRequestBody().readAllBytes();
      boolean read = exchange.getRequestURI().getPath().endsWith("/stream");
      Answer answer = read ? stream() : new Answer(STARTED, TAKEN);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
    if (exchange.getRequestURI().getPath().endsWith("/stream")) {
      streams.release();
    }
  }

  private Answer stream() {
    Answer one = first.poll();
    return one == null ? last : one;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
