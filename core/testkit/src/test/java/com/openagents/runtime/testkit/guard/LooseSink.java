package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.CheckpointRules;
import com.openagents.runtime.projection.CheckpointRules.Verdict;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.WriterFenced;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A sink that keeps all of its laws, but for those that are taken from it.
final class LooseSink implements ProjectionSink {

  /// What is wrong with it.
  enum Flaw {
    NO_GUARD,
    NO_EPOCH,
    NO_EPOCH_AT_SWEEP,
    NO_EPOCH_AT_BEGIN,
    LOWER_EPOCH_OPENS,
    SILENT_OF_EPOCH,
    EPOCH_MUST_RISE,
    GENERATION_IGNORED,
    GENERATION_SHARED,
    SEQ_MUST_RISE,
    VERSION_IGNORED,
    HASH_IGNORED,
    NO_TOMBSTONE,
    DELETES_ALWAYS,
    DELETES_NOTHING,
    SWEEPS_EARLY,
    SWEEPS_OTHERS,
    BEGIN_WIPES,
    SAYS_WHAT_WAS_ASKED,
    OUTCOMES_TURNED,
    ALWAYS_APPLIED,
    PAGES_TURNED,
    PAGES_COUNT_DELETED,
    PAGES_REPEAT,
    READS_ALL,
    FORGETS_AT_OPEN,
    MOVES_UNSAID,
    STANDS_STILL,
    STANDS_TOGETHER,
    STANDS_ANEW_WHEN_BEGUN
  }

  private record Row(Checkpoint there, @Nullable Document document) {}

  private final String name;
  private final Set<Flaw> flaws;
  private final Map<String, TreeMap<String, Row>> rows = new HashMap<>();
  private final Map<String, Long> generations = new HashMap<>();
  private final Map<String, Long> positions = new HashMap<>();
  private long epoch;

  LooseSink(String name, Flaw... flaws) {
    this.name = name;
    this.flaws = EnumSet.noneOf(Flaw.class);
    this.flaws.addAll(List.of(flaws));
  }

  private boolean has(Flaw flaw) {
    return flaws.contains(flaw);
  }

  @Override
  public String name() {
    return name;
  }

  private NavigableMap<String, Row> table(String projection) {
    return rows.computeIfAbsent(projection, _ -> new TreeMap<>());
  }

  private void check(long writer, Flaw unchecked) {
    if (writer < epoch && !has(Flaw.NO_EPOCH) && !has(unchecked)) {
      throw new WriterFenced(writer, has(Flaw.SILENT_OF_EPOCH) ? 0 : epoch);
    }
    epoch = Math.max(epoch, writer);
  }

  @Override
  public Map<String, Standing> open(long opened) {
    if (has(Flaw.EPOCH_MUST_RISE) && opened == epoch) {
      throw new WriterFenced(opened);
    }
    if (has(Flaw.FORGETS_AT_OPEN)) {
      rows.clear();
    }
    check(opened, Flaw.LOWER_EPOCH_OPENS);
    Map<String, Standing> standing = new HashMap<>();
    generations.forEach((projection, generation) ->
        standing.put(projection, new Standing(generation, position(projection))));
    return standing;
  }

  @Override
  public long position(String projection) {
    return positions.getOrDefault(has(Flaw.STANDS_TOGETHER) ? "" : projection, 0L);
  }

  @Override
  public List<Outcome> deliver(
      long writer, String projection, long generation, List<Change> changes, Reserving reserving) {
    check(writer, Flaw.NO_EPOCH);
    if (!has(Flaw.MOVES_UNSAID)) {
      reserving.upTo(position(projection) + 1);
    }
    if (!has(Flaw.STANDS_STILL)) {
      positions.merge(has(Flaw.STANDS_TOGETHER) ? "" : projection, 1L, Math::addExact);
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Change change : changes) {
      Outcome.Kind kind = apply(table(projection), generation, change);
      outcomes.add(Outcome.of(has(Flaw.ALWAYS_APPLIED) ? Outcome.Kind.APPLIED : kind));
    }
    return has(Flaw.OUTCOMES_TURNED) ? outcomes.reversed() : outcomes;
  }

  private Outcome.Kind apply(NavigableMap<String, Row> table, long generation, Change change) {
    return switch (change) {
      case Change.Upsert(var document, _) ->
          write(
              table,
              document.entity().id(),
              new Row(Checkpoint.of(generation, document), document));
      case Change.Delete(var entity, var there) -> delete(table, entity.id(), generation, there);
    };
  }

  private Outcome.Kind delete(
      NavigableMap<String, Row> table, String id, long generation, Checkpoint there) {
    if (has(Flaw.DELETES_NOTHING)) {
      return Outcome.Kind.APPLIED;
    }
    if (has(Flaw.DELETES_ALWAYS)) {
      table.remove(id);
    }
    Outcome.Kind kind =
        write(
            table,
            id,
            new Row(new Checkpoint(generation, there.seq(), there.version(), there.hash()), null));
    if (has(Flaw.NO_TOMBSTONE) && kind == Outcome.Kind.APPLIED) {
      table.remove(id);
    }
    return kind;
  }

  private Outcome.Kind write(NavigableMap<String, Row> table, String id, Row row) {
    Row there = table.get(id);
    if (there != null && there.document() == null && samePlace(there.there(), row.there())) {
      return row.document() == null ? Outcome.Kind.SKIPPED : Outcome.Kind.STALE;
    }
    Verdict verdict = decide(there == null ? null : there.there(), row.there());
    boolean deletes = there != null && there.document() != null && row.document() == null;
    Outcome.Kind kind =
        switch (verdict) {
          case FIRST, NEWER, PROJECTION_VERSION_CHANGED -> Outcome.Kind.APPLIED;
          case SAME -> deletes ? Outcome.Kind.APPLIED : Outcome.Kind.SKIPPED;
          case SUMMARY_HASH_MISMATCH -> Outcome.Kind.REPLACED;
          case CHECKPOINT_AHEAD, PROJECTION_VERSION_BEHIND -> Outcome.Kind.STALE;
        };
    if (kind == Outcome.Kind.APPLIED || kind == Outcome.Kind.REPLACED) {
      table.put(id, row);
    }
    return kind;
  }

  private static boolean samePlace(Checkpoint one, Checkpoint other) {
    return one.generation() == other.generation()
        && one.seq() == other.seq()
        && one.version() == other.version();
  }

  private Verdict decide(@Nullable Checkpoint there, Checkpoint incoming) {
    if (there == null) {
      return Verdict.FIRST;
    }
    if (has(Flaw.NO_GUARD)) {
      return there.equals(incoming) ? Verdict.SAME : Verdict.NEWER;
    }
    if (has(Flaw.SEQ_MUST_RISE)
        && there.generation() == incoming.generation()
        && there.seq() >= incoming.seq()) {
      return Verdict.CHECKPOINT_AHEAD;
    }
    return CheckpointRules.decide(
        there,
        new Checkpoint(
            has(Flaw.GENERATION_IGNORED) ? there.generation() : incoming.generation(),
            incoming.seq(),
            has(Flaw.VERSION_IGNORED) ? there.version() : incoming.version(),
            has(Flaw.HASH_IGNORED) ? there.hash() : incoming.hash()));
  }

  @Override
  public long begin(long writer, String projection, long generation) {
    check(writer, Flaw.NO_EPOCH_AT_BEGIN);
    if (has(Flaw.STANDS_ANEW_WHEN_BEGUN)) {
      positions.remove(projection);
    }
    if (has(Flaw.BEGIN_WIPES)) {
      remove(projection, generation);
    }
    if (has(Flaw.GENERATION_SHARED)) {
      rows.keySet().forEach(other -> remove(other, generation));
    }
    long stands = generations.merge(projection, generation, Math::max);
    return has(Flaw.SAYS_WHAT_WAS_ASKED) ? generation : stands;
  }

  private int remove(String projection, long generation) {
    NavigableMap<String, Row> table = table(projection);
    int before = table.size();
    table.values().removeIf(row -> row.there().generation() < generation);
    return before - table.size();
  }

  @Override
  public int sweep(long writer, String projection, long generation) {
    check(writer, Flaw.NO_EPOCH_AT_SWEEP);
    if (has(Flaw.SWEEPS_OTHERS)) {
      rows.keySet().forEach(other -> remove(other, generation));
    }
    long below = has(Flaw.SWEEPS_EARLY) ? generation + 1 : generation;
    return remove(projection, below);
  }

  @Override
  public List<Shown> read(String projection, List<String> ids) {
    return table(projection).entrySet().stream()
        .filter(e -> has(Flaw.READS_ALL) || ids.contains(e.getKey()))
        .filter(e -> e.getValue().document() != null)
        .map(e -> shown(e.getKey(), e.getValue()))
        .toList();
  }

  private static Shown shown(String id, Row row) {
    return new Shown(id, row.there(), row.there().hash());
  }

  @Override
  public List<Shown> page(String projection, String after, int limit) {
    boolean counts = has(Flaw.PAGES_COUNT_DELETED);
    var behind = table(projection).tailMap(after, has(Flaw.PAGES_REPEAT)).entrySet().stream();
    var some = counts ? behind.limit(limit) : behind;
    List<Shown> page =
        some.filter(e -> e.getValue().document() != null)
            .map(e -> shown(e.getKey(), e.getValue()))
            .limit(limit)
            .toList();
    return has(Flaw.PAGES_TURNED) ? page.reversed() : page;
  }
}
