package com.openagents.runtime.inmemory;

import static com.openagents.runtime.event.EventType.FRAME_ACCEPTED;
import static com.openagents.runtime.event.EventType.MESSAGE_COMPLETED;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.ThreadLog;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a thread across its runs, in the order of time. Thread-safe.
final class InMemoryThreadLog implements ThreadLog {

  private static final Set<String> SAID =
      Set.of(FRAME_ACCEPTED.wireName(), MESSAGE_COMPLETED.wireName());

  private static final Comparator<StoredEvent> OLDEST_FIRST =
      Comparator.comparing(StoredEvent::occurredAt)
          .thenComparing(StoredEvent::runId)
          .thenComparingLong(StoredEvent::seq);

  private static final Comparator<RunRecord> NEWEST_FIRST =
      Comparator.<RunRecord, Instant>comparing(run -> run.head().createdAt())
          .thenComparing(run -> run.head().runId())
          .reversed();

  private final Tables tables;

  InMemoryThreadLog(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Optional<Principal> owner(ThreadId threadId) {
    return tables.exclusively(t -> t.ownerOf(threadId));
  }

  @Override
  public List<StoredEvent> conversation(ThreadId threadId, int limit) {
    List<StoredEvent> said =
        tables.exclusively(t ->
            t.runsOf(threadId).stream()
                .sorted(NEWEST_FIRST)
                .limit(limit)
                .flatMap(run -> run.events().stream())
                .filter(event -> SAID.contains(event.type()))
                .sorted(OLDEST_FIRST)
                .toList());
    return said.subList(Math.max(0, said.size() - limit), said.size());
  }
}
