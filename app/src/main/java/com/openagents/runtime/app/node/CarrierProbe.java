package com.openagents.runtime.app.node;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Tells how late virtual threads run: very late, when all their carriers are pinned or starved.
///
/// Thread-safe.
public final class CarrierProbe {

  private static final long NONE = Long.MIN_VALUE;

  private final Executor carriers;
  private final LongSupplier nanoTime;
  private final AtomicLong begun = new AtomicLong(NONE);
  private volatile Duration last = Duration.ZERO;

  /// @param carriers begins a virtual thread for each task
  /// @param nanoTime as [System#nanoTime()]
  public CarrierProbe(Executor carriers, LongSupplier nanoTime) {
    this.carriers = carriers;
    this.nanoTime = nanoTime;
  }

  /// Begins a virtual thread, unless the one before has not run yet. Call again and again, from a
  /// thread that is not virtual.
  public void probe() {
    if (begun.compareAndSet(NONE, nanoTime.getAsLong())) {
      carriers.execute(() -> {
        last = Duration.ofNanos(nanoTime.getAsLong() - begun.get());
        begun.set(NONE);
      });
    }
  }

  /// How long the last virtual thread waited, or the one that has not run yet waits.
  public Duration delay() {
    long since = begun.get();
    return since == NONE ? last : Duration.ofNanos(nanoTime.getAsLong() - since);
  }
}
