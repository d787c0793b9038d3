package com.openagents.runtime.http.seal;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;

/// Work that computes for long, on at most half of the processors.
///
/// A virtual thread that computes holds its carrier, and there are only as many carriers as
/// processors: two long computations could keep every other call and every stream waiting.
/// Thread-safe; its threads end when they are not needed.
final class Computing {

  private final Executor threads;

  Computing() {
    int most = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    var pool =
        new ThreadPoolExecutor(
            most,
            most,
            10,
            SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("computing-", 1).factory());
    pool.allowCoreThreadTimeOut(true);
    threads = pool;
  }

  /// Waits for the result; throws what the work throws.
  <T> T result(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, threads).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw e;
    }
  }
}
