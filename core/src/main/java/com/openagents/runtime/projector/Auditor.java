package com.openagents.runtime.projector;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonRefused;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.log.LogScan.Reach;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.log.RunIndex.Query;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.RunSummaries;
import com.openagents.runtime.projection.SinkBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Compares the log, the documents and rows beside it, and what sinks show, read back from them.
/// Writes nothing; thread-safe.
///
/// What moves while it is looked at is left out. A sink that does not answer is asked nothing more
/// and is told of in the report; the rest is compared all the same. Throws
/// [com.openagents.runtime.log.StoreUnavailable].
public final class Auditor {

  private static final int PAGE = 50;

  /// In one step of a walk, unless a single run has more.
  private static final long EVENTS = 20_000;

  /// Behind the runs, in one step of a walk.
  private static final int DOCUMENTS = 1_000;

  private final LogScan scan;
  private final RunIndex index;
  private final Comparison comparison;
  private final ProjectionStore store;
  private final ShownComparison shown;
  private final AuditWalk walk;

  public Auditor(
      LogScan scan,
      RunIndex index,
      Comparison comparison,
      ProjectionStore store,
      KnownSinks known,
      SinkBook book,
      RunProjections projections) {
    this.scan = scan;
    this.index = index;
    this.comparison = comparison;
    this.store = store;
    this.shown = new ShownComparison(store, known, book, projections);
    this.walk = new AuditWalk(store, projections, new Strays(scan), shown);
  }

  /// Which runs are looked at, and their threads with them.
  public sealed interface Sample {
    /// Every run, and the rows and documents that no run tells of, also those in sinks.
    record All() implements Sample {}

    /// @param count 1 to 200
    record Newest(int count) implements Sample {}

    /// A part of everything: the runs that come next, or behind them the documents that may be told
    /// of by none.
    ///
    /// @param after where the walk has come to, or null at its beginning
    /// @param count at least 1; fewer runs are looked at when these are long
    record Walk(@Nullable AuditCursor after, int count) implements Sample {}
  }

  /// @param pause is called between pages, so that an audit takes no more than its share
  public AuditReport audit(List<ProjectionSink> sinks, Sample sample, Runnable pause) {
    AuditReport.Builder report = new AuditReport.Builder();
    AuditCursor next = null;
    switch (sample) {
      case Sample.Newest(int count) -> look(newest(count), sinks, report);
      case Sample.Walk(var after, int count) -> next = walk(after, count, sinks, report, pause);
      case Sample.All() -> {
        do {
          next = walk(next, DOCUMENTS, sinks, report, pause);
        } while (next != null);
      }
    }
    return report.done(next);
  }

  private List<Reach> newest(int count) {
    return index.list(new Query(null, null, null, null, null, count)).stream()
        .map(head -> new Reach(head.runId(), head.lastSeq()))
        .toList();
  }

  /// @return where to go on, or null when there is no more
  private @Nullable AuditCursor walk(
      @Nullable AuditCursor from,
      int count,
      List<ProjectionSink> sinks,
      AuditReport.Builder report,
      Runnable pause) {
    if (from instanceof AuditCursor.Documents documents) {
      return walk.step(documents, DOCUMENTS, sinks, report, pause);
    }
    RunId after = from instanceof AuditCursor.Runs(var last) ? last : null;
    long events = EVENTS;
    for (int left = count; left > 0 && events > 0; ) {
      List<Reach> page = some(scan.runs(after, Math.min(PAGE, left)), events);
      comparison.strangers(after, page, run -> report.found(Comparison.stranger(run)));
      if (page.isEmpty()) {
        return walk.step(null, DOCUMENTS, sinks, report, pause);
      }
      look(page, sinks, report);
      after = page.getLast().runId();
      left -= page.size();
      events -= page.stream().mapToLong(Reach::lastSeq).sum();
      pause.run();
    }
    return after == null ? null : new AuditCursor.Runs(after);
  }

  /// As many as have so many events together, and at least one.
  private static List<Reach> some(List<Reach> page, long events) {
    long sum = 0;
    int runs = 0;
    while (runs < page.size() && (runs == 0 || sum + page.get(runs).lastSeq() <= events)) {
      sum += page.get(runs).lastSeq();
      runs++;
    }
    return page.subList(0, runs);
  }

  private void look(List<Reach> runs, List<ProjectionSink> sinks, AuditReport.Builder report) {
    report.found(comparison.of(runs));
    report.compared(Comparison.ROWS, runs.size());
    List<String> ids = runs.stream().map(run -> run.runId().toString()).toList();
    List<KeptDocument> kept = new ArrayList<>(store.about(Entity.RUN, ids));
    Set<String> threads = new TreeSet<>();
    for (KeptDocument document : kept) {
      thread(document.document()).ifPresent(threads::add);
    }
    kept.addAll(store.about(Entity.THREAD, threads));
    report.compared(Comparison.KEPT, kept.size());
    sinks.forEach(sink -> shown.compare(sink, kept, report));
  }

  /// The thread of which the summary of a run tells; of a damaged one nothing is known but that it
  /// differs.
  private static Optional<String> thread(Document document) {
    try {
      return document.projection().equals(RunSummaries.INSTANCE.id())
              && document.body().get("threadId") instanceof Json.Str(String thread)
          ? Optional.of(thread)
          : Optional.empty();
    } catch (JsonRefused damaged) {
      return Optional.empty();
    }
  }
}
