package com.openagents.runtime.app.wiring;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// A clock that begins with the machine's time and then runs evenly, whoever sets the machine's
/// clock: a step of that would be a lapse of every deadline to those who go by it. Thread-safe.
///
/// How far it stands off the store's clock is learned from the store's answers.
final class SteadyClock implements InstantSource {

  private final Instant began;
  private final LongSupplier nanoTime;
  private final long beganNanos;

  /// @param nanoTime time that passes evenly, from any origin, in nanoseconds
  SteadyClock(Instant began, LongSupplier nanoTime) {
    this.began = began;
    this.nanoTime = nanoTime;
    this.beganNanos = nanoTime.getAsLong();
  }

  @Override
  public Instant instant() {
    return began.plusNanos(nanoTime.getAsLong() - beganNanos);
  }
}
