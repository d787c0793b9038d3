package com.openagents.runtime.inmemory;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.ProjectionStore.ParkedRun;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.SinkBook.ParkedDocument;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the ports of projections share. Everything happens inside [#exclusively].
final class ProjectionTables {

  /// What is known of one sink's form of one document.
  static final class Mark {
    final Entity entity;
    final Instant since;
    @Nullable Checkpoint there;

    /// The present form, when the sink will not take it.
    @Nullable ParkedDocument parked;

    Mark(Entity entity, Instant since) {
      this.entity = entity;
      this.since = since;
    }

    /// Whether the sink lacks the present form and might take it.
    boolean lacks(@Nullable KeptDocument kept) {
      return parked == null && !Objects.equals(there, form(kept));
    }
  }

  /// One sink's marks by projection and entity, oldest first.
  static final class Book {
    boolean paused;
    boolean forgotten;
    boolean marking = true;
    long served;
    @Nullable String trouble;
    final Map<Key, Mark> marks = new LinkedHashMap<>();
  }

  record Key(String projection, String entityId) {}

  private final InstantSource clock;
  final Map<String, TreeMap<String, KeptDocument>> documents = new TreeMap<>();
  final Map<RunId, Long> through = new HashMap<>();
  final Map<String, Generation> generations = new HashMap<>();
  final Map<String, ReadRow> rows = new TreeMap<>();
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

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /// @throws WriterFenced when the epoch is not the present one
  void check(long epoch) {
    if (lease == null || lease.epoch() != epoch) {
      throw new WriterFenced(epoch);
    }
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
        fresh.there = mark == null ? null : mark.there;
        book.marks.put(key, fresh);
      }
    }
  }
}
