package com.openagents.runtime.tail;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.EventLog;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/// The live readers of one node: reads each run's log once for all who follow it.
///
/// Nothing is polled for a reader. The node tells what became visible, from its one look at the
/// change feed and from its own appends; a wake-up that comes twice, or for events that everybody
/// has, costs nothing. While a run rests, a reader costs its entry here, and neither a thread nor a
/// connection. Thread-safe.
public final class Tails {

  private static final int PAGE = 256;

  private final EventLog log;
  private final Executor executor;
  private final int pageSize;
  private final ConcurrentMap<RunId, Tail> tails = new ConcurrentHashMap<>();

  /// @param executor runs the passes, which read from the store
  public Tails(EventLog log, Executor executor) {
    this(log, executor, PAGE);
  }

  Tails(EventLog log, Executor executor, int pageSize) {
    this.log = log;
    this.executor = executor;
    this.pageSize = pageSize;
  }

  /// Follows a run. Every event after the given sequence comes in order and once, those that are
  /// there as well as those to come.
  public Subscription subscribe(RunId runId, long after, Listener listener) {
    Subscriber subscriber = new Subscriber(listener, after);
    Tail tail =
        tails.compute(
            runId,
            (_, present) -> {
              Tail joined = present == null ? new Tail() : present;
              joined.add(subscriber);
              return joined;
            });
    read(runId, tail);
    return new Subscription() {
      @Override
      public void ready() {
        tail.ready(subscriber);
        read(runId, tail);
      }

      @Override
      public void cancel() {
        subscriber.leave();
        release(runId);
      }
    };
  }

  /// Tells that a run's log reaches a sequence, and can be read up to there.
  public void wake(RunId runId, long lastSeq) {
    Tail tail = tails.get(runId);
    if (tail != null) {
      tail.announce(lastSeq);
      read(runId, tail);
    }
  }

  /// Reads again for those whose last read the store did not answer; the node calls it when the
  /// store answers again.
  public void retry() {
    tails.forEach(this::read);
  }

  /// How many runs are followed on this node.
  public int followed() {
    return tails.size();
  }

  private void read(RunId runId, Tail tail) {
    if (tail.begin()) {
      executor.execute(() -> {
        new Pass(log, runId, tail, pageSize).run();
        release(runId);
      });
    }
  }

  private void release(RunId runId) {
    tails.computeIfPresent(runId, (_, tail) -> tail.empty() ? null : tail);
  }
}
