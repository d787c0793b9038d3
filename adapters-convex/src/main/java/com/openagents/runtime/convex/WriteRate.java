package com.openagents.runtime.convex;

import com.openagents.runtime.projection.SinkAway;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Spreads bytes over time, so that all of a second's writes stay below a bound. Thread-safe.
final class WriteRate {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private static final long TRANSACTION_MAX = 16 << 20;

  private final int bytesPerSecond;
  private final LongSupplier nanoTime;
  private final Lock lock = new ReentrantLock();
  private final Condition turn = lock.newCondition();
  private long free;

  WriteRate(int bytesPerSecond, LongSupplier nanoTime) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
    this.free = nanoTime.getAsLong();
  }

  /// Returns when so many bytes may be sent; with none, when what was spent before has been waited
  /// for.
  ///
  /// @throws SinkAway when it is interrupted; the thread stays so
  void await(long bytes) {
    try {
      lock.lockInterruptibly();
      try {
        long nanos = take(bytes).toNanos();
        while (nanos > 0) {
          nanos = turn.awaitNanos(nanos);
        }
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SinkAway("interrupted", "it was interrupted before it was sent");
    }
  }

  /// Counts bytes of which it is known only afterwards that they were written: whoever sends next
  /// waits for them. More than a transaction can write is not believed.
  void spend(long bytes) {
    take(Math.clamp(bytes, 0, TRANSACTION_MAX));
  }

  /// How long to wait before so many bytes are sent, which count from now on.
  Duration take(long bytes) {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      long begin = Math.max(now, free);
      free = begin + bytes * SECOND / bytesPerSecond;
      return Duration.ofNanos(begin - now);
    } finally {
      lock.unlock();
    }
  }
}
