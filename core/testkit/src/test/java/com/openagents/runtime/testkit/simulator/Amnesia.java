package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A log that forgets the last event but one of each run that has ended.
record Amnesia(EventLog honest) implements EventLog {
  @Override
  public List<Appended> append(List<Append> batch) {
    return honest.append(batch);
  }

  @Override
  public List<StoredEvent> read(RunId runId, long after, int limit) {
    List<StoredEvent> events = honest.read(runId, after, limit);
    boolean over = honest.head(runId).filter(head -> head.columns().run().ended()).isPresent();
    return over && events.size() > 1 ? withoutTheLastButOne(events) : events;
  }

  private static List<StoredEvent> withoutTheLastButOne(List<StoredEvent> events) {
    List<StoredEvent> left = new ArrayList<>(events);
    left.remove(left.size() - 2);
    return left;
  }

  @Override
  public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
    return honest.readDurable(runId, after, limit);
  }

  @Override
  public Optional<RunHead> head(RunId runId) {
    return honest.head(runId);
  }
}
