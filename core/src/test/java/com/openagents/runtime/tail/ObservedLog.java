package com.openagents.runtime.tail;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A log that counts what is read from it, does things meanwhile, and can be out of reach.
final class ObservedLog implements EventLog {

  private final EventLog log;
  private final List<Long> reads = new ArrayList<>();
  private long eventsRead;
  private boolean unavailable;
  private Runnable afterRead = () -> {};
  private UnaryOperator<StoredEvent> damage = UnaryOperator.identity();

  ObservedLog(EventLog log) {
    this.log = log;
  }

  /// The sequence behind which each page began.
  List<Long> reads() {
    return reads;
  }

  long eventsRead() {
    return eventsRead;
  }

  void unavailable(boolean now) {
    unavailable = now;
  }

  /// Does something once, after a page was read and before it is handed over.
  void afterRead(Runnable once) {
    afterRead = once;
  }

  void damage(UnaryOperator<StoredEvent> how) {
    damage = how;
  }

  @Override
  public List<StoredEvent> read(RunId runId, long after, int limit) {
    reads.add(after);
    requireAvailable();
    List<StoredEvent> page = log.read(runId, after, limit).stream().map(damage).toList();
    eventsRead += page.size();
    Runnable once = afterRead;
    afterRead = () -> {};
    once.run();
    return page;
  }

  private void requireAvailable() {
    if (unavailable) {
      throw new StoreUnavailable("the store is down", new IllegalStateException());
    }
  }

  @Override
  public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
    List<StoredEvent> page = log.readDurable(runId, after, limit);
    eventsRead += page.size();
    return page;
  }

  @Override
  public List<Appended> append(List<Append> batch) {
    return log.append(batch);
  }

  @Override
  public Optional<RunHead> head(RunId runId) {
    requireAvailable();
    return log.head(runId);
  }
}
