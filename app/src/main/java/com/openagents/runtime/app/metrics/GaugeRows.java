package com.openagents.runtime.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/// Gauges of one name, one for each set of tags. Thread-safe.
///
/// A gauge that stays is never registered anew, so that whoever reads all meters meanwhile finds it
/// once: neither missing nor twice.
final class GaugeRows {

  private final MeterRegistry registry;
  private final String name;
  private final String description;
  private final Map<Tags, Row> rows = new HashMap<>();

  private static final class Row {
    private volatile double value;
    private final Gauge gauge;

    private Row(MeterRegistry registry, String name, String description, Tags tags, double value) {
      this.value = value;
      this.gauge =
          Gauge.builder(name, this, row -> row.value)
              .description(description)
              .tags(tags)
              .register(registry);
    }
  }

  GaugeRows(MeterRegistry registry, String name, String description) {
    this.registry = registry;
    this.name = name;
    this.description = description;
  }

  /// Shows these values, and no others.
  synchronized void show(Map<Tags, Double> values) {
    Iterator<Map.Entry<Tags, Row>> shown = rows.entrySet().iterator();
    while (shown.hasNext()) {
      Map.Entry<Tags, Row> row = shown.next();
      if (!values.containsKey(row.getKey())) {
        registry.remove(row.getValue().gauge);
        shown.remove();
      }
    }
    values.forEach((tags, value) ->
        rows.computeIfAbsent(tags, t -> new Row(registry, name, description, t, value)).value =
            value);
  }

  /// Shows one value, without tags.
  void show(double value) {
    show(Map.of(Tags.empty(), value));
  }
}
