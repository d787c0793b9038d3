package com.openagents.runtime.app.node;

import com.openagents.runtime.app.metrics.LimitMeters;
import com.openagents.runtime.http.run.Admission;
import com.openagents.runtime.intake.Load;
import com.openagents.runtime.intake.LoadLimits;
import com.openagents.runtime.intake.LoadLimits.Limit;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// Takes runs and frames by how loaded the node was when it was last measured. Thread-safe.
public final class LoadMeter implements Admission {

  private static final Duration BACK_SOON = Duration.ofSeconds(2);

  private final Supplier<Load> measuring;
  private final IntSupplier executing;
  private final LoadLimits limits;
  private final MeterRegistry registry;
  private volatile Load load = Load.NONE;

  /// @param measuring one measurement; may take as long as the store does
  /// @param executing how many runs are carried out at this moment
  public LoadMeter(
      Supplier<Load> measuring, IntSupplier executing, LoadLimits limits, MeterRegistry registry) {
    this.measuring = measuring;
    this.executing = executing;
    this.limits = limits;
    this.registry = registry;
    gauge("pool_wait", "How long a writer waits for a connection", Load::poolWait);
    gauge("append_latency", "Until an append is durable, on average", Load::appendLatency);
    gauge("mailbox_age", "How long the run waits that is due longest", Load::mailboxAge);
    Gauge.builder("runtime.frames.queued", this, meter -> meter.load.queuedFrames())
        .description("Frames that wait in runs that this node carries out")
        .register(registry);
    limit(Limit.EXECUTING, limits.executingMax());
    limit(Limit.QUEUED_FRAMES, (double) limits.queuedFramesMax());
    limit(Limit.POOL_WAIT, seconds(limits.poolWaitMax()));
    limit(Limit.APPEND_LATENCY, seconds(limits.appendLatencyMax()));
    limit(Limit.MAILBOX_AGE, seconds(limits.mailboxAgeMax()));
  }

  /// Measures anew.
  public void measure() {
    load = measuring.get();
  }

  private void gauge(String name, String description, Function<Load, Duration> of) {
    TimeGauge.builder(
            "runtime.load." + name,
            this,
            TimeUnit.NANOSECONDS,
            meter -> of.apply(meter.load).toNanos())
        .description(description)
        .register(registry);
  }

  private void limit(Limit limit, double value) {
    LimitMeters.show(registry, word(limit), value);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static String word(Limit limit) {
    return limit.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Optional<Duration> pauseBeforeStart() {
    return pause(limits.againstStart(load.executing(executing.getAsInt())), "start");
  }

  @Override
  public Optional<Duration> pauseBeforeFrame() {
    return pause(limits.againstFrame(load), "frame");
  }

  private Optional<Duration> pause(Optional<Limit> passed, String call) {
    passed.ifPresent(limit -> LimitMeters.refused(registry, call, word(limit)));
    return passed.map(_ -> BACK_SOON);
  }
}
