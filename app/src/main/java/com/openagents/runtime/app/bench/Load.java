package com.openagents.runtime.app.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// A closed loop of callers: each begins its next operation when the one before has ended.
final class Load {

  private Load() {}

  /// @param caller makes the operation of the caller with the given number
  static Window run(int callers, Duration time, IntFunction<Runnable> caller)
      throws InterruptedException {
    long begin = System.nanoTime();
    long end = begin + time.toNanos();
    List<Callable<long[]>> loops = new ArrayList<>();
    for (int number = 0; number < callers; number++) {
      Runnable operation = caller.apply(number);
      loops.add(() -> loop(operation, end));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return window(threads.invokeAll(loops), System.nanoTime() - begin);
    }
  }

  private static long[] loop(Runnable operation, long end) {
    long[] latencies = new long[1024];
    int count = 0;
    for (long now = System.nanoTime(); now < end; ) {
      operation.run();
      long after = System.nanoTime();
      if (count == latencies.length) {
        latencies = Arrays.copyOf(latencies, count * 2);
      }
      latencies[count++] = after - now;
      now = after;
    }
    return Arrays.copyOf(latencies, count);
  }

  private static Window window(List<Future<long[]>> loops, long elapsed)
      throws InterruptedException {
    List<long[]> all = new ArrayList<>();
    for (Future<long[]> loop : loops) {
      try {
        all.add(loop.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("an operation under load failed", e.getCause());
      }
    }
    long[] latencies = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Window(
        latencies.length * 1e9 / elapsed, percentile(latencies, 50), percentile(latencies, 99));
  }

  private static Duration percentile(long[] sorted, int percent) {
    return sorted.length == 0
        ? Duration.ZERO
        : Duration.ofNanos(sorted[(int) ((sorted.length - 1L) * percent / 100)]);
  }
}
