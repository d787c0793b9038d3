package com.openagents.runtime.projector;

import static java.util.stream.Collectors.toMap;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonRefused;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.log.LogScan.Reach;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.log.RunIndex.Query;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.RunSummaries;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projector.Difference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private final LogScan scan;
  private final RunIndex index;
  private final Comparison comparison;
  private final ProjectionStore store;
  private final SinkBook book;
  private final RunProjections projections;

  public Auditor(
      LogScan scan,
      RunIndex index,
      Comparison comparison,
      ProjectionStore store,
      SinkBook book,
      RunProjections projections) {
    this.scan = scan;
    this.index = index;
    this.comparison = comparison;
    this.store = store;
    this.book = book;
    this.projections = projections;
  }

  /// Which runs are looked at, and their threads with them.
  public sealed interface Sample {
    /// Every run, and the rows and documents in sinks that no run tells of.
    record All() implements Sample {}

    /// @param count 1 to 200
    record Newest(int count) implements Sample {}

    /// The runs that come next; at the end of the walk, as with all, what no run tells of.
    ///
    /// @param after the last run of the walk so far, or null at its beginning
    /// @param count at least 1
    record Walk(@Nullable RunId after, int count) implements Sample {}
  }

  /// @param pause is called between pages, so that an audit takes no more than its share
  public AuditReport audit(List<ProjectionSink> sinks, Sample sample, Runnable pause) {
    AuditReport.Builder report = new AuditReport.Builder();
    RunId next =
        switch (sample) {
          case Sample.Newest(int count) -> {
            look(newest(count), sinks, report);
            yield null;
          }
          case Sample.Walk(var after, int count) -> walk(after, count, sinks, report, pause);
          case Sample.All() -> walk(null, Integer.MAX_VALUE, sinks, report, pause);
        };
    if (next == null && !(sample instanceof Sample.Newest)) {
      sinks.forEach(sink -> reading(sink, report, () -> orphans(sink, report, pause)));
    }
    return report.done(next);
  }

  private List<Reach> newest(int count) {
    return index.list(new Query(null, null, null, null, null, count)).stream()
        .map(head -> new Reach(head.runId(), head.lastSeq()))
        .toList();
  }

  /// @return the last run that was looked at, or null when there are no more
  private @Nullable RunId walk(
      @Nullable RunId from,
      int count,
      List<ProjectionSink> sinks,
      AuditReport.Builder report,
      Runnable pause) {
    RunId after = from;
    for (int left = count; left > 0; ) {
      List<Reach> page = scan.runs(after, Math.min(PAGE, left));
      comparison.strangers(after, page, run -> report.found(Comparison.stranger(run)));
      if (page.isEmpty()) {
        return null;
      }
      look(page, sinks, report);
      after = page.getLast().runId();
      left -= page.size();
      pause.run();
    }
    return after;
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
    for (ProjectionSink sink : sinks) {
      reading(sink, report, () -> compare(sink, kept, report));
    }
  }

  private static void reading(ProjectionSink sink, AuditReport.Builder report, Runnable read) {
    if (!report.readable(sink.name())) {
      return;
    }
    try {
      read.run();
    } catch (SinkAway | SinkRefusing e) {
      report.unread(sink.name(), e.getMessage());
    }
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

  private void compare(ProjectionSink sink, List<KeptDocument> kept, AuditReport.Builder report) {
    for (ProjectionId projection : projections.ids()) {
      compareOne(
          sink,
          kept.stream().filter(k -> k.document().projection().equals(projection)).toList(),
          report);
    }
  }

  /// Compares documents of one projection.
  private void compareOne(
      ProjectionSink sink, List<KeptDocument> kept, AuditReport.Builder report) {
    for (int from = 0; from < kept.size(); from += PAGE) {
      List<KeptDocument> some = kept.subList(from, Math.min(from + PAGE, kept.size()));
      String projection = some.getFirst().document().projection().name();
      Map<String, Shown> shown =
          sink
              .read(projection, some.stream().map(k -> k.document().entity().id()).toList())
              .stream()
              .collect(toMap(Shown::entityId, s -> s));
      report.compared(sink.name(), some.size());
      for (KeptDocument one : some) {
        compare(sink, one, shown.get(one.document().entity().id()), report);
      }
    }
  }

  private void compare(
      ProjectionSink sink, KeptDocument kept, @Nullable Shown shown, AuditReport.Builder report) {
    String projection = kept.document().projection().name();
    String entityId = kept.document().entity().id();
    long there = shown == null ? 0 : shown.there().seq();
    Optional<Kind> kind = shown == null ? Optional.of(Kind.MISSING) : kind(kept, shown);
    if (kind.isEmpty() || !stands(kept)) {
      report.lag(0);
      return;
    }
    boolean onItsWay =
        (kind.get() == Kind.MISSING || kind.get() == Kind.LAG)
            && !book.checkpoint(sink.name(), projection, entityId)
                .equals(Optional.of(kept.checkpoint()));
    report.lag(Math.max(0, kept.document().seq() - there));
    Kind found = onItsWay ? Kind.LAG : kind.get() == Kind.LAG ? Kind.HASH_MISMATCH : kind.get();
    report.found(
        Difference.of(
            sink.name(),
            found,
            projection,
            entityId,
            kept.checkpoint(),
            shown == null ? null : found(shown)));
  }

  /// Where it stands, with the hash of what it says.
  private static Checkpoint found(Shown shown) {
    Checkpoint there = shown.there();
    return new Checkpoint(there.generation(), there.seq(), there.version(), shown.shown());
  }

  /// A form that is older although the sink was said to have the newest was put there by somebody
  /// else; so was a form whose text is not that of its checkpoint.
  private static Optional<Kind> kind(KeptDocument kept, Shown shown) {
    Optional<Kind> kind = KeptDifferences.kind(shown.there(), kept.checkpoint());
    return kind.isEmpty() && !shown.shown().equals(kept.document().hash())
        ? Optional.of(Kind.HASH_MISMATCH)
        : kind;
  }

  /// Whether a document has not moved since it was looked at.
  private boolean stands(KeptDocument kept) {
    return store
        .find(kept.document().projection().name(), kept.document().entity().id())
        .map(KeptDocument::checkpoint)
        .equals(Optional.of(kept.checkpoint()));
  }

  private void orphans(ProjectionSink sink, AuditReport.Builder report, Runnable pause) {
    for (ProjectionId projection : projections.ids()) {
      String after = "";
      List<Shown> page = sink.page(projection.name(), after, PAGE);
      while (!page.isEmpty()) {
        for (Shown shown : page) {
          after = shown.entityId();
          if (store.find(projection.name(), after).isEmpty()
              && book.checkpoint(sink.name(), projection.name(), after).isEmpty()) {
            report.found(
                Difference.of(
                    sink.name(), Kind.ORPHAN, projection.name(), after, null, shown.there()));
          }
        }
        pause.run();
        page = sink.page(projection.name(), after, PAGE);
      }
    }
  }
}
