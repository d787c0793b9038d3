package com.openagents.runtime.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class CarrierProbeTest {

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private long now = Long.MAX_VALUE - 1_000;
  private final CarrierProbe probe = new CarrierProbe(waiting::add, () -> now);

  @Test
  void a_thread_that_ran_tells_how_late_it_was() {
    assertThat(probe.delay()).isZero();
    probe.probe();
    now += 3_000;
    waiting.remove().run();
    now += 50_000;
    assertThat(probe.delay()).isEqualTo(Duration.ofNanos(3_000));
    probe.probe();
    waiting.remove().run();
    assertThat(probe.delay()).isZero();
  }

  @Test
  void a_thread_that_does_not_run_waits_ever_longer_and_no_other_is_begun() {
    probe.probe();
    now += 7_000;
    assertThat(probe.delay()).isEqualTo(Duration.ofNanos(7_000));
    probe.probe();
    now += 2_000;
    assertThat(probe.delay()).isEqualTo(Duration.ofNanos(9_000));
    assertThat(waiting).hasSize(1);
  }
}
