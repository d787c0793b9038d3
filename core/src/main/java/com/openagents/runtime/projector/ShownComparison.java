package com.openagents.runtime.projector;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkBook.Held;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projection.ThreadSummary;
import com.openagents.runtime.projector.Difference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares what sinks show with the documents beside the log. Writes nothing; thread-safe.
///
/// A sink is asked nothing about what it cannot show. One that does not answer is asked nothing
/// more, and is told of in the report. Throws [com.openagents.runtime.log.StoreUnavailable].
final class ShownComparison {

  private static final int READ_AT_ONCE = 50;

  private final ProjectionStore store;
  private final KnownSinks known;
  private final SinkBook book;
  private final RunProjections projections;

  ShownComparison(
      ProjectionStore store, KnownSinks known, SinkBook book, RunProjections projections) {
    this.store = store;
    this.known = known;
    this.book = book;
    this.projections = projections;
  }

  void compare(ProjectionSink sink, List<KeptDocument> kept, AuditReport.Builder report) {
    reading(
        sink,
        report,
        () -> {
          Set<String> unshown = known.unshown(sink.name());
          for (ProjectionId projection : projections.ids()) {
            if (unshown.contains(projection.name())) {
              continue;
            }
            compareOne(
                sink,
                kept.stream().filter(k -> k.document().projection().equals(projection)).toList(),
                report);
          }
        });
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

  /// Compares documents of one projection.
  private void compareOne(
      ProjectionSink sink, List<KeptDocument> kept, AuditReport.Builder report) {
    for (int from = 0; from < kept.size(); from += READ_AT_ONCE) {
      List<KeptDocument> some = kept.subList(from, Math.min(from + READ_AT_ONCE, kept.size()));
      String projection = some.getFirst().document().projection().name();
      List<String> ids = some.stream().map(k -> k.document().entity().id()).toList();
      Map<String, Held> held = book.held(sink.name(), projection, ids);
      Map<String, Shown> shown =
          sink.read(projection, ids).stream().collect(toMap(Shown::entityId, s -> s));
      report.compared(sink.name(), some.size());
      for (KeptDocument one : some) {
        String id = one.document().entity().id();
        compare(sink, one, held.get(id), shown.get(id), report);
      }
    }
  }

  /// @param held what the sink was said to have before it was read: what it is given meanwhile is
  ///   no difference
  private void compare(
      ProjectionSink sink,
      KeptDocument kept,
      @Nullable Held held,
      @Nullable Shown shown,
      AuditReport.Builder report) {
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
            && (held == null || !held.there().equals(kept.checkpoint()));
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

  /// Finds what a page of a projection shows and is not kept, and shows still when it is read
  /// again. What is still to go from the sink is on its way, unless the sink would not let it go.
  ///
  /// @param after the last entity of the page before, or empty
  /// @return the entities on the page; none when there are no more, or the sink cannot be read
  List<String> strangers(
      ProjectionSink sink, String projection, String after, int limit, AuditReport.Builder report) {
    if (known.unshown(sink.name()).contains(projection)) {
      return List.of();
    }
    List<Shown> page = new ArrayList<>();
    reading(sink, report, () -> page.addAll(sink.page(projection, after, limit)));
    List<String> ids = page.stream().map(Shown::entityId).toList();
    Set<String> kept =
        store.about(kind(projection), ids).stream()
            .map(KeptDocument::document)
            .filter(document -> document.projection().name().equals(projection))
            .map(document -> document.entity().id())
            .collect(toSet());
    List<String> gone = ids.stream().filter(id -> !kept.contains(id)).toList();
    Map<String, Held> held = gone.isEmpty() ? Map.of() : book.held(sink.name(), projection, gone);
    List<String> strange = gone.stream().filter(id -> !goes(held.get(id))).toList();
    if (!strange.isEmpty()) {
      reading(
          sink,
          report,
          () ->
              sink.read(projection, strange)
                  .forEach(shown -> orphan(sink, shown, report, projection)));
    }
    return ids;
  }

  private static void orphan(
      ProjectionSink sink, Shown shown, AuditReport.Builder report, String projection) {
    report.found(
        Difference.of(sink.name(), Kind.ORPHAN, projection, shown.entityId(), null, shown.there()));
  }

  private static String kind(String projection) {
    return projection.equals(ThreadSummary.ID.name()) ? Entity.THREAD : Entity.RUN;
  }

  private static boolean goes(@Nullable Held held) {
    return held != null && !held.parked();
  }
}
