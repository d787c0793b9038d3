package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Machine;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a benchmark found: on which machine, with which settings, and its rows. For one thread.
///
/// The same names stand in both forms: `medianMs` in JSON is `median ms` for people.
public final class Report {

  private static final double DECIMALS = 1_000;

  private final String bench;
  private final Json.Obj machine = Machine.now();
  private final Json.Builder settings = Json.object();
  private final List<Json.Obj> rows = new ArrayList<>();

  public Report(String bench) {
    this.bench = bench;
  }

  /// Of services that keep no documents beside the log: what those cost is measured by itself.
  public static Report ofServices(String bench) {
    return new Report(bench).setting("projections", "off");
  }

  public Report setting(String name, String value) {
    settings.put(name, value);
    return this;
  }

  public Report setting(String name, Number value) {
    settings.put(name, value);
    return this;
  }

  /// The columns of the table are the fields of its rows.
  public void row(Json.Builder cells) {
    rows.add(cells.build());
  }

  List<Json.Obj> rows() {
    return List.copyOf(rows);
  }

  public String json() {
    return CanonicalJson.write(
        Json.object()
            .put("bench", bench)
            .put("machine", machine)
            .put("settings", settings.build())
            .put("rows", Json.array(rows.stream().map(Report::rounded).toList()))
            .build());
  }

  public String text() {
    StringBuilder out = new StringBuilder("bench " + bench + "\n");
    out.append(line(machine)).append('\n').append(line(settings.build())).append("\n\n");
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.fields().keySet()));
    List<List<String>> columns = names.stream().map(this::column).toList();
    for (int line = 0; line <= rows.size(); line++) {
      int at = line;
      out.append(
          columns.stream()
              .map(column -> padded(column.get(at), width(column)))
              .collect(Collectors.joining("  ", "", "\n")));
    }
    return out.toString();
  }

  private List<String> column(String name) {
    List<String> column = new ArrayList<>(List.of(words(name)));
    rows.forEach(row -> column.add(cell(row.get(name))));
    return column;
  }

  private static String line(Json.Obj facts) {
    return facts.fields().entrySet().stream()
        .map(fact -> words(fact.getKey()) + " " + cell(fact.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String words(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private static String cell(@Nullable Json value) {
    return switch (value) {
      case null -> "-";
      case Json.Str(String text) -> text;
      case Json.Num(double number) when number == Math.rint(number) ->
          String.format(Locale.ROOT, "%,d", (long) number);
      case Json.Num(double number) -> String.format(Locale.ROOT, "%,.2f", number);
      default -> CanonicalJson.write(value);
    };
  }

  private static int width(List<String> column) {
    return column.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return " ".repeat(width - text.length()) + text;
  }

  private static Json.Obj rounded(Json.Obj row) {
    Json.Builder result = Json.object();
    row.fields()
        .forEach((name, value) ->
            result.put(
                name,
                value instanceof Json.Num(double number)
                    ? Json.of(Math.rint(number * DECIMALS) / DECIMALS)
                    : value));
    return result.build();
  }
}
