package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.projection.ProjectionId;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Requests made out of the running service's own OpenAPI document. Each answer is one that the
/// document names for the operation, in the form that it says, and tells nothing of the inside.
@Tag("scenario-24")
class GeneratedRequestsTest {

  private static final int REQUESTS = Integer.getInteger("generated.requests", 2_500);
  private static final long SEED = Long.getLong("generated.seed", 2);

  /// As hostile as it gets: one in so many values; the first round is not hostile at all.
  private static final List<Integer> HOSTILITY = List.of(0, 30, 30, 10, 4);

  private static Service service;
  private static Json.Obj document;

  private final Map<String, Set<Integer>> statuses = new TreeMap<>();

  /// An operation of the document.
  private record Call(String path, String method) {}

  @BeforeAll
  static void start() {
    service = new Service(Service.Settings.SIGNED);
    RandomValues.WAITING.forEach(
        number -> service.client().post("/internal/v1/runs", Started.idle(number)));
    service.client().post("/internal/v1/runs", Started.echo(2, "x"));
    Streams.readToTheEnd(service.client(), Started.path(2) + "/stream");
    service
        .store()
        .projections()
        .begin(service.projections().epoch(), new ProjectionId("echo", 1), 1);
    service.projections().stay("no such table");
    document = (Json.Obj) JsonReader.read(service.unsigned().get("/openapi.json").text());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void every_answer_is_documented_and_tells_nothing_of_the_inside() {
    List<Call> calls = calls();
    assertThat(calls).hasSameSizeAs(service.routes());
    for (int i = 0; i < REQUESTS; i++) {
      SplittableRandom random = new SplittableRandom(SEED * 1_000_003 + i);
      Call call = calls.get(i % calls.size());
      int hostility = HOSTILITY.get(i / calls.size() % HOSTILITY.size());
      GeneratedRequest request =
          GeneratedRequest.of(document, call.path(), call.method(), random, hostility);
      try {
        answer(call, request, sender(random, call, hostility));
      } catch (AssertionError e) {
        throw new AssertionError("request %d of seed %d: %s".formatted(i, SEED, request), e);
      }
    }
    for (Call call : calls) {
      Set<Integer> seen = statuses.getOrDefault(call.path() + " " + call.method(), Set.of());
      assertThat(seen).as("%s", call).anyMatch(status -> status < 300 || isAsked(call, status));
    }
    assertThat(all()).contains(200, 202, 400, 401, 403, 404, 405, 409, 422);
  }

  /// The only sink is delivered to, and so is not forgotten: the call was understood all the same.
  private static boolean isAsked(Call call, int status) {
    return call.path().endsWith("/forget") && status == 409;
  }

  private static List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    for (var path : GeneratedRequest.at(document, "paths").fields().entrySet()) {
      for (String method : ((Json.Obj) path.getValue()).fields().keySet()) {
        boolean itself = path.getKey().equals("/openapi.json") || path.getKey().equals("/docs");
        if (!itself) {
          calls.add(new Call(path.getKey(), method));
        }
      }
    }
    return calls;
  }

  private static Client sender(RandomGenerator random, Call call, int hostility) {
    Client owner = service.client();
    Client operator = owner.as(null).operator();
    Json.Obj operation = GeneratedRequest.at(document, "paths", call.path(), call.method());
    boolean forOperators =
        GeneratedRequest.text(operation, "description").startsWith("For operators");
    Client right = forOperators ? operator : owner;
    if (hostility == 0 || random.nextInt(4) != 0) {
      return right;
    }
    return switch (random.nextInt(4)) {
      case 0 -> service.unsigned();
      case 1 -> owner.as(new Principal.Guest("g-" + "0".repeat(32)));
      case 2 -> owner.as(new Principal.User(2));
      default -> right.with("Content-Type", "text/plain");
    };
  }

  private void answer(Call call, GeneratedRequest request, Client sender) {
    Client client = sender;
    for (var header : request.headers().entrySet()) {
      client = client.with(header.getKey(), header.getValue());
    }
    if (request.type() != null && request.type().contains("ndjson")) {
      client = client.with("Content-Type", request.type());
    }
    if (request.isForStream()) {
      HttpResponse<InputStream> opened =
          client.open(request.method(), request.target(), utf8(request.body()));
      assertClosed(opened);
      seen(call, opened.statusCode());
    } else {
      Reply reply = client.send(request.method(), request.target(), utf8(request.body()));
      seen(call, reply.status());
      if (reply.status() >= 400) {
        assertThat(reply.text())
            .doesNotContain("Exception", "\tat ", "com.openagents", "java.", "AAECAwQFBgcI");
      }
    }
  }

  private static byte @Nullable [] utf8(@Nullable String body) {
    return body == null ? null : body.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertClosed(HttpResponse<InputStream> opened) {
    try (InputStream body = opened.body()) {
      assertThat(body).isNotNull();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void seen(Call call, int status) {
    assertThat(status).isBetween(200, 499);
    statuses.computeIfAbsent(call.path() + " " + call.method(), _ -> new TreeSet<>()).add(status);
  }

  private Set<Integer> all() {
    Set<Integer> all = new TreeSet<>();
    statuses.values().forEach(all::addAll);
    return all;
  }
}
