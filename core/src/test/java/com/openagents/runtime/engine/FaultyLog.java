package com.openagents.runtime.engine;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.StoreUnavailable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// An event log on which writes of executors go unanswered when a test says so, and that remembers
/// every write that was tried.
public final class FaultyLog implements EventLog {

  /// When the connection breaks.
  public enum Moment {
    BEFORE_COMMIT,
    AFTER_COMMIT,
    /// Before the commit, which yet happens: behind the executor's next write.
    LANDS_LATER
  }

  private static final int STUBBORN = 20;

  private final EventLog log;
  private final List<Append> tried = new ArrayList<>();
  private Predicate<Append> broken = _ -> false;
  private Moment moment = Moment.BEFORE_COMMIT;
  private Runnable beforeWrites = () -> {};
  private List<Append> underway = List.of();
  private UnaryOperator<StoredEvent> seen = UnaryOperator.identity();
  private long end = Long.MAX_VALUE;
  private int afterTheEnd;

  FaultyLog(EventLog log) {
    this.log = log;
  }

  /// Breaks the first write from now on that the test picks; later ones go through.
  public void breakFirst(Predicate<Append> picked, Moment when) {
    broken = picked;
    moment = when;
  }

  /// Breaks the executor's n-th write from now on, counted from 1.
  public void breakExecutorsWrite(int n, Moment when) {
    int[] left = {n};
    breakFirst(write -> byExecutor(write) && --left[0] == 0, when);
  }

  /// Lets something happen just before the next write of an executor that tells of events.
  public void beforeNextWrite(Runnable happens) {
    beforeWrites = happens;
  }

  /// Shows events otherwise than they were written.
  public void shows(UnaryOperator<StoredEvent> change) {
    seen = change;
  }

  /// From now on the store is one that never heard of what came after this event, as after a
  /// failover.
  public void endsAt(long seq) {
    end = seq;
  }

  /// How often an executor tried to write since then.
  public int triedAfterTheEnd() {
    return afterTheEnd;
  }

  private List<Appended> withoutTheEnd(List<Append> batch) {
    if (++afterTheEnd > STUBBORN) {
      throw new IllegalStateException("an executor goes on writing to what is lost");
    }
    Appended moved = new Appended.Refused(Appended.Refusal.MOVED, end, 1);
    return Collections.nCopies(batch.size(), moved);
  }

  /// Every write that an executor tried, refused and unanswered ones included.
  public List<Append> triedByExecutors() {
    return tried.stream().filter(FaultyLog::byExecutor).toList();
  }

  private static boolean byExecutor(Append write) {
    return write.precondition().executorEpoch() != null;
  }

  @Override
  public List<Appended> append(List<Append> batch) {
    tried.addAll(batch);
    if (batch.stream().anyMatch(write -> byExecutor(write) && !write.events().isEmpty())) {
      Runnable happens = beforeWrites;
      beforeWrites = () -> {};
      happens.run();
    }
    if (end < Long.MAX_VALUE && batch.stream().anyMatch(FaultyLog::byExecutor)) {
      return withoutTheEnd(batch);
    }
    if (batch.stream().noneMatch(broken)) {
      List<Appended> outcomes = log.append(batch);
      if (batch.stream().anyMatch(FaultyLog::byExecutor)) {
        landLate();
      }
      return outcomes;
    }
    broken = _ -> false;
    switch (moment) {
      case BEFORE_COMMIT -> {}
      case AFTER_COMMIT -> log.append(batch);
      case LANDS_LATER -> underway = batch;
    }
    throw new StoreUnavailable("the connection broke " + moment, new IllegalStateException());
  }

  private void landLate() {
    log.append(underway);
    underway = List.of();
  }

  @Override
  public List<StoredEvent> read(RunId runId, long after, int limit) {
    return log.read(runId, after, limit).stream()
        .filter(event -> event.seq() <= end)
        .map(seen)
        .toList();
  }

  @Override
  public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
    return log.readDurable(runId, after, limit).stream().map(seen).toList();
  }

  @Override
  public Optional<RunHead> head(RunId runId) {
    return log.head(runId);
  }
}
