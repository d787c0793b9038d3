package com.openagents.runtime.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.intake.Load;
import com.openagents.runtime.intake.LoadLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What a node takes after what was measured of it, and what its meters say.
class LoadMeterTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Load SLOW = new Load(0, 7, SECOND.plusMillis(500), SECOND, SECOND);
  private static final Load FLOODED = new Load(0, 100, SECOND, SECOND, SECOND);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Load load = Load.NONE;
  private int executing;
  private final LoadMeter meter =
      new LoadMeter(
          () -> load,
          () -> executing,
          new LoadLimits(10, 100, SECOND, SECOND.multipliedBy(2), SECOND.multipliedBy(3)),
          registry);

  private void measured(Load now) {
    load = now;
    meter.measure();
  }

  @Test
  void a_node_that_was_not_measured_yet_takes_everything() {
    load = FLOODED;

    assertThat(meter.pauseBeforeStart()).isEmpty();
    assertThat(meter.pauseBeforeFrame()).isEmpty();
  }

  @Test
  void a_slow_node_starts_nothing_and_takes_frames() {
    measured(SLOW);

    assertThat(meter.pauseBeforeStart()).contains(Duration.ofSeconds(2));
    assertThat(meter.pauseBeforeFrame()).isEmpty();
    assertThat(refused("start", "pool_wait")).isOne();
  }

  @Test
  void a_flooded_node_takes_neither() {
    measured(FLOODED);

    assertThat(meter.pauseBeforeStart()).contains(Duration.ofSeconds(2));
    assertThat(meter.pauseBeforeFrame()).contains(Duration.ofSeconds(2));
    assertThat(refused("start", "queued_frames")).isOne();
    assertThat(refused("frame", "queued_frames")).isOne();
  }

  @Test
  void a_node_that_has_recovered_takes_everything_again() {
    measured(FLOODED);
    measured(Load.NONE);

    assertThat(meter.pauseBeforeStart()).isEmpty();
    assertThat(meter.pauseBeforeFrame()).isEmpty();
  }

  @Test
  void the_runs_that_are_carried_out_are_counted_at_the_moment_of_the_start() {
    measured(Load.NONE);
    executing = 10;
    assertThat(meter.pauseBeforeStart()).isPresent();
    assertThat(refused("start", "executing")).isOne();

    executing = 9;
    assertThat(meter.pauseBeforeStart()).isEmpty();
  }

  @Test
  void the_meters_show_what_was_measured_beside_where_refusing_begins() {
    measured(SLOW);

    assertThat(seconds("pool_wait")).isEqualTo(1.5);
    assertThat(seconds("append_latency")).isEqualTo(1);
    assertThat(seconds("mailbox_age")).isEqualTo(1);
    assertThat(registry.get("runtime.frames.queued").gauge().value()).isEqualTo(7);
    assertThat(limit("executing")).isEqualTo(10);
    assertThat(limit("queued_frames")).isEqualTo(100);
    assertThat(limit("pool_wait")).isEqualTo(1);
    assertThat(limit("append_latency")).isEqualTo(2);
    assertThat(limit("mailbox_age")).isEqualTo(3);
  }

  private double refused(String call, String limit) {
    return registry.get("runtime.refused").tags("call", call, "limit", limit).counter().count();
  }

  private double seconds(String name) {
    return registry.get("runtime.load." + name).timeGauge().value(TimeUnit.SECONDS);
  }

  private double limit(String name) {
    return registry.get("runtime.limit").tag("limit", name).gauge().value();
  }
}
