package com.openagents.runtime.inmemory;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.log.RunHead;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads many logs by reading each. Thread-safe.
final class InMemoryLogScan implements LogScan {

  private final Tables tables;
  private final EventLog log;

  InMemoryLogScan(Tables tables, EventLog log) {
    this.tables = tables;
    this.log = log;
  }

  @Override
  public List<StoredEvent> read(List<From> from, int perRun, int max, long characters) {
    List<StoredEvent> events = new ArrayList<>();
    long read = 0;
    for (From one : from) {
      int room = Math.min(perRun, max - events.size());
      if (room == 0) {
        break;
      }
      for (StoredEvent event : log.read(one.runId(), one.after(), room)) {
        StoredEvent told = withoutWhatAges(event);
        events.add(told);
        read += told.payload().length();
        if (read >= characters) {
          return events;
        }
      }
    }
    return events;
  }

  private static StoredEvent withoutWhatAges(StoredEvent e) {
    return e.ages()
        ? new StoredEvent(
            e.runId(), e.seq(), e.type(), e.version(), "{}", e.occurredAt(), e.traceId(), e.epoch())
        : e;
  }

  @Override
  public List<Reach> runs(@Nullable RunId after, int limit) {
    return tables.exclusively(t ->
        t.runs().stream()
            .map(RunRecord::head)
            .filter(head -> after == null || head.runId().compareTo(after) > 0)
            .sorted(Comparator.comparing(RunHead::runId))
            .limit(limit)
            .map(head -> new Reach(head.runId(), head.lastSeq()))
            .toList());
  }

  @Override
  public Map<ThreadId, List<RunId>> runsOf(Collection<ThreadId> threads) {
    return tables.exclusively(t -> {
      Map<ThreadId, List<RunId>> runs = new LinkedHashMap<>();
      for (ThreadId thread : threads) {
        List<RunId> ids =
            t.runsOf(thread).stream().map(run -> run.head().runId()).sorted().toList();
        if (!ids.isEmpty()) {
          runs.put(thread, ids);
        }
      }
      return runs;
    });
  }
}
