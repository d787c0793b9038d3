package com.openagents.runtime.projector;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.ChangeFeed.Changes;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.log.LogScan.Reach;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.RunDocuments;
import com.openagents.runtime.projector.Difference.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Compares the documents and rows that are kept with what the log says. Writes nothing;
/// thread-safe; may throw [com.openagents.runtime.log.StoreUnavailable].
///
/// A document is compared at the sequence that its run has come to. What moves while it is looked
/// at is left out, and so is what has come to an event that has aged out since: it is the business
/// of the next look.
public final class Comparison {

  /// How differences of the documents beside the log are named.
  public static final String KEPT = "kept";

  /// How differences of the rows of the read models are named.
  public static final String ROWS = "rows";

  /// Stands for all documents of a run at once, where a projection is named.
  static final String RUN = "run";

  private static final int LOOKED_AT_ONCE = 100_000;
  private static final int RUNS_AT_ONCE = 500;

  private final Recount recount;
  private final ProjectionStore store;
  private final ChangeFeed feed;
  private final ThreadComparison threads;

  public Comparison(Recount recount, ProjectionStore store, ChangeFeed feed) {
    this.recount = recount;
    this.store = store;
    this.feed = feed;
    this.threads = new ThreadComparison(recount, store, this::coming);
  }

  /// Compares the documents and rows of runs, and the documents of the threads that they belong to.
  public List<Difference> of(List<Reach> runs) {
    List<RunId> ids = runs.stream().map(Reach::runId).toList();
    Map<RunId, Long> before = store.through(ids);
    Map<String, List<KeptDocument>> kept =
        store.about(Entity.RUN, ids.stream().map(RunId::toString).toList()).stream()
            .collect(groupingBy(k -> k.document().entity().id()));
    Map<RunId, Long> after = store.through(ids);
    List<Difference> found = new ArrayList<>();
    Set<ThreadId> threads = new LinkedHashSet<>();
    Map<Reach, Long> late = new LinkedHashMap<>();
    for (Reach run : runs) {
      long reached = before.getOrDefault(run.runId(), 0L);
      if (reached != after.getOrDefault(run.runId(), 0L)) {
        continue;
      }
      String id = run.runId().toString();
      if (reached != run.lastSeq()) {
        late.put(run, reached);
      }
      found.addAll(of(run.runId(), reached, kept.getOrDefault(id, List.of()), threads));
    }
    found.addAll(this.threads.of(threads));
    found.addAll(elsewhere(late));
    return found;
  }

  /// Compares the summary of a thread.
  public List<Difference> of(ThreadId thread) {
    return threads.of(List.of(thread));
  }

  /// Runs whose documents are not where their logs are. Where they are is asked for again after
  /// what is coming: what is taken in between is in neither.
  private List<Difference> elsewhere(Map<Reach, Long> reached) {
    if (reached.isEmpty()) {
      return List.of();
    }
    Set<RunId> coming = coming();
    Map<RunId, Long> now = store.through(reached.keySet().stream().map(Reach::runId).toList());
    return reached.entrySet().stream()
        .filter(run -> run.getValue().equals(now.getOrDefault(run.getKey().runId(), 0L)))
        .filter(run -> !wentOn(run.getKey(), run.getValue()))
        .map(run -> elsewhere(run.getKey(), run.getValue(), coming))
        .toList();
  }

  /// Whether the log has come to where the documents are since it was looked at.
  private boolean wentOn(Reach run, long reached) {
    return reached > run.lastSeq() && recount.reaches(run.runId(), reached);
  }

  private List<Difference> of(
      RunId runId, long reached, List<KeptDocument> kept, Set<ThreadId> threads) {
    RowCheck rows = new RowCheck(store, runId);
    if (reached == 0) {
      return with(rows, runId, reached, ofRun(runId, List.of(), kept));
    }
    try {
      Optional<RunDocuments> told = recount.run(runId, reached, rows::told);
      told.ifPresent(documents -> threads.add(documents.subject().threadId()));
      return told.map(documents -> ofRun(runId, documents.documents(), kept))
          .map(found -> with(rows, runId, reached, found))
          .orElse(List.of());
    } catch (UnreadableRun unreadable) {
      return KeptDifferences.unreadable(
          RUN, runId.toString(), "documents through " + reached, unreadable);
    }
  }

  /// Documents are committed together with how far they have come, so that an older one is never on
  /// its way.
  private static List<Difference> ofRun(RunId runId, List<Document> told, List<KeptDocument> kept) {
    return KeptDifferences.of(runId.toString(), told, kept).stream()
        .map(Difference::forGood)
        .toList();
  }

  /// Rows are read while the log is, and may have moved since.
  private List<Difference> with(
      RowCheck rows, RunId runId, long reached, List<Difference> documents) {
    List<Difference> found = rows.done();
    boolean stands =
        found.isEmpty() || store.through(List.of(runId)).getOrDefault(runId, 0L) == reached;
    return Stream.concat(documents.stream(), stands ? found.stream() : Stream.of()).toList();
  }

  /// Finds runs that have rows and no log.
  ///
  /// @param after behind which they are looked for, or null
  /// @param logged the runs that have logs, from there on up to where it is looked for; empty to
  ///   look to the end
  /// @param found is told of each
  void strangers(@Nullable RunId after, List<Reach> logged, Consumer<RunId> found) {
    RunId last = logged.isEmpty() ? null : logged.getLast().runId();
    Set<RunId> known = logged.stream().map(Reach::runId).collect(toSet());
    List<RunId> page = store.runsOfRows(after, RUNS_AT_ONCE);
    while (!page.isEmpty()) {
      for (RunId run : page) {
        if (last != null && run.compareTo(last) > 0) {
          return;
        }
        if (!known.contains(run) && !recount.reaches(run, 1)) {
          found.accept(run);
        }
      }
      page = store.runsOfRows(page.getLast(), RUNS_AT_ONCE);
    }
  }

  static Difference stranger(RunId run) {
    return new Difference(
        ROWS, Kind.ORPHAN, RUN, run.toString(), "nothing", "rows of a run that has no log");
  }

  /// The runs that the next passes over the log take in, as far as can be told now.
  private Set<RunId> coming() {
    Set<RunId> coming = new HashSet<>();
    Optional<Position> position = store.position();
    while (position.isPresent()) {
      Changes changes = feed.since(position.get(), LOOKED_AT_ONCE);
      changes.changes().forEach(change -> coming.add(change.runId()));
      position = changes.more() ? Optional.of(changes.next()) : Optional.empty();
    }
    return coming;
  }

  /// What nothing will take in stays as it is, unless its run goes on.
  private static Difference elsewhere(Reach run, long reached, Set<RunId> coming) {
    Kind kind = reached == 0 ? Kind.MISSING : Kind.HASH_MISMATCH;
    if (reached > run.lastSeq()) {
      kind = Kind.AHEAD;
    } else if (coming.contains(run.runId())) {
      kind = Kind.LAG;
    }
    return new Difference(
        KEPT,
        kind,
        RUN,
        run.runId().toString(),
        "documents through " + run.lastSeq(),
        "documents through " + reached);
  }
}
