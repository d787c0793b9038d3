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
public final class Load {

  private Load() {}

  /// @param caller makes the operation of the caller with the given number
  public static Window run(int callers, Duration time, IntFunction<Runnable> caller)
      throws InterruptedException {
    long begin = System.nanoTime();
    long end = begin + time.toNanos();
    List<Callable<Latencies>> loops = new ArrayList<>();
    for (int number = 0; number < callers; number++) {
      Runnable operation = caller.apply(number);
      loops.add(() -> loop(operation, end));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return window(threads.invokeAll(loops), System.nanoTime() - begin);
    }
  }

  private static Latencies loop(Runnable operation, long end) {
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
    return Latencies.ofNanos(Arrays.stream(latencies, 0, count));
  }

  private static Window window(List<Future<Latencies>> loops, long elapsed)
      throws InterruptedException {
    List<Latencies> all = new ArrayList<>();
    for (Future<Latencies> loop : loops) {
      try {
        all.add(loop.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("an operation under load failed", e.getCause());
      }
    }
    Latencies latencies = Latencies.together(all);
    return new Window(latencies.count() * 1e9 / elapsed, latencies);
  }
}
