package com.openagents.runtime.app.node;

import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// Lets work that goes on for long rest for its share of the time. Used by one thread.
final class Pace {

  /// After so long a rest looks whether it is still to go on.
  private static final long LOOK_NANOS = 100_000_000;

  private final double rest;
  private final LongSupplier nanoTime;
  private final LongConsumer park;

  /// @param rest for each unit of time that was worked
  /// @param park waits for so many nanoseconds, or less
  Pace(double rest, LongSupplier nanoTime, LongConsumer park) {
    this.rest = rest;
    this.nanoTime = nanoTime;
    this.park = park;
  }

  /// Works step by step, and rests after each but the last.
  ///
  /// @param step says whether there is more to do
  /// @param ends says that neither work nor rest is to go on
  void work(BooleanSupplier step, BooleanSupplier ends) {
    long begun = nanoTime.getAsLong();
    while (step.getAsBoolean() && !ends.getAsBoolean()) {
      rest(begun, ends);
      begun = nanoTime.getAsLong();
    }
  }

  private void rest(long begun, BooleanSupplier ends) {
    long now = nanoTime.getAsLong();
    long until = now + (long) ((now - begun) * rest);
    for (; until - now > 0 && !ends.getAsBoolean(); now = nanoTime.getAsLong()) {
      park.accept(Math.min(LOOK_NANOS, until - now));
    }
  }
}
