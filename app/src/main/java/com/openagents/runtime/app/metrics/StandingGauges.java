package com.openagents.runtime.app.metrics;

import static java.util.stream.Collectors.toMap;

import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.KnownSinks.SinkState;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projector.Standstill;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// How projections stand: what is read off now and then instead of counted. One caller at a time.
final class StandingGauges {

  private static final int PARKED_MAX = 1_000;

  private final MeterRegistry registry;
  private final InstantSource clock;
  private final GaugeRows pending;
  private final GaugeRows behind;
  private final GaugeRows behindP95;
  private final GaugeRows waiting;
  private final GaugeRows parked;
  private final GaugeRows parkedRuns;
  private final GaugeRows stalled;

  StandingGauges(MeterRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
    this.pending = gauge("sink.pending", "Documents whose newest form a sink lacks");
    this.behind = gauge("sink.lag.events", "Events that due documents tell of and a sink does not");
    this.behindP95 =
        gauge(
            "sink.lag.events.p95",
            "Events by which due documents are ahead of a sink: 95 of 100 by no more");
    this.waiting = gauge("sink.lag.seconds", "How long the longest due document has been due");
    this.parked = gauge("sink.parked", "Documents that a sink will not take");
    this.stalled =
        gauge("stalled.seconds", "How long the log has moved on while no node took it in");
    this.parkedRuns = gauge("parked.runs", "Runs whose logs cannot be projected, to 1000");
  }

  private GaugeRows gauge(String name, String description) {
    return new GaugeRows(registry, "runtime.projection." + name, description);
  }

  /// Reads off what each sink lacks, and whether documents stand still.
  ///
  /// @param told names of the projections that count
  void look(
      Collection<String> told, KnownSinks known, ProjectionStore store, Standstill standstill) {
    stalled.show(standstill.look(clock.instant()).toMillis() / 1000.0);
    List<SinkState> sinks = known.sinks(told);
    rows(pending, sinks, SinkState::pending);
    rows(behind, sinks, sink -> sink.behind().sum());
    rows(behindP95, sinks, sink -> sink.behind().p95());
    rows(waiting, sinks, this::seconds);
    rows(parked, sinks, SinkState::parked);
    parkedRuns.show(store.parked(PARKED_MAX).size());
  }

  private double seconds(SinkState sink) {
    Instant oldest = sink.oldestDue();
    return oldest == null
        ? 0
        : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1000.0);
  }

  private static void rows(
      GaugeRows gauge, List<SinkState> sinks, ToDoubleFunction<SinkState> value) {
    gauge.show(
        sinks.stream().collect(toMap(sink -> Tags.of("sink", sink.sink()), value::applyAsDouble)));
  }
}
