package com.openagents.runtime.http;

import com.openagents.runtime.canon.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A request made out of one operation of an OpenAPI document.
///
/// @param type of the body, or null when there is none
record GeneratedRequest(
    String method,
    String target,
    Map<String, String> headers,
    @Nullable String type,
    @Nullable String body) {

  private static final String EVENT_STREAM = "text/event-stream";
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD");

  static GeneratedRequest of(
      Json.Obj document, String path, String method, RandomGenerator random, int hostility) {
    RandomValues values = new RandomValues(random, document, hostility);
    Json.Obj operation = at(document, "paths", path, method);
    String target = path;
    Map<String, String> query = new LinkedHashMap<>();
    Map<String, String> headers = new LinkedHashMap<>();
    for (Json given : list(operation, "parameters")) {
      Json.Obj parameter = resolved(document, (Json.Obj) given);
      String name = text(parameter, "name");
      String value = values.parameter(name, at(parameter, "schema"));
      boolean told = hostility > 0 && random.nextInt(3) == 0;
      switch (text(parameter, "in")) {
        case "path" -> target = target.replace("{" + name + "}", encoded(value));
        case "query" -> query.putAll(told ? Map.of(name, value) : Map.of());
        default -> headers.putAll(told && !name.startsWith("X-OA") ? ascii(name, value) : Map.of());
      }
    }
    if (isStreamed(operation) && random.nextBoolean()) {
      headers.put("Accept", EVENT_STREAM);
    }
    StringBuilder whole = new StringBuilder(target);
    query.forEach((name, value) ->
        whole
            .append(whole.indexOf("?") < 0 ? '?' : '&')
            .append(name)
            .append('=')
            .append(encoded(value)));
    boolean odd = hostility > 0 && random.nextInt(20) == 0;
    String verb =
        odd ? METHODS.get(random.nextInt(METHODS.size())) : method.toUpperCase(Locale.ROOT);
    return with(verb, whole.toString(), headers, operation, values);
  }

  private static boolean isStreamed(Json.Obj operation) {
    return at(operation, "responses").get("200") instanceof Json.Obj success
        && success.get("content") instanceof Json.Obj content
        && content.get(EVENT_STREAM) != null;
  }

  /// Whether it asks for an answer that may go on without end.
  boolean isForStream() {
    return headers.containsKey("Accept") || (method.equals("GET") && target.contains("/stream"));
  }

  private static GeneratedRequest with(
      String verb,
      String target,
      Map<String, String> headers,
      Json.Obj operation,
      RandomValues values) {
    if (!(operation.get("requestBody") instanceof Json.Obj body)) {
      return new GeneratedRequest(verb, target, headers, null, null);
    }
    Map.Entry<String, Json> content = at(body, "content").fields().entrySet().iterator().next();
    String text = values.value(at((Json.Obj) content.getValue(), "schema"));
    return new GeneratedRequest(verb, target, headers, content.getKey(), text);
  }

  private static Map<String, String> ascii(String name, String value) {
    String visible = value.replaceAll("[^ -~]", "");
    return visible.isBlank() ? Map.of() : Map.of(name, visible);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Json.Obj resolved(Json.Obj document, Json.Obj parameter) {
    return parameter.get("$ref") instanceof Json.Str(String reference)
        ? at(document, reference.substring(2).split("/", -1))
        : parameter;
  }

  private static List<Json> list(Json.Obj parent, String name) {
    return parent.get(name) instanceof Json.Arr(var items) ? items : List.of();
  }

  static String text(Json.Obj parent, String name) {
    return parent.get(name) instanceof Json.Str(String text) ? text : "";
  }

  static Json.Obj at(Json.Obj parent, String... path) {
    Json.Obj found = parent;
    for (String step : path) {
      if (!(found.get(step) instanceof Json.Obj child)) {
        throw new AssertionError("no " + step + " in " + found);
      }
      found = child;
    }
    return found;
  }
}
