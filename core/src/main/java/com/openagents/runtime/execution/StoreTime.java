package com.openagents.runtime.execution;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// The store's clock as a node knows it: its own clock, and how far apart the two were at its last
/// write. Thread-safe.
public final class StoreTime {

  private final InstantSource clock;
  private volatile @Nullable Duration ahead;

  /// @param clock the node's, which may be wrong but runs as fast as the store's
  public StoreTime(InstantSource clock) {
    this.clock = clock;
  }

  /// Whether the store was ever heard.
  public boolean known() {
    return ahead != null;
  }

  /// Learns from a write that was answered just now.
  ///
  /// @param at the store's clock at the write
  public void heard(Instant at) {
    ahead = Duration.between(clock.instant(), at);
  }

  /// In microseconds, as the store's clock is; the node's own time before the store was heard.
  public Instant now() {
    Duration known = ahead;
    Instant own = clock.instant();
    return (known == null ? own : own.plus(known)).truncatedTo(ChronoUnit.MICROS);
  }
}
