package com.openagents.runtime.app.node;

import com.openagents.runtime.engine.Timebox;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Waits for work on another thread, but not for long. Work that hangs keeps its thread, so only so
/// much of it is let begin. Thread-safe.
public final class BriefWait implements Timebox {

  private final Executor executor;
  private final Duration waitMax;
  private final Semaphore places;

  /// @param underwayMax beyond which nothing is begun, and the answer is empty at once
  public BriefWait(Executor executor, Duration waitMax, int underwayMax) {
    this.executor = executor;
    this.waitMax = waitMax;
    this.places = new Semaphore(underwayMax);
  }

  /// @throws java.util.concurrent.CompletionException when the work failed
  @Override
  public <T> Optional<T> within(Supplier<Optional<T>> work) {
    if (!places.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return CompletableFuture.supplyAsync(() -> placed(work), executor)
          .completeOnTimeout(Optional.empty(), waitMax.toNanos(), TimeUnit.NANOSECONDS)
          .join();
    } catch (RejectedExecutionException e) {
      places.release();
      return Optional.empty();
    }
  }

  private <T> Optional<T> placed(Supplier<Optional<T>> work) {
    try {
      return work.get();
    } finally {
      places.release();
    }
  }
}
