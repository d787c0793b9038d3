package com.openagents.runtime.tail;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A log whose reads, once it is held, do not return before the test lets them; what they found
/// they found before.
final class HeldLog implements EventLog {

  private final EventLog log;
  private volatile CountDownLatch released = new CountDownLatch(0);
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger insideMost = new AtomicInteger();

  HeldLog(EventLog log) {
    this.log = log;
  }

  HeldLog hold() {
    released = new CountDownLatch(1);
    reads.set(0);
    return this;
  }

  void release() {
    released.countDown();
  }

  /// How many reads were made since it was held.
  int reads() {
    return reads.get();
  }

  /// How many reads were under way at once, at most.
  int insideMost() {
    return insideMost.get();
  }

  private <T> T held(Supplier<T> read) {
    T found = read.get();
    insideMost.accumulateAndGet(inside.incrementAndGet(), Math::max);
    reads.incrementAndGet();
    try {
      if (!released.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody released the log");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    inside.decrementAndGet();
    return found;
  }

  @Override
  public List<StoredEvent> read(RunId runId, long after, int limit) {
    return held(() -> log.read(runId, after, limit));
  }

  @Override
  public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
    return held(() -> log.readDurable(runId, after, limit));
  }

  @Override
  public Optional<RunHead> head(RunId runId) {
    return held(() -> log.head(runId));
  }

  @Override
  public List<Appended> append(List<Append> batch) {
    return log.append(batch);
  }
}
