package com.openagents.runtime.inmemory;

import com.openagents.runtime.access.Audit;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What operators did, in order. Thread-safe.
final class InMemoryAudit implements Audit {

  private final InstantSource clock;
  private final List<Row> rows = new ArrayList<>();

  InMemoryAudit(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void record(Entry entry) {
    rows.add(new Row(rows.size() + 1L, clock.instant().truncatedTo(ChronoUnit.MICROS), entry));
  }

  @Override
  public synchronized List<Row> list(@Nullable Long before, int limit) {
    return rows.reversed().stream()
        .filter(row -> before == null || row.number() < before)
        .limit(limit)
        .toList();
  }
}
