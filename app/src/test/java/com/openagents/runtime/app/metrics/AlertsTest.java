package com.openagents.runtime.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.projection.CheckpointRules.Verdict;
import com.openagents.runtime.projector.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every alert is about a meter that there is.
class AlertsTest {

  private static final Path ALERTS = Path.of("deploy", "monitoring", "alerts.yml");
  private static final Path TRIED = Path.of("deploy", "monitoring", "alerts.test.yml");
  private static final Path METERS = Path.of("..", "docs", "metrics.md");
  private static final Pattern METER = Pattern.compile("runtime_[a-z0-9_]+");

  @Test
  void every_meter_of_an_alert_is_in_the_table_of_meters() throws IOException {
    String meters = Files.readString(METERS);
    Set<String> asked = new TreeSet<>();
    Matcher found = METER.matcher(Files.readString(ALERTS));
    while (found.find()) {
      asked.add(found.group().replaceFirst("_(bucket|count)$", ""));
    }
    assertThat(asked).hasSizeGreaterThan(5);
    assertThat(asked).allSatisfy(meter -> assertThat(meters).contains("`" + meter + "`"));
  }

  /// What is on its way is drift only once it stays so: the sink's lag tells of that.
  @ParameterizedTest
  @EnumSource(Difference.Kind.class)
  void every_class_of_drift_has_an_alert_on_its_meter(Difference.Kind kind) throws IOException {
    String selected =
        kind == Difference.Kind.LAG
            ? "runtime_projection_sink_lag_events_p95\\)"
            : "runtime_projection_differences(?!\\{kind!=\"" + kind.word() + "\"})";
    assertThat(Files.readString(ALERTS)).containsPattern("expr: .*" + selected + ".* > \\d+");
  }

  /// What a delivery meets, of any class.
  @ParameterizedTest
  @EnumSource(Verdict.class)
  void every_class_of_drift_that_a_delivery_meets_has_an_alert_and_is_documented(Verdict verdict)
      throws IOException {
    assertThat(Files.readString(METERS).contains("`" + verdict.word() + "`"))
        .isEqualTo(verdict.drift());
    assertThat(Files.readString(TRIED).contains("reason_class: " + verdict.word() + "\n"))
        .isEqualTo(verdict.drift());
  }

  @Test
  void every_runbook_of_an_alert_is_there() throws IOException {
    Matcher pages = Pattern.compile("runbook: (docs/[a-z.]+)").matcher(Files.readString(ALERTS));
    int count = 0;
    while (pages.find()) {
      count++;
      assertThat(Path.of("..", pages.group(1))).exists();
    }
    assertThat(count).isGreaterThan(5);
  }
}
