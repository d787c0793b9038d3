package com.openagents.runtime.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.embedded.EmbeddedPostgres;
import com.openagents.runtime.app.embedded.Endpoint;
import com.openagents.runtime.app.embedded.MadeDatabase;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;

/// Runs benchmarks on one database, and reads what they print.
final class MeasuredReports implements AutoCloseable {

  private final EmbeddedPostgres database;

  MeasuredReports(Path folder) {
    database = MadeDatabase.start(folder);
  }

  @Override
  public void close() {
    database.close();
  }

  /// Runs a benchmark on the shared database, and returns what it printed.
  Json.Obj report(String... arguments) {
    Endpoint at = database.endpoint();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    all.add("--database-url");
    all.add(
        "postgresql://%s:%s@%s/%s"
            .formatted(at.user(), at.password(), at.address(), at.database()));
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int status =
        new CommandLine(new BenchCommand())
            .setOut(new PrintWriter(output, true))
            .setErr(new PrintWriter(errors, true))
            .execute(all.toArray(String[]::new));
    assertThat(status).as(errors.toString()).isZero();
    Json.Obj report = JsonReader.readObject(output.toString().strip(), JsonLimits.STORED);
    assertThat(report.get("bench")).isEqualTo(Json.of(arguments[0]));
    assertThat(((Json.Obj) field(report, "machine")).fields())
        .containsKeys("date", "processors", "system", "java", "options", "load");
    return report;
  }

  static Map<String, Json> settings(Json.Obj report) {
    return ((Json.Obj) field(report, "settings")).fields();
  }

  static List<Double> numbers(Json.Obj report, String column) {
    return cells(report, column).stream().map(cell -> ((Json.Num) cell).value()).toList();
  }

  static List<String> texts(Json.Obj report, String column) {
    return cells(report, column).stream().map(cell -> ((Json.Str) cell).value()).toList();
  }

  static List<Json> cells(Json.Obj report, String column) {
    return ((Json.Arr) field(report, "rows"))
        .items().stream().map(row -> field((Json.Obj) row, column)).toList();
  }

  static Json field(Json.Obj object, String name) {
    return Objects.requireNonNull(object.get(name), name);
  }
}
