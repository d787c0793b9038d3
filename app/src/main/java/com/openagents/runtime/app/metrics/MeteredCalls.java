package com.openagents.runtime.app.metrics;

import com.openagents.runtime.http.edge.Served;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// Times calls by route and class of status, and counts those that a limit refused. Thread-safe.
public final class MeteredCalls implements Served {

  private final MeterRegistry registry;

  public MeteredCalls(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void served(String route, int status, Duration took) {
    Timer.builder("runtime.http.requests")
        .description("Calls, until they were answered or their stream had begun")
        .tag("route", route)
        .tag("status", status / 100 + "xx")
        .register(registry)
        .record(took);
  }

  @Override
  public void refused(String route, String limit) {
    LimitMeters.refused(registry, call(route), limit);
  }

  private static String call(String route) {
    return switch (route) {
      case "POST /internal/v1/runs" -> "start";
      case "POST /internal/v1/runs/{runId}/frames", "POST /internal/v1/runs/{runId}/frames/batch" ->
          "frame";
      default -> route.endsWith("/stream") ? "stream" : "other";
    };
  }
}
