package com.openagents.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.inmemory.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AllowanceTest {

  private final VirtualTime time = new VirtualTime(Instant.EPOCH);

  @Test
  void so_many_in_a_minute_and_no_more() {
    Allowance allowance = new Allowance(3, time);
    for (int i = 0; i < 3; i++) {
      assertThat(allowance.take("a")).isEmpty();
    }
    assertThat(allowance.take("a")).contains(Duration.ofMinutes(1));
    time.advance(Duration.ofMinutes(1).minusMillis(1));
    assertThat(allowance.take("a")).contains(Duration.ofMillis(1));
    time.advance(Duration.ofMillis(1));
    assertThat(allowance.take("a")).isEmpty();
  }

  @Test
  void of_very_many_subjects_the_last_are_remembered() {
    Allowance allowance = new Allowance(1, time);
    allowance.take("first");
    allowance.take("kept");
    for (int i = 0; i < Allowance.SUBJECTS_MAX - 1; i++) {
      allowance.take("s-" + i);
    }

    assertThat(allowance.take("kept")).isPresent();
    assertThat(allowance.take("first")).isEmpty();
  }
}
