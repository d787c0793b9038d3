package com.openagents.runtime.inmemory;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.inmemory.ProjectionTables.RowKey;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.CheckpointRules;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ReadRow;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps documents in memory. Thread-safe.
public final class InMemoryProjectionStore implements ProjectionStore {

  private final ProjectionTables tables;

  InMemoryProjectionStore(ProjectionTables tables) {
    this.tables = tables;
  }

  @Override
  public Map<RunId, Long> through(Collection<RunId> runs) {
    return tables.exclusively(t -> {
      Map<RunId, Long> through = new HashMap<>();
      runs.forEach(run -> through.computeIfAbsent(run, t.through::get));
      return through;
    });
  }

  @Override
  public List<KeptDocument> about(String entityKind, Collection<String> ids) {
    return tables.exclusively(t ->
        t.documents.values().stream()
            .flatMap(byId -> ids.stream().distinct().map(byId::get))
            .filter(Objects::nonNull)
            .filter(k -> k.document().entity().kind().equals(entityKind))
            .toList());
  }

  @Override
  public Optional<KeptDocument> find(String projection, String entityId) {
    return tables.exclusively(t -> Optional.ofNullable(t.of(projection).get(entityId)));
  }

  @Override
  public List<KeptDocument> page(String projection, String after, int limit) {
    return tables.exclusively(
        t -> t.of(projection).tailMap(after, false).values().stream().limit(limit).toList());
  }

  @Override
  public Optional<Position> position() {
    return tables.exclusively(t -> Optional.ofNullable(t.position));
  }

  @Override
  public Map<String, Generation> generations() {
    return tables.exclusively(t -> Map.copyOf(t.generations));
  }

  @Override
  public void commit(long epoch, Commit commit) {
    tables.exclusively(t -> {
      t.check(epoch);
      commit.documents().forEach(written -> write(t, written));
      commit.rows().forEach(row -> t.rows.put(RowKey.of(row), row));
      commit.runs().forEach((run, seq) -> t.through.merge(run, seq, Math::max));
      commit.runs().keySet().forEach(t.parked::remove);
      commit.parked().forEach(parked -> t.parked.put(parked.runId(), parked));
      if (commit.position() != null) {
        t.position = commit.position();
      }
      return t;
    });
  }

  private static void write(ProjectionTables t, Written written) {
    Document document = written.document();
    String projection = document.projection().name();
    KeptDocument there = t.of(projection).get(document.entity().id());
    Checkpoint incoming = Checkpoint.of(written.generation(), document);
    if (there == null || writes(there.checkpoint(), incoming) || writes(there.said(), incoming)) {
      t.of(projection)
          .put(document.entity().id(), new KeptDocument(document, written.generation(), t.now()));
      t.changed(projection, document.entity(), there);
    }
  }

  /// Looked at as it is said to be, and as it says: somebody else may have changed one of them.
  private static boolean writes(Checkpoint there, Checkpoint incoming) {
    return CheckpointRules.decide(there, incoming).writes();
  }

  @Override
  public void begin(long epoch, ProjectionId projection, long generation) {
    tables.exclusively(t -> {
      t.check(epoch);
      Generation now = t.generations.get(projection.name());
      if (now == null || generation > now.number()) {
        t.generations.put(projection.name(), new Generation(generation, projection.version()));
      }
      return t;
    });
  }

  @Override
  public void lapse(long epoch, Set<String> projections) {
    tables.exclusively(t -> {
      t.check(epoch);
      projections.forEach(projection ->
          t.generations.computeIfPresent(projection, (_, now) -> new Generation(now.number(), 0)));
      return t;
    });
  }

  @Override
  public int sweep(long epoch, String projection, int limit) {
    return tables.exclusively(t -> {
      t.check(epoch);
      List<KeptDocument> some = old(t, projection).limit(limit).toList();
      for (KeptDocument kept : some) {
        t.of(projection).remove(kept.document().entity().id());
        t.changed(projection, kept.document().entity(), kept);
      }
      return some.size();
    });
  }

  @Override
  public int retire(long epoch, String projection, int limit) {
    return tables.exclusively(t -> {
      t.check(epoch);
      List<KeptDocument> some = t.of(projection).values().stream().limit(limit).toList();
      some.forEach(kept -> t.of(projection).remove(kept.document().entity().id()));
      t.sinks.values().stream()
          .map(book -> book.marks.keySet())
          .forEach(keys -> keys.removeIf(key -> key.projection().equals(projection)));
      t.generations.computeIfPresent(
          projection, (_, now) -> some.isEmpty() ? null : new Generation(now.number(), 0));
      return some.size();
    });
  }

  private static Stream<KeptDocument> old(ProjectionTables t, String projection) {
    Generation now = t.generations.get(projection);
    return t.of(projection).values().stream()
        .filter(k -> now != null && k.generation() < now.number());
  }

  @Override
  public List<KeptDocument> outdated(String projection, int limit) {
    return tables.exclusively(t -> old(t, projection).limit(limit).toList());
  }

  @Override
  public List<ParkedRun> parked(int limit) {
    return tables.exclusively(t -> t.parked.values().stream().limit(limit).toList());
  }

  @Override
  public List<KeptRow> rows(ReadRow.Table table, RunId runId, long after, int limit) {
    return tables.exclusively(t ->
        t.rows.values().stream()
            .filter(row -> row.table() == table && row.run().runId().equals(runId))
            .filter(row -> row.seq() > after)
            .sorted(Comparator.comparingLong(ReadRow::seq))
            .limit(limit)
            .map(KeptRow::of)
            .toList());
  }

  @Override
  public List<RunId> runsOfRows(@Nullable RunId after, int limit) {
    return tables.exclusively(t ->
        t.rows.values().stream()
            .map(row -> row.run().runId())
            .filter(run -> after == null || run.compareTo(after) > 0)
            .distinct()
            .sorted()
            .limit(limit)
            .toList());
  }

  @Override
  public int removeRows(long epoch, List<Stretch> stretches, Collection<String> told, int limit) {
    return tables.exclusively(t -> {
      t.check(epoch);
      Set<String> stays = Set.copyOf(told);
      List<ReadRow> gone =
          t.rows.values().stream()
              .filter(row -> stretches.stream().anyMatch(stretch -> isIn(stretch, row)))
              .filter(row -> !stays.contains(row.id()))
              .limit(limit)
              .toList();
      gone.forEach(row -> t.rows.remove(RowKey.of(row)));
      return gone.size();
    });
  }

  private static boolean isIn(Stretch stretch, ReadRow row) {
    return row.run().runId().equals(stretch.runId())
        && row.seq() > stretch.after()
        && row.seq() <= stretch.through();
  }

  /// The rows of the read models in the order of their ids.
  public List<ReadRow> rows() {
    return tables.exclusively(
        t -> t.rows.values().stream().sorted(Comparator.comparing(ReadRow::id)).toList());
  }

  /// Loses everything, as an operator does who drops the tables.
  public void wipe() {
    tables.exclusively(t -> {
      t.documents.clear();
      t.through.clear();
      t.generations.clear();
      t.rows.clear();
      t.parked.clear();
      t.sinks.clear();
      t.position = null;
      return t;
    });
  }
}
