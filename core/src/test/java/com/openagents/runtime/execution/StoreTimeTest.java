package com.openagents.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.inmemory.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// A node's clock may be wrong, and so may what it last heard of the store's.
class StoreTimeTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualTime clock = new VirtualTime(START);
  private final StoreTime time = new StoreTime(clock);

  @Test
  void it_is_the_nodes_own_until_the_store_was_heard() {
    assertThat(time.known()).isFalse();
    assertThat(time.now()).isEqualTo(START);
  }

  @Test
  void it_goes_on_from_what_was_heard() {
    time.heard(START, START.plus(HOUR));
    clock.advance(Duration.ofSeconds(30));
    assertThat(time.known()).isTrue();
    assertThat(time.now()).isEqualTo(START.plus(HOUR).plusSeconds(30));
  }

  @Test
  void what_was_heard_long_ago_is_not_relied_on() {
    time.heard(START, START.plus(HOUR));
    clock.advance(Duration.ofMinutes(1));
    assertThat(time.known()).isFalse();
  }

  @Test
  void an_answer_that_took_long_does_not_replace_a_prompt_one() {
    time.heard(START, START.plus(HOUR));
    clock.advance(Duration.ofSeconds(5));
    time.heard(START, START.plus(HOUR));
    assertThat(time.now()).isEqualTo(START.plus(HOUR).plusSeconds(5));
  }

  @Test
  void half_a_second_is_long() {
    time.heard(START, START.plus(HOUR));
    clock.advance(Duration.ofMillis(500));
    time.heard(START, START.plus(HOUR));
    assertThat(time.now()).isEqualTo(START.plus(HOUR).plusMillis(500));
  }

  @Test
  void an_answer_that_took_long_is_better_than_none() {
    clock.advance(Duration.ofSeconds(5));
    time.heard(START, START.plus(HOUR));
    assertThat(time.now()).isEqualTo(START.plus(HOUR));
    clock.advance(Duration.ofMinutes(2));
    time.heard(START, START.plus(HOUR).plus(HOUR));
    assertThat(time.now()).isEqualTo(START.plus(HOUR).plus(HOUR));
  }
}
