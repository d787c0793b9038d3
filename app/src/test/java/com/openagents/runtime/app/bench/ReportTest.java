package com.openagents.runtime.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static Report report() {
    Report report = new Report("start").setting("rounds", 3).setting("postgres", "18.6");
    report.row(Json.object().put("start", "external").put("medianMs", 1234.5678));
    report.row(Json.object().put("start", "later").put("medianMs", 7).put("ratio", 0.5));
    return report;
  }

  @Test
  void people_get_words_and_a_table() {
    String text = report().text();
    assertThat(text).startsWith("bench start\ndate ").contains("rounds 3, postgres 18.6\n");
    assertThat(text.lines().toList())
        .endsWith(
            "   start  median ms  ratio",
            "external   1,234.57      -",
            "   later          7   0.50");
  }

  @Test
  void programs_get_the_same_under_field_names() {
    assertThat(report().json())
        .contains("\"rows\":[{\"medianMs\":1234.568,\"start\":\"external\"}")
        .contains("\"settings\":{\"postgres\":\"18.6\",\"rounds\":3}");
  }

  @Test
  void a_range_has_two_decimals() {
    assertThat(new Spread(2, 1.234, 3).range()).isEqualTo("1.23..3.00");
  }

  @Test
  void percentiles_are_values_that_were_seen() {
    Latencies latencies = Latencies.ofNanos(LongStream.rangeClosed(1, 100).map(i -> i * 1_000_000));
    assertThat(latencies.millis(50)).isEqualTo(50);
    assertThat(latencies.millis(99)).isEqualTo(99);
    assertThat(latencies.millis(100)).isEqualTo(100);
    assertThat(Latencies.ofNanos(List.of()).millis(50)).isZero();
  }
}
