package com.openagents.runtime.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// Where a node begins to refuse, and how often it did, by the names of its limits.
public final class LimitMeters {
  private LimitMeters() {}

  /// Shows a limit that stays as it is.
  ///
  /// @param value times in seconds
  public static void show(MeterRegistry registry, String limit, double value) {
    Gauge.builder("runtime.limit", () -> value)
        .description("Where the node begins to refuse; times in seconds")
        .tag("limit", limit)
        .register(registry);
  }

  /// Counts a call that was refused.
  ///
  /// @param call `start`, `frame`, `stream` or `other`
  public static void refused(MeterRegistry registry, String call, String limit) {
    Counter.builder("runtime.refused")
        .description("Calls that a limit refused")
        .tag("call", call)
        .tag("limit", limit)
        .register(registry)
        .increment();
  }
}
