package com.openagents.runtime.http;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Texts of JSON by the schemas of an OpenAPI document: mostly what they ask for, sometimes what
/// they do not. Not thread-safe.
final class RandomValues {

  /// Runs that wait, at the beginning.
  static final List<Integer> WAITING = List.of(1, 3, 4, 5, 6, 7);

  private static final List<String> GOOD_TEXTS =
      List.of(
          Started.runId(1).toString(),
          Started.runId(2).toString(),
          Started.runId(3).toString(),
          Started.runId(4).toString(),
          Started.runId(5).toString(),
          Started.runId(6).toString(),
          Started.runId(7).toString(),
          "01890a5d-ac96-774b-bcce-b302099a8057",
          "g-0123456789abcdef0123456789abcdef",
          "thread-1",
          "user_message",
          "echo",
          "runtime.run_summaries",
          "user:1",
          "f1",
          "größe 😀");

  private static final Map<String, String> PLACES =
      Map.of("sink", TestProjections.SINK, "stream", TestProjections.STAYING);

  private static final List<String> HOSTILE =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "1.5",
          "1e400",
          "9007199254740993",
          "99999999999999999999",
          "-1e16",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\u202e\\u001b[31m\"",
          "\"' or 1=1 --\"",
          "\"../../etc/passwd\"",
          "\"9999-12-31T23:59:59-18:00\"",
          "\"" + "x".repeat(20_000) + "\"",
          "[".repeat(70) + "]".repeat(70),
          "{\"a\":1,\"a\":2}",
          "{\"blob\":{\"sha256\":\"" + "8".repeat(64) + "\",\"size\":-1,\"mediaType\":\"x\"}}",
          "{}",
          "[]",
          "[null]",
          "nul");

  private final RandomGenerator random;
  private final Json.Obj document;

  /// One in so many values is hostile; 0 for none.
  private final int hostility;

  RandomValues(RandomGenerator random, Json.Obj document, int hostility) {
    this.random = random;
    this.document = document;
    this.hostility = hostility;
  }

  private boolean strikes() {
    return hostility > 0 && random.nextInt(hostility) == 0;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /// A value of the schema, as JSON text.
  String value(Json.Obj given) {
    Json.Obj schema = resolved(given);
    if (strikes()) {
      return one(HOSTILE);
    }
    if (schema.get("anyOf") instanceof Json.Arr(var choices)) {
      return value((Json.Obj) one(choices));
    }
    if (schema.get("enum") instanceof Json.Arr(var words)) {
      return CanonicalJson.write(one(words));
    }
    return switch (schema.get("type") instanceof Json.Str(String type) ? type : "null") {
      case "string" -> CanonicalJson.write(Json.of(text(schema)));
      case "integer" -> Long.toString(number(schema));
      case "boolean" -> Boolean.toString(random.nextBoolean());
      case "array" ->
          "[" + (random.nextBoolean() ? value((Json.Obj) child(schema, "items")) : "") + "]";
      case "object" -> object(schema);
      default -> "null";
    };
  }

  private Json.Obj resolved(Json.Obj schema) {
    if (schema.get("$ref") instanceof Json.Str(String reference)) {
      Json found = document;
      for (String step : reference.substring(2).split("/", -1)) {
        found = child((Json.Obj) found, step);
      }
      return (Json.Obj) found;
    }
    return schema;
  }

  private static Json child(Json.Obj parent, String name) {
    Json child = parent.get(name);
    if (child == null) {
      throw new AssertionError("no " + name + " in " + parent);
    }
    return child;
  }

  private String text(Json.Obj schema) {
    if (schema.get("format") instanceof Json.Str(String format) && format.equals("date-time")) {
      return one(List.of("2030-01-01T00:00:00Z", "2031-05-05T01:02:03.123456+02:00"));
    }
    String pattern =
        schema.get("format") instanceof Json.Str(String format) && format.equals("uuid")
            ? ".{8}-.{4}-.{4}-.{4}-.{12}"
            : schema.get("pattern") instanceof Json.Str(String own) ? own : ".*";
    return one(GOOD_TEXTS.stream().filter(text -> text.matches(pattern)).toList());
  }

  private long number(Json.Obj schema) {
    long least = schema.get("minimum") instanceof Json.Num(double min) ? (long) min : 0;
    long most = schema.get("maximum") instanceof Json.Num(double max) ? (long) max : least + 9;
    return random.nextInt(4) == 0 ? most : least + random.nextLong(Math.min(3, most - least + 1));
  }

  private String object(Json.Obj schema) {
    if (!(schema.get("properties") instanceof Json.Obj(Map<String, Json> properties))) {
      return one(List.of("{\"text\":\"x\"}", "{\"text\":\"ü\",\"more\":[1,{\"b\":null}]}"));
    }
    StringBuilder object = new StringBuilder("{");
    for (Map.Entry<String, Json> property : properties.entrySet()) {
      boolean required =
          schema.get("required") instanceof Json.Arr(var names)
              && names.contains(Json.of(property.getKey()));
      if (required != strikes() || random.nextInt(5) == 0) {
        field(object, property.getKey(), named(property.getKey(), (Json.Obj) property.getValue()));
        if (strikes()) {
          field(object, property.getKey(), one(HOSTILE));
        }
      }
    }
    if (strikes()) {
      field(object, one(List.of("unknown", "", "messages", "__proto__", "a\\u0000")), "1");
    }
    return object.append('}').toString();
  }

  /// What a schema cannot say: which values lead to something.
  private String named(String name, Json.Obj schema) {
    return strikes()
        ? value(schema)
        : switch (name) {
          case "agent" -> "\"echo\"";
          case "type" -> "\"user_message\"";
          case "userId" -> "1";
          case "guestScope" -> "null";
          case "runId" -> "\"" + Started.runId(1_000 + random.nextInt(1_000_000)) + "\"";
          case "threadId" -> "\"t-" + random.nextInt(1_000_000) + "\"";
          default -> value(schema);
        };
  }

  private static void field(StringBuilder object, String name, String value) {
    object.append(object.length() == 1 ? "" : ",");
    object.append('"').append(name).append("\":").append(value);
  }

  /// A value of the schema for a path, a query or a header, not yet encoded.
  String parameter(String name, Json.Obj schema) {
    String known = PLACES.get(name);
    String value = known != null && !strikes() ? "\"" + known + "\"" : value(schema);
    boolean quoted = value.startsWith("\"") && value.length() < 5_000;
    return quoted ? value.substring(1, value.length() - 1) : shortened(value);
  }

  private static String shortened(String value) {
    return value.substring(0, Math.min(value.length(), 100)).toLowerCase(Locale.ROOT);
  }
}
