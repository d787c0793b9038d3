package com.openagents.runtime.app.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits for something that will come to be.
final class Patience {

  private static final Duration MAX = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  private Patience() {}

  /// A question that may fail.
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  /// Looks again and again until the condition holds.
  ///
  /// @param what names the condition in the failure
  /// @throws IllegalStateException when it does not within a minute
  static void until(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + MAX.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not within " + MAX.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }
}
