package com.openagents.runtime.app.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits for something that will come to be.
final class Patience {

  private static final Duration MAX = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  private Patience() {}

  /// Looks again and again until the condition holds.
  ///
  /// @param what names the condition in the failure
  /// @throws IllegalStateException when it does not within a minute
  static void until(String what, Callable<Boolean> condition) throws Exception {
    var _ = untilFound(what, () -> condition.call() ? Optional.of(true) : Optional.empty());
  }

  /// Looks again and again until there is something.
  ///
  /// @param what names it in the failure
  /// @throws IllegalStateException when there is nothing within a minute
  static <T> T untilFound(String what, Callable<Optional<T>> look) throws Exception {
    long end = System.nanoTime() + MAX.toNanos();
    for (Optional<T> found = look.call(); ; found = look.call()) {
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not within " + MAX.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }
}
