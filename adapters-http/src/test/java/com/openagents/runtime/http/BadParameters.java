package com.openagents.runtime.http;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.Subject.Row;
import com.openagents.runtime.http.exchange.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The rows that follow from the parameters of a call: unknown, doubled, of another type, out of
/// bounds.
record BadParameters(Subject subject) {

  private static final String BAD = "400 invalid_request";

  /// Of parameters that are texts, values that they do not take.
  private static final Map<String, List<String>> NO_TEXTS =
      Map.of(
          "cursor", List.of("-1", "abc", "1e3", "1.5", "", "Latest", "%27", "99999999999999999999"),
          "threadId", List.of("", "%20", "a%20b", "%C3%A9", "x".repeat(129)),
          "agent", List.of("", "%00", "a+b", "%C3%A9", "x".repeat(129)),
          "before", List.of("", "_", "yesterday", "2026-01-31T08:15:30Z_1"));

  private static final List<String> NO_NUMBERS =
      List.of("0", "-1", "x", "1.0", "%201", "99999999999999999999");

  private static final Map<String, List<String>> NO_PATHS =
      Map.of(
          "runId",
          List.of("1", "0199-0-0-0-0", "%27;drop%20table", "x".repeat(36), "..;"),
          "threadId",
          List.of("%20", "%C3%A9", "x".repeat(129)),
          "seq",
          NO_NUMBERS,
          "number",
          NO_NUMBERS);

  private static final Map<String, String> GOOD_TEXTS =
      Map.of("cursor", "latest", "before", "2026-01-31T08:15:30.000000Z_" + Started.runId(1));

  Stream<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String query : List.of("colour=1", "=", "=1", "&", "%ff=1", "%27+or+1=1")) {
      rows.add(row(query, "query"));
    }
    for (Parameter parameter : subject.route().contract().parameters()) {
      switch (parameter.in()) {
        case QUERY -> query(parameter, rows);
        case PATH -> path(parameter.name(), rows);
        case HEADER -> lastEventId(parameter.name(), rows);
      }
    }
    return rows.stream();
  }

  private Row row(String query, String path) {
    return subject.row(
        "?" + query,
        () -> subject.send(subject.caller(), subject.target() + "?" + query),
        BAD,
        path);
  }

  private void query(Parameter parameter, List<Row> rows) {
    String name = parameter.name();
    String good = name + "=" + values(parameter).getFirst();
    rows.add(row(good + "&" + good, name));
    rows.add(row(good.toUpperCase(Locale.ROOT), "query"));
    for (String value : bad(parameter)) {
      rows.add(row(name + "=" + value, name));
    }
  }

  /// The values that are just within the bounds of a parameter.
  static List<String> values(Parameter parameter) {
    Json.Obj form = parameter.schema().definition();
    if (form.get("enum") instanceof Json.Arr(var words)) {
      return words.stream().map(word -> ((Json.Str) word).value()).toList();
    }
    return switch (type(form)) {
      case "integer" -> List.of(bound(form, "minimum"), bound(form, "maximum"));
      case "boolean" -> List.of("true", "false");
      default -> List.of(GOOD_TEXTS.getOrDefault(parameter.name(), "thread-1"));
    };
  }

  private static List<String> bad(Parameter parameter) {
    Json.Obj form = parameter.schema().definition();
    if (form.get("enum") != null) {
      return List.of("", "odd", values(parameter).getFirst().toUpperCase(Locale.ROOT), "%27");
    }
    return switch (type(form)) {
      case "integer" ->
          List.of(
              "",
              "x",
              "1e1",
              "1.0",
              "%201",
              "0x1",
              "%D9%A1",
              Long.toString(Long.parseLong(bound(form, "minimum")) - 1),
              Long.toString(Long.parseLong(bound(form, "maximum")) + 1),
              "99999999999999999999");
      case "boolean" -> List.of("", "yes", "1", "TRUE");
      default -> NO_TEXTS.getOrDefault(parameter.name(), List.of());
    };
  }

  private static String type(Json.Obj form) {
    return form.get("type") instanceof Json.Str(String type) ? type : "";
  }

  private static String bound(Json.Obj form, String which) {
    if (form.get(which) instanceof Json.Num bound) {
      return Long.toString((long) bound.value());
    }
    throw new AssertionError("a number without " + which + ": " + form);
  }

  private void path(String name, List<Row> rows) {
    for (String value : NO_PATHS.getOrDefault(name, List.of())) {
      rows.add(
          subject.row(
              name + " " + value,
              () -> subject.send(subject.caller(), subject.target(name, value)),
              BAD,
              name));
    }
  }

  private void lastEventId(String name, List<Row> rows) {
    for (String value : List.of("-1", "abc", "1.5", "Latest")) {
      rows.add(
          subject.row(
              name + ": " + value,
              () -> subject.send(subject.caller().with(name, value), subject.target()),
              BAD,
              "cursor"));
    }
  }
}
