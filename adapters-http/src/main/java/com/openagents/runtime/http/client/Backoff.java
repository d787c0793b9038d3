package com.openagents.runtime.http.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long to wait before the next attempt, and when to give up. Counts waits, not the clock.
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final Duration patience;
  private Duration waited = Duration.ZERO;
  private Duration next = FIRST;

  Backoff(Duration patience) {
    this.patience = patience;
  }

  void heard() {
    waited = Duration.ZERO;
    next = FIRST;
  }

  /// Notes a failed attempt.
  ///
  /// @throws RuntimeUnreachable the given failure, when patience is used up
  void missed(@Nullable RuntimeUnreachable failure) {
    if (failure != null && waited.compareTo(patience) >= 0) {
      throw failure;
    }
  }

  Duration next() {
    Duration now = next;
    waited = waited.plus(now);
    next = now.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : now.multipliedBy(2);
    return now;
  }
}
