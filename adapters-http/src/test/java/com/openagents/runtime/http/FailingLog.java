package com.openagents.runtime.http;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import java.util.List;
import java.util.Optional;

/// A log that writes and reads events, and fails when it is asked where a run is.
record FailingLog(EventLog log, RuntimeException failure) implements EventLog {

  static EventLog of(EventLog log, RuntimeException failure) {
    return new FailingLog(log, failure);
  }

  @Override
  public List<Appended> append(List<Append> batch) {
    return log.append(batch);
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
    throw failure;
  }
}
