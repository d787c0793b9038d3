package com.openagents.runtime.tail;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.stream.Published;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/// The live readers of one node: reads each run's log once for all who follow it.
///
/// Readers who have just come are read for apart from the others until they have caught up, within
/// the bounds of openings, so that a rush of them delays nobody who is there already.
///
/// Nothing is polled for a reader. The node tells what became visible, from its one look at the
/// change feed and from its own appends; a wake-up that comes twice, or for events that everybody
/// has, costs nothing. While a run rests, a reader costs its entry here, and neither a thread nor a
/// connection. Thread-safe.
public final class Tails {

  private static final int PAGE = 256;
  private static final List<Lane> LANES = List.of(Lane.values());

  private final EventLog log;
  private final OpeningReads opening;
  private final Executor executor;
  private final int pageSize;
  private final ConcurrentMap<RunId, Tail> tails = new ConcurrentHashMap<>();
  private final RecentRuns recent = new RecentRuns();

  /// @param log read for those who have caught up
  /// @param opening read for those who have just come
  /// @param executor runs the passes, which read from the store and may wait for their turn
  public Tails(EventLog log, OpeningReads opening, Executor executor) {
    this(log, opening, executor, PAGE);
  }

  Tails(EventLog log, OpeningReads opening, Executor executor, int pageSize) {
    this.log = log;
    this.opening = opening;
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

  /// Tells what this node is about to write, so that it hears of what others make of it.
  public void writing(Append append) {
    if (append.precondition().fresh() && append.fork() == null) {
      recent.expect(append.runId());
    }
  }

  /// Tells what this node wrote, which can be read: those who have all before it get it without a
  /// look at the log.
  public void wrote(Append append, Appended.Written written) {
    RunId runId = append.runId();
    if (!recent.holds(runId) && !tails.containsKey(runId)) {
      return;
    }
    List<Envelope> events = append.written(written);
    recent.wrote(runId, events);
    Tail tail = tails.get(runId);
    if (tail != null) {
      tail.announce(written.lastSeq(), events);
      read(runId, tail);
    }
  }

  /// Tells that a run's log reaches a sequence, and can be read up to there.
  public void wake(RunId runId, long lastSeq) {
    recent.reaches(runId, lastSeq);
    Tail tail = tails.get(runId);
    if (tail != null) {
      tail.announce(lastSeq);
      read(runId, tail);
    }
  }

  /// Tells that the store did not answer: one that answers again may hold less than it once did, so
  /// nothing is given out any more that it was not asked for.
  public void doubt() {
    recent.clear();
  }

  /// Reads again for those whose last read the store did not answer; the node calls it when the
  /// store answers again.
  public void retry() {
    tails.forEach(this::read);
  }

  /// The owner of a run that this node began of late and has at hand, so that whoever follows it
  /// from its start causes no look at the store.
  public Optional<Principal> ownerAtHand(RunId runId) {
    return recent.owner(runId);
  }

  /// How many runs are followed on this node.
  public int followed() {
    return tails.size();
  }

  private void read(RunId runId, Tail tail) {
    for (Lane lane : LANES) {
      if (tail.begin(lane)) {
        executor.execute(() -> pass(runId, tail, lane));
      }
    }
  }

  private void pass(RunId runId, Tail tail, Lane lane) {
    Pass.Reading reading =
        switch (lane) {
          case NEW -> this::past;
          case LIVE -> (run, after, limit) -> published(log.read(run, after, limit));
        };
    boolean answered = new Pass(reading, runId, tail, lane, pageSize).run();
    release(runId);
    if (answered) {
      read(runId, tail);
    }
  }

  private List<Published> past(RunId runId, long after, int limit) {
    return recent
        .after(runId, after, limit)
        .orElseGet(() -> published(opening.past(runId, after, limit)));
  }

  private static List<Published> published(List<StoredEvent> page) {
    return page.stream().map(EventCodec::decode).map(Published::new).toList();
  }

  private void release(RunId runId) {
    tails.computeIfPresent(runId, (_, tail) -> tail.empty() ? null : tail);
  }
}
