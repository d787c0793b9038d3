package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import java.util.List;
import java.util.Optional;

/// A log that forgets the last event of each run that has ended.
record Amnesia(EventLog honest) implements EventLog {
  @Override
  public List<Appended> append(List<Append> batch) {
    return honest.append(batch);
  }

  @Override
  public List<StoredEvent> read(RunId runId, long after, int limit) {
    List<StoredEvent> events = honest.read(runId, after, limit);
    boolean over = honest.head(runId).orElseThrow().columns().run().ended();
    return over ? events.subList(0, Math.max(0, events.size() - 1)) : events;
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
