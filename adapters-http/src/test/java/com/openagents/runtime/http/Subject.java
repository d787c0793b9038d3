package com.openagents.runtime.http;

import com.openagents.runtime.http.exchange.Contract.RawBody;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Route;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A call that is to be made badly, in one respect at a time.
///
/// @param all the routes that there are
record Subject(Service service, Route route, List<Route> all) {

  private static final Map<String, String> THERE =
      Map.of(
          "{runId}",
          Started.runId(1).toString(),
          "{threadId}",
          "thread-1",
          "{seq}",
          "1",
          "{number}",
          "1",
          "{sink}",
          TestProjections.SINK,
          "{stream}",
          TestProjections.STAYING);

  /// One bad request and its exact answer.
  ///
  /// @param paths the places that the refusal names
  record Row(String name, Supplier<Reply> call, String refusal, List<String> paths) {
    @Override
    public String toString() {
      return name + " → " + refusal;
    }
  }

  @Override
  public String toString() {
    return route.method() + " " + route.path();
  }

  Row row(String what, Supplier<Reply> call, String refusal, String... paths) {
    return new Row(
        route.method() + " " + route.path() + ", " + what, call, refusal, List.of(paths));
  }

  /// A path that leads to the call, and to something that is there.
  String target() {
    String target = route.path();
    for (var part : THERE.entrySet()) {
      target = target.replace(part.getKey(), part.getValue());
    }
    return target;
  }

  /// The same with another value in one place.
  String target(String parameter, String value) {
    Subject other =
        new Subject(
            service,
            new Route(
                route.method(),
                route.path().replace("{" + parameter + "}", value),
                route.guard(),
                route.contract(),
                route.operation()),
            all);
    return other.target();
  }

  boolean takesBody() {
    return route.contract().body() != null;
  }

  byte @Nullable [] body() {
    if (!takesBody()) {
      return null;
    }
    String body =
        switch (route.contract().operationId()) {
          case "startRun" -> Started.idle(1);
          case "appendFrame" -> Started.frame("f1", "x");
          case "forkRun" -> Started.fork(900, 1);
          case "revokeTokens", "liftRevocation" -> "{\"kind\": \"subject\", \"name\": \"user:9\"}";
          case "introspectToken" -> "{\"kind\": \"sync\", \"token\": \"x\"}";
          case "appendFrames" -> "{\"frames\": [" + Started.frame("f1", "x") + "]}";
          default -> "{}";
        };
    return body.getBytes(StandardCharsets.UTF_8);
  }

  /// A caller that may make the call, and says what it sends.
  Client caller() {
    Client client = service.client();
    if (route.guard() == Guard.OPERATOR) {
      client = client.as(null).operator();
    }
    return route.contract().body() instanceof RawBody(String type, _)
        ? client.with("Content-Type", type)
        : client;
  }

  Reply send(Client client, String target) {
    return client.send(route.method().name(), target, body());
  }

  /// Makes the call and leaves what it is answered with open; a stream where it has one.
  HttpResponse<InputStream> opened(String target) {
    boolean streamed =
        route.contract().replies().stream()
            .anyMatch(com.openagents.runtime.http.exchange.Reply::isStream);
    Client client = streamed ? caller().with("Accept", "text/event-stream") : caller();
    return client.open(route.method().name(), target, body());
  }

  /// The methods that lead to a call where this one is.
  TreeSet<String> methods() {
    TreeSet<String> methods = new TreeSet<>();
    for (Route other : all) {
      String form = other.path().replaceAll("\\{[^}]*\\}", "\\\\E[^/]+\\\\Q");
      if (target().matches("\\Q" + form + "\\E")) {
        methods.add(other.method().name());
      }
    }
    return methods;
  }

  /// Those that do not; there is no HEAD at all.
  List<String> otherMethods() {
    return Arrays.stream(new String[] {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
        .filter(method -> !methods().contains(method))
        .toList();
  }
}
