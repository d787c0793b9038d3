package com.openagents.runtime.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveriesTest {

  private final Deliveries deliveries = new Deliveries(2, 2);

  @Test
  void an_event_is_timed_at_the_reader_that_waits_for_it() {
    deliveries.expect(0, 0);
    deliveries.expect(1, 1);
    assertThat(deliveries.complete(0)).isFalse();
    deliveries.came(1, 7_000_000);
    deliveries.came(0, 3_000_000);
    assertThat(deliveries.complete(0)).isTrue();
    Latencies latencies = deliveries.since(new long[] {1_000_000, 1_000_000});
    assertThat(latencies.millis(0)).isEqualTo(2);
    assertThat(latencies.millis(100)).isEqualTo(6);
  }

  @Test
  void what_nobody_waits_for_is_passed_over() {
    deliveries.came(0, 9_000_000);
    deliveries.expect(0, 0);
    deliveries.came(0, 5_000_000);
    deliveries.came(0, 9_000_000);
    deliveries.expect(1, 1);
    deliveries.came(1, 5_000_000);
    assertThat(deliveries.since(new long[] {0, 0}).millis(100)).isEqualTo(5);
  }
}
