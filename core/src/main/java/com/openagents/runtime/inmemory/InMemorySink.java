package com.openagents.runtime.inmemory;

import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.CheckpointRules;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.WriterFenced;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A sink in memory that keeps every law of sinks. Thread-safe.
public final class InMemorySink implements ProjectionSink {

  /// What is there; a document that was deleted stays as its checkpoint.
  private record Row(Checkpoint there, @Nullable Document document) {}

  private final String name;
  private final Map<String, TreeMap<String, Row>> rows = new HashMap<>();
  private final Map<String, Long> generations = new HashMap<>();
  private final Map<String, Long> positions = new HashMap<>();
  private long epoch;

  public InMemorySink(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized Map<String, Standing> open(long opened) {
    check(opened);
    epoch = opened;
    Map<String, Standing> standing = new HashMap<>();
    generations.forEach((projection, generation) ->
        standing.put(projection, new Standing(generation, position(projection))));
    return standing;
  }

  @Override
  public synchronized long position(String projection) {
    return positions.getOrDefault(projection, 0L);
  }

  private void check(long writer) {
    if (writer < epoch) {
      throw new WriterFenced(writer, epoch);
    }
  }

  @Override
  public synchronized List<Outcome> deliver(
      long writer, String projection, long generation, List<Change> changes, Reserving reserving) {
    check(writer);
    reserving.upTo(position(projection) + 1);
    epoch = writer;
    positions.merge(projection, 1L, Math::addExact);
    return changes.stream()
        .map(change -> Outcome.of(apply(projection, generation, change)))
        .toList();
  }

  private Outcome.Kind apply(String projection, long generation, Change change) {
    return switch (change) {
      case Change.Upsert(var document, _) ->
          write(
              projection,
              document.entity().id(),
              new Row(Checkpoint.of(generation, document), document));
      case Change.Delete(var entity, var there) ->
          write(
              projection,
              entity.id(),
              new Row(
                  new Checkpoint(generation, there.seq(), there.version(), there.hash()), null));
    };
  }

  private Outcome.Kind write(String projection, String entityId, Row row) {
    TreeMap<String, Row> table = rows.computeIfAbsent(projection, _ -> new TreeMap<>());
    Row there = table.get(entityId);
    if (there != null && there.document() == null && samePlace(there.there(), row.there())) {
      return row.document() == null ? Outcome.Kind.SKIPPED : Outcome.Kind.STALE;
    }
    var verdict = CheckpointRules.decide(there == null ? null : there.there(), row.there());
    boolean deletes = there != null && there.document() != null && row.document() == null;
    Outcome.Kind kind =
        switch (verdict) {
          case FIRST, NEWER, PROJECTION_VERSION_CHANGED -> Outcome.Kind.APPLIED;
          case SAME -> deletes ? Outcome.Kind.APPLIED : Outcome.Kind.SKIPPED;
          case SUMMARY_HASH_MISMATCH -> Outcome.Kind.REPLACED;
          case CHECKPOINT_AHEAD, PROJECTION_VERSION_BEHIND -> Outcome.Kind.STALE;
        };
    if (kind == Outcome.Kind.APPLIED || kind == Outcome.Kind.REPLACED) {
      table.put(entityId, row);
    }
    return kind;
  }

  /// Whether two forms differ in nothing but their text; a deletion wins over every other.
  private static boolean samePlace(Checkpoint one, Checkpoint other) {
    return one.generation() == other.generation()
        && one.seq() == other.seq()
        && one.version() == other.version();
  }

  @Override
  public synchronized long begin(long writer, String projection, long generation) {
    check(writer);
    epoch = writer;
    return generations.merge(projection, generation, Math::max);
  }

  @Override
  public synchronized int sweep(long writer, String projection, long generation) {
    check(writer);
    TreeMap<String, Row> table = rows.computeIfAbsent(projection, _ -> new TreeMap<>());
    int before = table.size();
    table.values().removeIf(row -> row.there().generation() < generation);
    return before - table.size();
  }

  @Override
  public synchronized List<Shown> read(String projection, List<String> ids) {
    TreeMap<String, Row> table = rows.computeIfAbsent(projection, _ -> new TreeMap<>());
    return ids.stream()
        .flatMap(id -> Optional.ofNullable(table.get(id)).stream())
        .flatMap(row -> shown(row).stream())
        .toList();
  }

  @Override
  public synchronized List<Shown> page(String projection, String after, int limit) {
    return rows
        .computeIfAbsent(projection, _ -> new TreeMap<>())
        .tailMap(after, false)
        .values()
        .stream()
        .flatMap(row -> shown(row).stream())
        .limit(limit)
        .toList();
  }

  private static Optional<Shown> shown(Row row) {
    return Optional.ofNullable(row.document())
        .map(document -> new Shown(document.entity().id(), row.there(), document.hash()));
  }

  /// Loses everything, as when somebody empties it.
  public synchronized void empty() {
    rows.clear();
    generations.clear();
    positions.clear();
    epoch = 0;
  }
}
