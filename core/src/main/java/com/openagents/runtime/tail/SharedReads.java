package com.openagents.runtime.tail;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads once what several want at the same time; of each key, one read at a time.
///
/// Who comes during a read does not get what that one finds, for it may have begun before something
/// that the caller knows of: all who come then share the next. Nothing is kept of a read but by
/// those who waited for it. Whoever waits has one deadline for all that it waits for; when the one
/// who was to make a read gives up, another who shares it and still has time makes it. Thread-safe.
///
/// @param <K> what is read
/// @param <V> what was found; shared, so nobody may change it
final class SharedReads<K, V> {

  private final ConcurrentMap<K, FutureTask<V>> planned = new ConcurrentHashMap<>();
  private final ConcurrentMap<K, FutureTask<V>> begun = new ConcurrentHashMap<>();
  private final Gate gate;
  private final Duration waitMax;
  private final LongSupplier nanoTime;

  /// @param gate what a read passes, and nobody who only waits for one
  /// @param waitMax how long a caller waits until a read is made for it
  /// @param nanoTime time that passes evenly, from any origin
  SharedReads(Gate gate, Duration waitMax, LongSupplier nanoTime) {
    this.gate = gate;
    this.waitMax = waitMax;
    this.nanoTime = nanoTime;
  }

  /// @throws Crowded when it took too long
  /// @throws RuntimeException what the read threw, to all who share it
  V read(K key, Supplier<V> read) {
    long deadline = nanoTime.getAsLong() + waitMax.toNanos();
    while (true) {
      FutureTask<V> own = new FutureTask<>(read::get);
      FutureTask<V> joined = planned.putIfAbsent(key, own);
      if (joined == null) {
        lead(key, own, deadline);
        return result(own, deadline);
      }
      try {
        return result(joined, deadline);
      } catch (CancellationException givenUp) {
        requireTime(deadline);
      }
    }
  }

  private void lead(K key, FutureTask<V> own, long deadline) {
    try {
      awaitEnd(begun.get(key), deadline);
      gate.pass(
          () -> {
            begun.put(key, own);
            planned.remove(key, own);
            own.run();
            return own;
          },
          left(deadline));
    } finally {
      planned.remove(key, own);
      begun.remove(key, own);
      own.cancel(false);
    }
  }

  private void awaitEnd(@Nullable FutureTask<V> earlier, long deadline) {
    if (earlier != null) {
      try {
        var _ = result(earlier, deadline);
      } catch (Crowded e) {
        throw e;
      } catch (RuntimeException failed) {
        // It has ended, which is all that is waited for.
      }
    }
  }

  private Duration left(long deadline) {
    return Duration.ofNanos(deadline - nanoTime.getAsLong());
  }

  private void requireTime(long deadline) {
    if (!left(deadline).isPositive()) {
      throw new Crowded("no read within " + waitMax);
    }
  }

  private V result(FutureTask<V> read, long deadline) {
    try {
      return read.get(left(deadline).toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new Crowded("no read within " + waitMax);
    } catch (InterruptedException e) {
      throw new Crowded("interrupted while it waited");
    }
  }
}
