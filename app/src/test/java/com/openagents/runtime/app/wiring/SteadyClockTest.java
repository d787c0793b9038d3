package com.openagents.runtime.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

  private static final Instant BEGAN = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void it_goes_on_from_where_it_began_across_the_end_of_the_counter() {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    SteadyClock clock = new SteadyClock(BEGAN, nanos::get);
    assertThat(clock.instant()).isEqualTo(BEGAN);
    nanos.addAndGet(1_000);
    assertThat(clock.instant()).isEqualTo(BEGAN.plusNanos(1_000));
    nanos.addAndGet(3_600_000_000_000L);
    assertThat(clock.instant()).isEqualTo(BEGAN.plusSeconds(3_600).plusNanos(1_000));
  }
}
