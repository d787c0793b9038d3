package com.openagents.runtime.inmemory;

import com.openagents.runtime.identity.Ids;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Identifiers that are the same in every execution with the same seed and clock.
///
/// UUID version 7: 48 bits of milliseconds, then 42 bits that count, so that identifiers made at
/// the same instant sort in the order of their making, then 32 bits that tell seeds apart.
/// Thread-safe.
public final class SeededIds implements Ids {

  private static final long VERSION_7 = 7L << 12;
  private static final long VARIANT = 1L << 63;
  private static final int LOW_COUNTER_BITS = 30;

  private final InstantSource clock;
  private final long seed;
  private final AtomicLong made = new AtomicLong();

  public SeededIds(InstantSource clock, long seed) {
    this.clock = clock;
    this.seed = seed;
  }

  @Override
  public UUID next() {
    long count = made.getAndIncrement();
    long countHigh = (count >>> LOW_COUNTER_BITS) & 0xFFF;
    long countLow = count & ((1L << LOW_COUNTER_BITS) - 1);
    return new UUID(
        clock.millis() << 16 | VERSION_7 | countHigh,
        VARIANT | countLow << 32 | mixed(seed + count) >>> 32);
  }

  /// The finalizer of SplitMix64: every bit of the input changes half of the output's.
  private static long mixed(long input) {
    long z = input + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
