package com.openagents.runtime.testkit.projector;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.LogScan;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A log some of whose events were damaged after they had been told.
final class SpoiledScan implements LogScan {

  private record Place(RunId runId, long seq) {}

  private final LogScan scan;
  private final Set<Place> spoiled = new HashSet<>();

  SpoiledScan(LogScan scan) {
    this.scan = scan;
  }

  void spoil(RunId runId, long seq) {
    spoiled.add(new Place(runId, seq));
  }

  void mend() {
    spoiled.clear();
  }

  @Override
  public List<StoredEvent> read(List<From> from, int perRun, int max, long characters) {
    return scan.read(from, perRun, max, characters).stream().map(this::seen).toList();
  }

  private StoredEvent seen(StoredEvent e) {
    return spoiled.contains(new Place(e.runId(), e.seq()))
        ? new StoredEvent(
            e.runId(), e.seq(), e.type(), e.version(), "[]", e.occurredAt(), e.traceId(), e.epoch())
        : e;
  }

  @Override
  public List<Reach> runs(@Nullable RunId after, int limit) {
    return scan.runs(after, limit);
  }

  @Override
  public Map<ThreadId, List<RunId>> runsOf(Collection<ThreadId> threads) {
    return scan.runsOf(threads);
  }
}
