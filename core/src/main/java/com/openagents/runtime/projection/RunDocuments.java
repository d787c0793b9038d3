package com.openagents.runtime.projection;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All documents of one run on their way through its log. Immutable.
///
/// @param through the last sequence that was applied
public record RunDocuments(
    RunSubject subject,
    long through,
    RunDocument<RunSummary> summary,
    List<RunDocument<?>> others) {

  /// What one event did.
  ///
  /// @param before the documents before it, or null when the log begins with it
  /// @param stays whether it stays in the log
  /// @param rows its rows in the read models
  public record Applied(
      @Nullable RunDocuments before, RunDocuments after, boolean stays, List<ReadRow> rows) {

    /// What the thread says after it.
    public ThreadSummary thread(@Nullable ThreadSummary thread) {
      return thread(thread, 0);
    }

    /// What the thread says after it.
    ///
    /// @param counted up to where the thread counts the run already; what it ended with may have
    ///   aged out since
    public ThreadSummary thread(@Nullable ThreadSummary thread, long counted) {
      return ThreadSummary.evolve(
          thread,
          after.subject,
          before == null ? null : before.summary.state(),
          after.summary.state(),
          Math.max(counted, before == null ? 0 : before.through),
          stays);
    }
  }

  /// Reads documents that were kept.
  ///
  /// @param kept by the name of their projection
  /// @return empty when one is missing, of another version, or damaged: the log is then folded
  ///   again
  public static Optional<RunDocuments> read(
      RunProjections projections, long through, Map<String, Document> kept) {
    if (!projections.ofRuns().stream().allMatch(id -> isOf(id, kept.get(id.name())))) {
      return Optional.empty();
    }
    try {
      RunDocument<RunSummary> summary = read(RunSummaries.INSTANCE, kept);
      List<RunDocument<?>> others = new ArrayList<>();
      projections.others().forEach(projection -> others.add(read(projection, kept)));
      return Optional.of(
          new RunDocuments(summary.subject(), through, summary, List.copyOf(others)));
    } catch (RuntimeException damaged) {
      return Optional.empty();
    }
  }

  private static boolean isOf(ProjectionId id, @Nullable Document document) {
    return document != null && document.projection().equals(id);
  }

  private static <S> RunDocument<S> read(RunProjection<S> projection, Map<String, Document> kept) {
    Document document = kept.get(projection.id().name());
    if (document == null) {
      throw new IllegalArgumentException("no document of " + projection.id());
    }
    return RunDocument.read(projection, document);
  }

  /// Applies the next event of the log.
  ///
  /// @param before null when it is the first
  /// @throws RuntimeException when the log cannot be read or was not written by this runtime's
  ///   rules; see [Unprojectable] for what a newer runtime wrote
  public static Applied apply(
      RunProjections projections, @Nullable RunDocuments before, StoredEvent stored) {
    if (before != null && stored.ages()) {
      return new Applied(before, before.past(stored), false, List.of());
    }
    if (before != null && !projections.reads(stored)) {
      return new Applied(before, before.noting(stored), true, ReadRow.of(before.subject, stored));
    }
    Envelope envelope = EventCodec.decode(stored);
    if (envelope.event() instanceof Event.Unrecognized event && event.matters()) {
      throw new Unprojectable(stored);
    }
    RunDocuments begun = before == null ? begin(projections, envelope) : before;
    RunDocuments after =
        begun.with(stored.seq(), begun.summary.apply(envelope), other -> other.apply(envelope));
    return new Applied(before, after, true, ReadRow.of(begun.subject, envelope));
  }

  private static RunDocuments begin(RunProjections projections, Envelope first) {
    RunSubject subject = RunSubject.of(first);
    List<RunDocument<?>> others = new ArrayList<>();
    projections.others().forEach(p -> others.add(RunDocument.first(p, subject)));
    return new RunDocuments(
        subject, 0, RunDocument.first(RunSummaries.INSTANCE, subject), List.copyOf(others));
  }

  private RunDocuments noting(StoredEvent e) {
    return with(
        e.seq(),
        summary.note(e.seq(), e.type(), e.occurredAt()),
        other -> other.note(e.seq(), e.type(), e.occurredAt()));
  }

  private RunDocuments past(StoredEvent e) {
    return with(
        e.seq(),
        summary.pass(e.seq(), e.type(), e.occurredAt()),
        other -> other.pass(e.seq(), e.type(), e.occurredAt()));
  }

  private RunDocuments with(
      long seq, RunDocument<RunSummary> changed, UnaryOperator<RunDocument<?>> change) {
    List<RunDocument<?>> changedOthers = new ArrayList<>(others.size());
    for (RunDocument<?> other : others) {
      changedOthers.add(change.apply(other));
    }
    return new RunDocuments(subject, seq, changed, changedOthers);
  }

  /// The documents as they stand, to be kept.
  public List<Document> documents() {
    return Stream.concat(Stream.of(summary), others.stream()).map(RunDocument::document).toList();
  }
}
