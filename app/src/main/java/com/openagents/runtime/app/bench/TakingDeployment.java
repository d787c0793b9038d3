package com.openagents.runtime.app.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Stands for a Convex deployment: takes every document and keeps none, refuses everything, or is
/// not there. Thread-safe, but for one caller who changes its mood.
final class TakingDeployment implements AutoCloseable {

  /// Functions that suit every writer of their major version.
  private static final String LATEST = "1.999.0";

  private static final JsonLimits BATCH = new JsonLimits(80, 20 << 20, 4 << 20, 2_000_000);
  private static final Json TAKEN = Json.object().put("outcome", "applied").build();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Long> positions = new ConcurrentHashMap<>();
  private final Map<String, Json> generations = new ConcurrentHashMap<>();
  private final int port;
  private HttpServer server;
  private volatile Mood mood = Mood.WELL;

  /// How it meets its writer.
  enum Mood {
    WELL,
    DOWN,
    OVERLOADED
  }

  TakingDeployment() throws IOException {
    server = listening(0);
    port = server.getAddress().getPort();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// Changes how it meets its writer from now on.
  void be(Mood next) throws IOException {
    if (next == Mood.DOWN) {
      server.stop(0);
    } else if (mood == Mood.DOWN) {
      server = listening(port);
    }
    mood = next;
  }

  private HttpServer listening(int at) throws IOException {
    HttpServer listening =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
    listening.createContext("/instance_name", e -> answer(e, 200, "bench"));
    listening.createContext("/api/", this::called);
    listening.setExecutor(threads);
    listening.start();
    return listening;
  }

  private void called(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (mood == Mood.OVERLOADED) {
      answer(exchange, 503, "{\"code\":\"Overloaded\",\"message\":\"come again\"}");
    } else {
      Json value = returned(JsonReader.readObject(body, BATCH));
      answer(
          exchange,
          200,
          CanonicalJson.write(Json.object().put("status", "success").put("value", value).build()));
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private Json returned(Json.Obj call) {
    String path = call.get("path") instanceof Json.Str(String text) ? text : "";
    Json.Obj args = call.get("args") instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    String stream = args.get("stream") instanceof Json.Str(String text) ? text : "";
    Json.Builder place = Json.object().put("generation", args.get("generation"));
    return switch (path.substring(path.indexOf(':') + 1)) {
      case "version" -> Json.object().put("protocol", 1).put("functions", LATEST).build();
      case "open" -> Json.array(generations.keySet().stream().map(this::standing).toList());
      case "apply" -> {
        generations.put(stream, Objects.requireNonNull(args.get("generation")));
        yield place
            .put("position", int64(positions.merge(stream, 1L, Long::sum)))
            .put("results", Json.array(operations(args).stream().map(_ -> TAKEN).toList()))
            .build();
      }
      case "sweep" -> place.put("deleted", int64(0)).build();
      default -> place.put("position", int64(positions.getOrDefault(stream, 0L))).build();
    };
  }

  private Json standing(String stream) {
    return Json.object()
        .put("stream", stream)
        .put("generation", generations.get(stream))
        .put("position", int64(positions.getOrDefault(stream, 0L)))
        .build();
  }

  private static List<Json> operations(Json.Obj args) {
    return args.get("operations") instanceof Json.Arr(List<Json> operations)
        ? operations
        : List.of();
  }

  /// As Convex writes integers: eight bytes, the lowest first.
  private static Json int64(long value) {
    byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    return Json.object().put("$integer", Base64.getEncoder().encodeToString(bytes)).build();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
