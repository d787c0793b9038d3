package com.openagents.runtime.inmemory;

import com.openagents.runtime.projection.KnownSinks;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps in memory which sinks there are. Thread-safe.
final class InMemoryKnownSinks implements KnownSinks {

  private final ProjectionTables tables;

  InMemoryKnownSinks(ProjectionTables tables) {
    this.tables = tables;
  }

  @Override
  public boolean register(long epoch, String sink, int limit) {
    return tables.exclusively(t -> {
      t.check(epoch);
      Book book = t.sinks.computeIfAbsent(sink, _ -> new Book());
      if (book.forgotten) {
        t.clear(sink, limit);
        return false;
      }
      book.served = epoch;
      if (book.marking) {
        t.mark(book, limit);
      }
      return !book.marking;
    });
  }

  @Override
  public boolean marking(String sink) {
    return tables.exclusively(t -> {
      Book book = t.sinks.get(sink);
      return book != null && !book.forgotten && book.marking;
    });
  }

  @Override
  public void unshown(long epoch, String sink, Set<String> projections) {
    tables.write(epoch, t -> t.book(sink).unshown = Set.copyOf(projections));
  }

  @Override
  public Set<String> unshown(String sink) {
    return tables.exclusively(t -> t.book(sink).unshown);
  }

  @Override
  public Forgotten forget(String sink) {
    return tables.exclusively(t -> {
      Book book = t.book(sink);
      if (book.served == 0) {
        return Forgotten.UNKNOWN;
      }
      if (t.serves(book)) {
        return Forgotten.SERVED;
      }
      book.forgotten = true;
      return Forgotten.FORGOTTEN;
    });
  }

  @Override
  public boolean clearing() {
    return tables.exclusively(t -> t.sinks.values().stream().anyMatch(book -> book.forgotten));
  }

  @Override
  public boolean clear(long epoch, int limit) {
    return tables.exclusively(t -> {
      t.check(epoch);
      Optional<String> forgotten =
          t.sinks.entrySet().stream()
              .filter(e -> e.getValue().forgotten)
              .map(Map.Entry::getKey)
              .findFirst();
      forgotten.ifPresent(sink -> t.clear(sink, limit));
      return forgotten.isEmpty();
    });
  }

  @Override
  public List<SinkState> sinks(Collection<String> told) {
    return tables.exclusively(t ->
        t.sinks.entrySet().stream()
            .filter(e -> !e.getValue().forgotten)
            .map(e -> new Lacking(t, e.getValue(), e.getValue().shown(told)).state(e.getKey()))
            .toList());
  }

  @Override
  public boolean paused(String sink) {
    return tables.exclusively(t -> t.book(sink).paused);
  }

  @Override
  public void pause(String sink, boolean paused) {
    tables.exclusively(t -> {
      t.book(sink).paused = paused;
      return t;
    });
  }

  @Override
  public void trouble(long epoch, String sink, @Nullable String trouble) {
    tables.write(epoch, t -> t.book(sink).trouble = trouble);
  }
}
