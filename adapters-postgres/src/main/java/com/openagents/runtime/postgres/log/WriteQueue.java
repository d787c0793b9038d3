package com.openagents.runtime.postgres.log;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.StoreUnavailable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The writes that wait for a connection, and who may write now.
///
/// Of one run at most one write is under way, so that a busy run holds up no batch of others.
///
/// The callers of a batch are answered together and come back nearly together. The first of them
/// would write alone and keep the others waiting, so after a batch of several the next one waits
/// for as many, at most an eighth of the time that the last one took. Thread-safe.
final class WriteQueue {

  private static final int GATHERING_SHARE = 8;

  private final int capacity;
  private final Queue<PendingWrite> waiting = new ArrayDeque<>();
  private final Set<RunId> underWay = new HashSet<>();
  private int writersFree;
  private boolean closed;
  private int expected;
  private long gatherUntil;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition space = lock.newCondition();

  WriteQueue(int writers, int capacity) {
    this.writersFree = writers;
    this.capacity = capacity;
  }

  /// Admits a write; waits while the queue is full.
  ///
  /// @param byItself whether the caller may make the write
  /// @return whether the caller is to write at once, by itself, and then say [#done]
  boolean admit(PendingWrite write, boolean byItself) {
    lock.lock();
    try {
      while (!closed && waiting.size() >= capacity) {
        space.await();
      }
      refuseWhenClosed();
      if (byItself && nobodyWaits() && writersFree > 0 && underWay.add(write.runId())) {
        writersFree--;
        return true;
      }
      waiting.add(write);
      if (writersFree > 0 && !gathering()) {
        work.signal();
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailable("interrupted before the write began", e);
    } finally {
      lock.unlock();
    }
  }

  private boolean nobodyWaits() {
    return waiting.isEmpty() && !gathering();
  }

  /// Whether more of those who were answered together are awaited; whoever takes writes then waits
  /// with a limit, and need not be woken for each.
  private boolean gathering() {
    return waiting.size() < expected && System.nanoTime() - gatherUntil < 0 && !closed;
  }

  private void refuseWhenClosed() {
    if (closed) {
      var closing = new IllegalStateException("the node is shutting down");
      throw new StoreUnavailable("nothing was written", closing);
    }
  }

  /// Waits for writes that may be made now, and takes up to `max` of different runs.
  ///
  /// @return empty when the queue is closed and drained
  List<PendingWrite> take(int max) throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        if (gathering()) {
          work.awaitNanos(gatherUntil - System.nanoTime());
          continue;
        }
        List<PendingWrite> batch = writersFree > 0 ? takeReady(max) : List.of();
        if (!batch.isEmpty()) {
          writersFree--;
          space.signalAll();
          return batch;
        }
        if (closed && waiting.isEmpty()) {
          return List.of();
        }
        work.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private List<PendingWrite> takeReady(int max) {
    List<PendingWrite> ready = new ArrayList<>();
    var each = waiting.iterator();
    while (each.hasNext() && ready.size() < max) {
      PendingWrite write = each.next();
      if (underWay.add(write.runId())) {
        ready.add(write);
        each.remove();
      }
    }
    return ready;
  }

  /// Says that writes which [#admit] or [#take] handed out have been answered.
  ///
  /// @param tookNanos how long it took to make them
  void done(Collection<PendingWrite> writes, long tookNanos) {
    lock.lock();
    try {
      writes.forEach(write -> underWay.remove(write.runId()));
      writersFree++;
      expected = writes.size() > 1 ? writes.size() : 0;
      gatherUntil = System.nanoTime() + tookNanos / GATHERING_SHARE;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Admits nothing more; what waits is still handed out.
  void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
      space.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
