package com.openagents.runtime.inmemory;

import com.openagents.runtime.inmemory.ProjectionTables.Mark;
import com.openagents.runtime.projection.KnownSinks.Behind;
import com.openagents.runtime.projection.KnownSinks.SinkState;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one sink lacks of the documents of some projections. To be used inside
/// [ProjectionTables#exclusively].
record Lacking(ProjectionTables tables, Book book, Collection<String> told) {

  Stream<Map.Entry<ProjectionTables.Key, Mark>> due() {
    return ofTold().filter(e -> isDue(e.getKey(), e.getValue()));
  }

  private Stream<Map.Entry<ProjectionTables.Key, Mark>> ofTold() {
    return book.marks.entrySet().stream().filter(e -> told.contains(e.getKey().projection()));
  }

  private boolean isDue(ProjectionTables.Key key, Mark mark) {
    KeptDocument kept = tables.kept(key);
    Generation now = tables.generations.get(key.projection());
    boolean older = kept != null && now != null && kept.generation() < now.number();
    return !older && mark.lacks(kept);
  }

  SinkState state(String sink) {
    List<Map.Entry<ProjectionTables.Key, Mark>> due = due().toList();
    long parked = ofTold().filter(e -> e.getValue().parked != null).count();
    Behind behind =
        Behind.of(due.stream().mapToLong(e -> behind(tables.kept(e.getKey()), e.getValue())));
    Instant oldest = due.stream().map(e -> e.getValue().since).min(Instant::compareTo).orElse(null);
    return new SinkState(
        sink, book.paused, book.marking, due.size(), parked, behind, oldest, book.trouble);
  }

  private static long behind(@Nullable KeptDocument kept, Mark mark) {
    long there = mark.there == null ? 0 : mark.there.seq();
    return kept == null ? 0 : Math.max(0, kept.document().seq() - there);
  }
}
