package com.openagents.runtime.inmemory;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.ProjectionStore.ParkedRun;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.SinkBook.Older;
import com.openagents.runtime.projection.SinkBook.ParkedDocument;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the ports of projections share. Everything happens inside [#exclusively].
final class ProjectionTables {

  /// What is known of one sink's form of one document.
  static final class Mark {
    final Entity entity;
    final Instant since;

    /// Since when the sink is to have it in some form.
    Instant noted;

    @Nullable Checkpoint there;

    /// The present form, when the sink will not take it.
    @Nullable ParkedDocument parked;

    Mark(Entity entity, Instant since) {
      this.entity = entity;
      this.since = since;
      this.noted = since;
    }

    Mark copy() {
      Mark copy = new Mark(entity, since);
      copy.noted = noted;
      copy.there = there;
      copy.parked = parked;
      return copy;
    }

    /// Whether the sink lacks the present form and might take it.
    boolean lacks(@Nullable KeptDocument kept) {
      return parked == null && !Objects.equals(there, form(kept));
    }

    /// Whether the sink has it in an older generation than it is kept in.
    boolean older(@Nullable KeptDocument kept) {
      return kept != null && there != null && there.generation() < kept.generation();
    }

    /// Whether the sink may have it in any form.
    boolean unknown(@Nullable KeptDocument kept) {
      return kept != null && there == null;
    }

    /// Knows no more what the sink has, but for an older generation, which is still to be replaced.
    void forget(@Nullable KeptDocument kept) {
      there = older(kept) ? there : null;
      parked = null;
    }
  }

  record Key(String projection, String entityId) {}

  /// Names a row as its id does, which costs a digest.
  record RowKey(Class<? extends ReadRow> kind, RunId runId, long seq) {
    static RowKey of(ReadRow row) {
      return new RowKey(row.getClass(), row.run().runId(), row.seq());
    }
  }

  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::projection).thenComparing(Key::entityId);

  private final InstantSource clock;
  final Map<String, TreeMap<String, KeptDocument>> documents = new TreeMap<>();
  final Map<RunId, Long> through = new HashMap<>();
  final Map<String, Generation> generations = new HashMap<>();
  final Map<RowKey, ReadRow> rows = new HashMap<>();
  final Map<RunId, ParkedRun> parked = new LinkedHashMap<>();
  final Map<String, Book> sinks = new TreeMap<>();
  @Nullable Position position;
  @Nullable WriterLease lease;

  ProjectionTables(InstantSource clock) {
    this.clock = clock;
  }

  synchronized <T> T exclusively(Function<ProjectionTables, T> work) {
    return work.apply(this);
  }

  /// Makes a change under an epoch of the writer's lease.
  ///
  /// @throws WriterFenced when the epoch is not the present one
  void write(long epoch, Consumer<ProjectionTables> change) {
    exclusively(t -> {
      t.check(epoch);
      change.accept(t);
      return t;
    });
  }

  /// Copies what is there.
  ///
  /// @return puts the copy in the place of what is there then; to be run once
  Runnable backup() {
    return exclusively(_ -> {
      ProjectionTables copy = new ProjectionTables(clock);
      copy.take(this);
      return () ->
          exclusively(t -> {
            t.take(copy);
            return t;
          });
    });
  }

  private void take(ProjectionTables other) {
    documents.clear();
    other.documents.forEach((name, byId) -> documents.put(name, new TreeMap<>(byId)));
    replace(through, other.through);
    replace(generations, other.generations);
    replace(rows, other.rows);
    replace(parked, other.parked);
    sinks.clear();
    other.sinks.forEach((name, book) -> sinks.put(name, book.copy()));
    position = other.position;
    lease = other.lease;
  }

  private static <K, V> void replace(Map<K, V> present, Map<K, V> other) {
    present.clear();
    present.putAll(other);
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /// @throws WriterFenced when the epoch is not the present one
  void check(long epoch) {
    if (lease == null || lease.epoch() != epoch) {
      throw new WriterFenced(epoch);
    }
  }

  /// What is noted in that of a sink which is not known is forgotten at once.
  Book book(String sink) {
    Book book = sinks.get(sink);
    return book == null || book.forgotten ? new Book() : book;
  }

  NavigableMap<String, KeptDocument> of(String projection) {
    return documents.computeIfAbsent(projection, _ -> new TreeMap<>());
  }

  @Nullable KeptDocument kept(Key key) {
    return of(key.projection()).get(key.entityId());
  }

  static @Nullable Checkpoint form(@Nullable KeptDocument kept) {
    return kept == null ? null : kept.checkpoint();
  }

  /// Marks a document as changed for every sink.
  ///
  /// @param before how it was kept before
  void changed(String projection, Entity entity, @Nullable KeptDocument before) {
    Key key = new Key(projection, entity.id());
    for (Book book : sinks.values()) {
      if (book.forgotten) {
        continue;
      }
      Mark mark = book.marks.get(key);
      if (mark == null || !mark.lacks(before)) {
        book.marks.remove(key);
        Mark fresh = new Mark(entity, now());
        if (mark != null) {
          fresh.there = mark.there;
          fresh.noted = mark.noted;
        }
        book.marks.put(key, fresh);
      }
    }
  }

  /// Whether the writer whose lease holds delivers to a sink.
  boolean serves(Book book) {
    return lease != null && lease.epoch() == book.served && lease.expiresAt().isAfter(now());
  }

  /// Lets some documents become due for a sink, from behind the last one on.
  void mark(Book book, int limit) {
    Key last = book.marked;
    List<KeptDocument> coming =
        documents.values().stream()
            .flatMap(byId -> byId.values().stream())
            .filter(kept -> last == null || ORDER.compare(key(kept), last) > 0)
            .limit(limit)
            .toList();
    for (KeptDocument kept : coming) {
      Key key = key(kept);
      book.marked = key;
      book.marks.remove(key);
      book.marks.put(key, new Mark(kept.document().entity(), now()));
    }
    book.marking = coming.size() == limit;
    book.markedAt = book.marking ? book.markedAt : now();
  }

  /// Since when the last one is noted of those of which nothing is known.
  Optional<Instant> unknownUntil(Book book, String projection) {
    return marks(book, projection)
        .filter(e -> e.getValue().unknown(kept(e.getKey())))
        .map(e -> e.getValue().noted)
        .max(Instant::compareTo);
  }

  Older older(Book book, String projection, Instant until) {
    Instant last = until.isAfter(book.markedAt) ? until : book.markedAt;
    boolean due =
        marks(book, projection)
            .filter(e -> e.getValue().parked == null)
            .anyMatch(e -> {
              Mark mark = e.getValue();
              KeptDocument kept = kept(e.getKey());
              return mark.older(kept) || (mark.unknown(kept) && !mark.noted.isAfter(last));
            });
    if (book.marking || due) {
      return Older.DUE;
    }
    boolean parked =
        marks(book, projection)
            .filter(e -> e.getValue().parked != null)
            .anyMatch(e -> {
              KeptDocument kept = kept(e.getKey());
              return e.getValue().older(kept) || e.getValue().unknown(kept);
            });
    return parked ? Older.PARKED : Older.NONE;
  }

  private static Stream<Map.Entry<Key, Mark>> marks(Book book, String projection) {
    return book.marks.entrySet().stream().filter(e -> e.getKey().projection().equals(projection));
  }

  private static Key key(KeptDocument kept) {
    return new Key(kept.document().projection().name(), kept.document().entity().id());
  }

  /// Removes some of what is known of a sink, and in the end the sink.
  void clear(String sink, int limit) {
    Map<Key, Mark> marks = sinks.getOrDefault(sink, new Book()).marks;
    List<Key> some = marks.keySet().stream().limit(limit).toList();
    some.forEach(marks::remove);
    if (some.size() < limit) {
      sinks.remove(sink);
    }
  }
}
