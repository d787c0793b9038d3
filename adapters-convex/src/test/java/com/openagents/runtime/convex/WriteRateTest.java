package com.openagents.runtime.convex;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WriteRateTest {

  private final AtomicLong now = new AtomicLong(-5);
  private final WriteRate rate = new WriteRate(1000, now::get);

  private void pass(long millis) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  @Test
  void what_comes_after_waits_until_what_was_sent_has_been_paid() {
    assertThat(rate.take(500)).isZero();
    assertThat(rate.take(500)).isEqualTo(Duration.ofMillis(500));
    assertThat(rate.take(1)).isEqualTo(Duration.ofSeconds(1));
    pass(1500);
    assertThat(rate.take(1)).isZero();
  }

  @Test
  void time_in_which_nothing_is_sent_is_not_saved_up() {
    pass(60_000);
    assertThat(rate.take(1000)).isZero();
    assertThat(rate.take(1000)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void more_than_a_second_takes_goes_out_at_once_and_is_paid_for_later() {
    assertThat(rate.take(5_000_000_000L)).isZero();
    assertThat(rate.take(1)).isEqualTo(Duration.ofSeconds(5_000_000));
  }

  @Test
  void an_odd_number_of_bytes_neither_frees_the_rate_nor_stops_it_for_good() {
    rate.spend(Long.MIN_VALUE);
    assertThat(rate.take(0)).isZero();
    rate.spend(Long.MAX_VALUE);
    assertThat(rate.take(0)).isEqualTo(Duration.ofMillis(16 << 20));
  }
}
