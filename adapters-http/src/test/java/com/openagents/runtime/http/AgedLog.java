package com.openagents.runtime.http;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import java.util.List;
import java.util.Optional;

/// A log whose deltas up to a floor have aged out.
record AgedLog(EventLog log, long floor) implements EventLog {

  @Override
  public List<Appended> append(List<Append> batch) {
    return log.append(batch);
  }

  @Override
  public List<StoredEvent> read(RunId runId, long after, int limit) {
    return log.read(runId, after, limit + (int) floor).stream()
        .filter(event -> event.seq() > floor || !event.type().endsWith(".delta"))
        .limit(limit)
        .toList();
  }

  @Override
  public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
    return log.readDurable(runId, after, limit);
  }

  @Override
  public Optional<RunHead> head(RunId runId) {
    return log.head(runId)
        .map(head ->
            new RunHead(
                head.runId(),
                head.threadId(),
                head.owner(),
                head.agent(),
                head.content(),
                head.columns(),
                head.lastSeq(),
                Math.min(floor, head.lastSeq()),
                head.lease(),
                head.wakeAt(),
                head.createdAt(),
                head.updatedAt(),
                head.readAt()));
  }
}
