package com.openagents.runtime.testkit.simulator;

import static java.util.stream.Collectors.toCollection;

import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.CheckpointRules;
import com.openagents.runtime.projection.CheckpointRules.Verdict;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.RunProjections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/// Stands in front of a sink and sees that it never goes back, and that nobody writes whose epoch
/// is over. Refuses some documents until all is quiet.
final class SinkWitness implements ProjectionSink {

  private static final int SHOWN_MAX = 1_000;

  private final ProjectionSink sink;
  private final BooleanSupplier takesAll;
  private final BiPredicate<String, String> kept;
  private final Map<String, Checkpoint> highest = new HashMap<>();
  private final Map<String, Long> lost = new HashMap<>();
  private long opened;

  /// @param kept whether a projection has a document about an entity
  SinkWitness(ProjectionSink sink, BooleanSupplier takesAll, BiPredicate<String, String> kept) {
    this.sink = sink;
    this.kept = kept;
    this.takesAll = takesAll;
  }

  @Override
  public String name() {
    return sink.name();
  }

  @Override
  public Map<String, Standing> open(long epoch) {
    Map<String, Standing> standing = new HashMap<>(sink.open(epoch));
    entered(epoch);
    standing.replaceAll(
        (projection, stands) -> new Standing(stands.generation(), position(projection)));
    return standing;
  }

  @Override
  public boolean shows(String projection) {
    return sink.shows(projection);
  }

  @Override
  public long position(String projection) {
    return sink.position(projection) - lost.getOrDefault(projection, 0L);
  }

  private void entered(long epoch) {
    if (epoch < opened) {
      throw new Defect(
          ProjectionLaws.FENCED,
          "%s took a call of epoch %d after one of %d".formatted(name(), epoch, opened),
          null);
    }
    opened = epoch;
  }

  @Override
  public List<Outcome> deliver(
      long epoch, String projection, long generation, List<Change> changes, Reserving reserving) {
    List<Change> taken = changes.stream().filter(change -> !refuses(change)).toList();
    List<Outcome> outcomes = sink.deliver(epoch, projection, generation, taken, reserving);
    entered(epoch);
    for (int i = 0; i < taken.size(); i++) {
      if (taken.get(i) instanceof Change.Delete(var entity, var there)
          && outcomes.get(i).kind() == Outcome.Kind.APPLIED) {
        see(
            Document.id(projection, entity),
            new Checkpoint(generation, there.seq(), there.version(), there.hash()));
      }
    }
    look(projection);
    List<Outcome> all = new ArrayList<>();
    int next = 0;
    for (Change change : changes) {
      all.add(refuses(change) ? refused() : outcomes.get(next++));
    }
    return all;
  }

  private boolean refuses(Change change) {
    return !takesAll.getAsBoolean()
        && change instanceof Change.Upsert(var document, _)
        && document.hash().hex().startsWith("f");
  }

  private static Outcome refused() {
    return new Outcome(Outcome.Kind.REFUSED, "hash begins with f");
  }

  private void look(String projection) {
    for (Shown shown : sink.page(projection, "", SHOWN_MAX)) {
      see("runtime/" + projection + ":" + shown.entityId(), shown.there());
    }
  }

  private void see(String id, Checkpoint there) {
    Verdict verdict = CheckpointRules.decide(highest.get(id), there);
    if (verdict != Verdict.SAME && !verdict.writes()) {
      throw new Defect(
          ProjectionLaws.NEVER_BACK,
          "%s shows %s as %s after %s".formatted(name(), id, there, highest.get(id)),
          null);
    }
    highest.put(id, there);
  }

  @Override
  public long begin(long epoch, String projection, long generation) {
    long stands = sink.begin(epoch, projection, generation);
    entered(epoch);
    return stands;
  }

  @Override
  public int sweep(long epoch, String projection, long generation) {
    Set<String> before = ids(projection);
    int swept = sink.sweep(epoch, projection, generation);
    entered(epoch);
    before.removeAll(ids(projection));
    before.stream()
        .filter(id -> kept.test(projection, id))
        .findFirst()
        .ifPresent(id -> {
          throw new Defect(ProjectionLaws.READABLE, name() + " shows no more " + id, null);
        });
    return swept;
  }

  private Set<String> ids(String projection) {
    return sink.page(projection, "", SHOWN_MAX).stream()
        .map(Shown::entityId)
        .collect(toCollection(HashSet::new));
  }

  @Override
  public List<Shown> read(String projection, List<String> ids) {
    return sink.read(projection, ids);
  }

  @Override
  public List<Shown> page(String projection, String after, int limit) {
    return sink.page(projection, after, limit);
  }

  /// Lets the sink lose every document, and stand where it began.
  void wipe() {
    highest.clear();
    for (var id : RunProjections.BUILT_IN.ids()) {
      sink.sweep(opened, id.name(), Long.MAX_VALUE);
      lost.put(id.name(), sink.position(id.name()));
    }
  }

  /// It turns out to have been in higher epochs and generations than anybody here knows of, as
  /// after everything else was restored from a backup.
  ///
  /// @param epochs by which it is further
  /// @param generations by which each projection is further
  void outrun(int epochs, int generations) {
    opened += epochs;
    sink.open(opened);
    for (var id : RunProjections.BUILT_IN.ids()) {
      sink.begin(opened, id.name(), sink.begin(opened, id.name(), 1) + generations);
    }
  }

  /// Somebody writes a document into it that is further than any is.
  void forge(Document document, long generation) {
    sink.deliver(
        opened,
        document.projection().name(),
        generation,
        List.of(new Change.Upsert(document, Instant.EPOCH)));
    look(document.projection().name());
  }
}
