package com.openagents.runtime.testkit;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Lets many callers begin together and collects what each of them got.
public final class Race {

  private Race() {}

  /// Runs `runner` once for each number from 0, all at once, each on a thread of its own.
  ///
  /// @return what they returned, by number
  /// @throws AssertionError when one of them threw
  public static <T> List<T> of(int runners, IntFunction<T> runner) {
    CyclicBarrier start = new CyclicBarrier(runners);
    List<Callable<T>> calls =
        IntStream.range(0, runners)
            .<Callable<T>>mapToObj(number ->
                () -> {
                  start.await();
                  return runner.apply(number);
                })
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(calls).stream().map(Race::result).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while racing", e);
    }
  }

  private static <T> T result(Future<T> ended) {
    try {
      return ended.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a caller in the race failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while racing", e);
    }
  }
}
