package com.openagents.runtime.app.wiring;

import com.openagents.runtime.app.metrics.LimitMeters;
import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.execution.Execution;
import com.openagents.runtime.execution.Vitals;
import com.openagents.runtime.http.edge.EdgeSettings.RequestLimits;
import com.openagents.runtime.http.stream.OpenStreams;
import com.openagents.runtime.intake.Runs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// What is read off a node at the moment somebody looks.
final class Gauges {

  private final MeterRegistry registry;

  Gauges(MeterRegistry registry) {
    this.registry = registry;
  }

  void show(Engine engine, InstantSource clock) {
    gauge("executing", "Runs that this node carries out", engine, e -> executions(e).size());
    gauge(
        "mailbox.depth",
        "Executions to which something came that they have not looked at yet",
        engine,
        e -> unread(vitals(e)));
    time(
        "turn.age",
        "How long the oldest turn has been worked on by this node",
        () -> oldestTurn(vitals(engine), clock.instant()));
    time(
        "carriers.delay",
        "How late virtual threads run: late when their carriers are pinned or starved",
        engine::carrierDelay);
    gauge("streams.opening", "Streams that are being opened", engine, e -> e.opening().waiting());
    gauge(
        "streams.refused",
        "Streams that were not opened because too many were",
        engine,
        e -> e.opening().refused());
    gauge(
        "runs.followed",
        "Runs that readers of this node follow",
        engine,
        e -> e.tails().followed());
  }

  void show(OpenStreams streams) {
    gauge("streams", "Open streams", streams, OpenStreams::count);
    Gauge.builder("runtime.streams.held", streams, OpenStreams::heldBytes)
        .description("Bytes in memory for readers that are slower than their runs")
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
    gauge(
        "streams.stalled",
        "Readers that were cut because they took nothing",
        streams,
        OpenStreams::stalledCount);
  }

  /// Shows the limits that are not of the load; see [com.openagents.runtime.app.node.LoadMeter].
  void show(Settings settings, RequestLimits requests) {
    limit("streams", settings.get(Catalog.MAX_STREAMS));
    limit("streams_opening", settings.get(Catalog.MAX_OPENING));
    limit("queued_frames_per_run", settings.get(Catalog.MAX_QUEUED_PER_RUN));
    limit("forks", Runs.FORKS_MAX);
    limit("bodies_bytes", requests.bodiesBytesMax());
    limit("connections", requests.connectionsMax());
  }

  static long unread(Stream<Vitals> executions) {
    return executions.mapToLong(Vitals::wakeUps).sum();
  }

  static Duration oldestTurn(Stream<Vitals> executions, Instant now) {
    return executions
        .map(vitals -> Duration.between(vitals.turnSince(), now))
        .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) < 0 ? b : a);
  }

  private static List<Execution> executions(Engine engine) {
    return engine.runtime().executions();
  }

  private static Stream<Vitals> vitals(Engine engine) {
    return executions(engine).stream().flatMap(execution -> execution.vitals().stream());
  }

  private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
    Gauge.builder("runtime." + name, of, value).description(description).register(registry);
  }

  private void time(String name, String description, Supplier<Duration> value) {
    TimeGauge.builder("runtime." + name, () -> value.get().toNanos(), TimeUnit.NANOSECONDS)
        .description(description)
        .register(registry);
  }

  private void limit(String name, long value) {
    LimitMeters.show(registry, name, (double) value);
  }
}
