package com.openagents.runtime.tail;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Lets a few read at a time, in the order in which they came. Thread-safe.
final class Gate {

  private final Semaphore places;
  private final Duration waitMax;

  Gate(int places, Duration waitMax) {
    this.places = new Semaphore(places, true);
    this.waitMax = waitMax;
  }

  /// @throws Crowded when there was no place in time
  <T> T pass(Supplier<T> reading) {
    return pass(reading, waitMax);
  }

  /// @param left how long the caller still waits; when it is not positive, not at all
  /// @throws Crowded when there was no place in time
  <T> T pass(Supplier<T> reading, Duration left) {
    try {
      if (!places.tryAcquire(left.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new Crowded("no place in time");
      }
    } catch (InterruptedException e) {
      throw new Crowded("interrupted while it waited");
    }
    return inside(reading);
  }

  /// Waits as long as it takes.
  <T> T passPatiently(Supplier<T> reading) {
    places.acquireUninterruptibly();
    return inside(reading);
  }

  private <T> T inside(Supplier<T> reading) {
    try {
      return reading.get();
    } finally {
      places.release();
    }
  }
}
