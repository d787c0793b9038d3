package com.openagents.runtime.app.wiring;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import java.util.List;
import java.util.Optional;

/// The log for requests: they write as everybody does, and read over connections of their own, so
/// that however many they are, nobody who carries out a run waits behind them.
record ServedLog(EventLog writes, EventLog reads) implements EventLog {

  @Override
  public List<Appended> append(List<Append> batch) {
    return writes.append(batch);
  }

  @Override
  public List<StoredEvent> read(RunId runId, long after, int limit) {
    return reads.read(runId, after, limit);
  }

  @Override
  public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
    return reads.readDurable(runId, after, limit);
  }

  @Override
  public Optional<RunHead> head(RunId runId) {
    return reads.head(runId);
  }
}
