package com.openagents.runtime.log;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.LogScan.From;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the logs of several runs for what belongs beside them, one run behind the other, and ahead
/// of whoever asks. One use; not thread-safe; throws [StoreUnavailable].
public final class DerivedRuns {

  private static final int PAGE = 8_000;
  private static final long CHARACTERS = 4 << 20;

  private final LogPages pages;
  private final Map<RunId, Derivation> coming = new LinkedHashMap<>();

  /// @param runs that differ, at most 1,000
  public DerivedRuns(LogScan scan, List<RunId> runs) {
    runs.forEach(runId -> coming.put(runId, new Derivation(runId)));
    List<From> from = runs.stream().map(id -> new From(id, 0)).toList();
    pages = new LogPages(scan, from, PAGE, PAGE, CHARACTERS);
  }

  /// The next run, with its log read to the head; empty behind the last.
  public Optional<Derivation> next() {
    if (coming.isEmpty()) {
      return Optional.empty();
    }
    Derivation next = coming.values().iterator().next();
    while (pages.reading(next.runId())) {
      pages.next().forEach(this::take);
    }
    coming.remove(next.runId());
    return Optional.of(next);
  }

  private void take(StoredEvent event) {
    Derivation run = coming.get(event.runId());
    if (run == null) {
      throw new IllegalArgumentException("a scan told of a run that was not asked for");
    }
    run.take(event);
  }
}
