package com.openagents.runtime.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class GaugeRowsTest {

  private static final Tags ONE = Tags.of("sink", "one");
  private static final Tags TWO = Tags.of("sink", "two");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final GaugeRows rows = new GaugeRows(registry, "runtime.rows", "Some");

  private double shown(Tags tags) {
    Gauge gauge = registry.find("runtime.rows").tags(tags).gauge();
    return gauge == null ? Double.NaN : gauge.value();
  }

  @Test
  void what_is_shown_last_is_all_that_is_shown() {
    rows.show(Map.of(ONE, 1.0, TWO, 2.0));
    assertThat(shown(ONE)).isEqualTo(1);
    assertThat(shown(TWO)).isEqualTo(2);
    rows.show(Map.of(TWO, 3.0));
    assertThat(shown(ONE)).isNaN();
    assertThat(shown(TWO)).isEqualTo(3);
    rows.show(Map.of());
    assertThat(registry.scrape()).doesNotContain("runtime_rows{");
    rows.show(Map.of(ONE, 4.0));
    assertThat(registry.scrape()).contains("runtime_rows{sink=\"one\"} 4.0");
  }

  @Test
  void one_value_stands_without_tags() {
    rows.show(7);
    assertThat(registry.scrape()).contains("runtime_rows 7.0");
  }

  @Test
  void who_reads_while_others_show_finds_each_once() {
    rows.show(Map.of(ONE, 1.0));
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> showing = CompletableFuture.allOf(showing(over), showing(over));
    try {
      for (int i = 0; i < 2_000; i++) {
        assertThat(registry.scrape()).containsOnlyOnce("runtime_rows{sink=\"one\"}");
      }
    } finally {
      over.set(true);
    }
    showing.join();
  }

  private CompletableFuture<Void> showing(AtomicBoolean over) {
    return CompletableFuture.runAsync(() -> {
      while (!over.get()) {
        rows.show(Map.of(ONE, 1.0, TWO, 2.0));
      }
    });
  }
}
