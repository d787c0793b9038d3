package com.openagents.runtime.http.client;

import java.time.Duration;

/// How long to wait before the next attempt, and when to give up. Counts waits, not the clock.
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final Duration patience;
  private Duration waited = Duration.ZERO;
  private Duration next = FIRST;
  private boolean heard;

  Backoff(Duration patience) {
    this.patience = patience;
  }

  /// Notes a sign of life, with which patience begins anew.
  void heard() {
    heard = true;
    waited = Duration.ZERO;
    next = FIRST;
  }

  /// Notes that an attempt has come to nothing more.
  ///
  /// @return whether patience is used up; never right after a sign of life
  boolean missed() {
    boolean usedUp = !heard && waited.compareTo(patience) >= 0;
    heard = false;
    return usedUp;
  }

  Duration next() {
    Duration now = next;
    waited = waited.plus(now);
    next = now.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : now.multipliedBy(2);
    return now;
  }
}
