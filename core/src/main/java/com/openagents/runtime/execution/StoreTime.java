package com.openagents.runtime.execution;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// The store's clock as a node knows it: its own clock, and how far apart the two were at a late
/// write. Thread-safe.
public final class StoreTime {

  /// An answer that took longer says little of the time at which it was read.
  private static final Duration PROMPT = Duration.ofMillis(500);

  /// After that one of the clocks may have been put right.
  private static final Duration FRESH = Duration.ofMinutes(1);

  /// @param ahead how far the store's clock was ahead of the node's
  /// @param heard on the node's clock
  private record Reading(Duration ahead, Instant heard) {}

  private final InstantSource clock;
  private volatile @Nullable Reading last;

  /// @param clock the node's, which may be wrong but runs as fast as the store's
  public StoreTime(InstantSource clock) {
    this.clock = clock;
  }

  /// Whether the store was heard of late.
  public boolean known() {
    Reading reading = last;
    return reading != null && fresh(reading, clock.instant());
  }

  /// Learns from a write that was answered just now. One whose answer took long is only better than
  /// none.
  ///
  /// @param asked when the write began, on the node's clock
  /// @param at the store's clock at the write
  public void heard(Instant asked, Instant at) {
    Instant now = clock.instant();
    Reading before = last;
    boolean prompt = Duration.between(asked, now).compareTo(PROMPT) < 0;
    if (prompt || before == null || !fresh(before, now)) {
      last = new Reading(Duration.between(now, at), now);
    }
  }

  private static boolean fresh(Reading reading, Instant now) {
    return !reading.heard().isAfter(now) && reading.heard().plus(FRESH).isAfter(now);
  }

  /// In microseconds, as the store's clock is; the node's own time before the store was heard.
  public Instant now() {
    Reading reading = last;
    Instant own = clock.instant();
    return (reading == null ? own : own.plus(reading.ahead())).truncatedTo(ChronoUnit.MICROS);
  }
}
