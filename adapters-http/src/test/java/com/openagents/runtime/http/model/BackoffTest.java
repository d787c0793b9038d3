package com.openagents.runtime.http.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final RandomGenerator NEVER_LUCKY = () -> -1L;
  private static final RandomGenerator ALWAYS_LUCKY = () -> 0L;

  @ParameterizedTest
  @CsvSource({"1, 250, 500", "2, 500, 1000", "3, 1000, 2000", "6, 8000, 16000", "9, 10000, 20000"})
  void pauses_double_up_to_a_bound_and_half_of_each_is_chance(int attempts, long least, long most) {
    assertThat(pause(attempts, null, ALWAYS_LUCKY)).contains(Duration.ofMillis(least));
    assertThat(pause(attempts, null, NEVER_LUCKY).orElseThrow())
        .isBetween(Duration.ofMillis(most - 1), Duration.ofMillis(most));
  }

  @Test
  void a_provider_that_names_a_time_is_not_asked_before() {
    assertThat(pause(1, Duration.ofSeconds(7), NEVER_LUCKY)).contains(Duration.ofSeconds(7));
    assertThat(pause(1, Duration.ZERO, ALWAYS_LUCKY)).contains(Duration.ofMillis(250));
    assertThat(pause(1, Duration.ofSeconds(21), ALWAYS_LUCKY)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "0, PT0S",
        "17, PT17S",
        "'Sun, 01 Mar 2026 12:00:30 GMT', PT30S",
        "'Sun, 01 Mar 2026 11:00:00 GMT', PT0S",
        "-1, null",
        "1.5, null",
        "soon, null",
        "9999999999, null"
      })
  void retry_after_is_seconds_or_a_date(String header, @Nullable Duration expected) {
    assertThat(Backoff.retryAfter(header, NOW)).isEqualTo(expected);
  }

  private static Optional<Duration> pause(
      int attempts, @Nullable Duration retryAfter, RandomGenerator random) {
    Patience patience =
        new Patience(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            10,
            Duration.ofMillis(500),
            Duration.ofSeconds(20));
    Trouble trouble = new Trouble(Trouble.unavailable("p", "w").failed(), retryAfter);
    return Backoff.pause(patience, attempts, trouble, random);
  }
}
