package com.openagents.runtime.testkit.engine;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import java.util.List;
import java.util.Optional;

/// The log as a node reaches it, who may crash at each call.
record CountedLog(Crashes crashes, EventLog log) implements EventLog {

  @Override
  public List<Appended> append(List<Append> batch) {
    return crashes.call(batch, () -> log.append(batch));
  }

  @Override
  public List<StoredEvent> read(RunId runId, long after, int limit) {
    return crashes.call(() -> log.read(runId, after, limit));
  }

  @Override
  public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
    return crashes.call(() -> log.readDurable(runId, after, limit));
  }

  @Override
  public Optional<RunHead> head(RunId runId) {
    return crashes.call(() -> log.head(runId));
  }
}
