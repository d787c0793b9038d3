package com.openagents.runtime.inmemory;

import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.SinkStreams;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps in memory where the streams of sinks stand. Thread-safe.
final class InMemorySinkStreams implements SinkStreams {

  private final ProjectionTables tables;

  InMemorySinkStreams(ProjectionTables tables) {
    this.tables = tables;
  }

  @Override
  public Map<String, Standing> standing(String sink) {
    return tables.exclusively(t -> Map.copyOf(t.book(sink).standing));
  }

  @Override
  public Map<String, Long> reserved(String sink) {
    return tables.exclusively(t -> Map.copyOf(t.book(sink).reserved));
  }

  @Override
  public boolean reserve(long epoch, String sink, String projection, long position) {
    return tables.exclusively(t -> {
      t.check(epoch);
      Book book = t.book(sink);
      Map<String, Long> reserved = book.reserved;
      boolean next = book.served > 0 && position <= reserved.getOrDefault(projection, 0L) + 1;
      if (next) {
        reserved.merge(projection, position, Math::max);
      }
      return next;
    });
  }

  @Override
  public void stands(long epoch, String sink, String projection, Standing standing) {
    tables.write(epoch, t -> t.book(sink).stands(projection, standing));
  }

  @Override
  public void ended(long epoch, String sink, String projection) {
    tables.write(epoch, t -> t.book(sink).ended(projection));
  }

  @Override
  public void stays(long epoch, String sink, String projection, @Nullable String reason) {
    tables.write(epoch, t -> t.book(sink).stays(projection, reason));
  }

  @Override
  public List<Leaving> leaving(Collection<String> told) {
    return tables.exclusively(t -> leaving(t, told));
  }

  @Override
  public boolean letGo(String sink, String projection) {
    return tables.exclusively(
        t -> !t.generations.containsKey(projection) && t.book(sink).letGo(projection));
  }

  /// Streams of what is neither told nor kept.
  private static List<Leaving> leaving(ProjectionTables t, Collection<String> told) {
    Set<String> alive = new HashSet<>(told);
    alive.addAll(t.generations.keySet());
    return t.sinks.entrySet().stream()
        .filter(e -> !e.getValue().forgotten)
        .flatMap(e -> e.getValue().leaving(e.getKey(), alive))
        .toList();
  }
}
