package com.openagents.runtime.http.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When to ask again. Pure.
final class Backoff {

  private Backoff() {}

  /// The pause before the next attempt, or nothing when there should be none.
  ///
  /// Doubles with each attempt; a random half of it keeps callers that failed together from coming
  /// back together. A provider that names a time is not asked before it.
  ///
  /// @param attempts how many there were
  static Optional<Duration> pause(
      Patience patience, int attempts, Trouble trouble, RandomGenerator random) {
    if (attempts >= patience.attemptsMax() || !trouble.failed().retryable()) {
      return Optional.empty();
    }
    Duration longest = patience.retryDelayMax();
    Duration doubled = patience.retryDelayMin().multipliedBy(1L << Math.min(attempts - 1, 20));
    long half = (doubled.compareTo(longest) < 0 ? doubled : longest).toNanos() / 2;
    Duration jittered = Duration.ofNanos(half + (long) (half * random.nextDouble()));
    Duration asked = trouble.retryAfter();
    if (asked == null || asked.compareTo(jittered) <= 0) {
      return Optional.of(jittered);
    }
    return asked.compareTo(longest) <= 0 ? Optional.of(asked) : Optional.empty();
  }

  /// Reads a `Retry-After` header: seconds or a date (RFC 9110 section 10.2.3).
  static @Nullable Duration retryAfter(String header, Instant now) {
    try {
      if (header.matches("\\d{1,9}")) {
        return Duration.ofSeconds(Long.parseLong(header));
      }
      Instant at = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
