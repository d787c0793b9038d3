package com.openagents.runtime.execution;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// A log that answers the same to every write and has nothing to read.
record AnsweringLog(Appended answer) implements EventLog {

  @Override
  public List<Appended> append(List<Append> batch) {
    return Collections.nCopies(batch.size(), answer);
  }

  @Override
  public List<StoredEvent> read(RunId runId, long after, int limit) {
    return List.of();
  }

  @Override
  public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
    return List.of();
  }

  @Override
  public Optional<RunHead> head(RunId runId) {
    return Optional.empty();
  }
}
