package com.openagents.runtime.engine;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.log.Wake;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// An event log that tells its own node of every write at once, after it is durable.
///
/// Readers and executors of the same node so need no look at the store to learn what the node
/// itself wrote. Thread-safe.
public final class Bell implements EventLog {

  /// Hears of writes. Must return quickly and never throw.
  @FunctionalInterface
  public interface Listener {

    /// @param due whether the write made the run need an executor now
    void rung(RunId runId, long lastSeq, boolean due);
  }

  /// Hears what exactly was written. Must return quickly and never throw.
  @FunctionalInterface
  public interface Follower {
    /// What is about to be written; nothing tells when it is not.
    default void writing(Append append) {}

    /// The store did not answer.
    default void doubt() {}

    void wrote(Append append, Appended.Written written);
  }

  private final EventLog log;
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  public Bell(EventLog log) {
    this.log = log;
  }

  public void listen(Listener listener) {
    listeners.add(listener);
  }

  public void follow(Follower follower) {
    followers.add(follower);
  }

  @Override
  public List<Appended> append(List<Append> batch) {
    for (Append append : batch) {
      followers.forEach(follower -> follower.writing(append));
    }
    List<Appended> outcomes = answered(batch);
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Appended.Written written) {
        ring(batch.get(i), written);
      }
    }
    return outcomes;
  }

  private List<Appended> answered(List<Append> batch) {
    try {
      return log.append(batch);
    } catch (StoreUnavailable e) {
      followers.forEach(Follower::doubt);
      throw e;
    }
  }

  /// Followers hear first: whom a listener wakes may write again before it returns.
  private void ring(Append append, Appended.Written written) {
    boolean due =
        append.wake() instanceof Wake.Now
            || (append.wake() instanceof Wake.After after && after.pause().isZero());
    if (!append.events().isEmpty()) {
      followers.forEach(follower -> follower.wrote(append, written));
    }
    if (due || !append.events().isEmpty()) {
      for (Listener listener : listeners) {
        listener.rung(append.runId(), written.lastSeq(), due);
      }
    }
  }

  @Override
  public List<StoredEvent> read(RunId runId, long after, int limit) {
    return log.read(runId, after, limit);
  }

  @Override
  public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
    return log.readDurable(runId, after, limit);
  }

  @Override
  public Optional<RunHead> head(RunId runId) {
    return log.head(runId);
  }
}
