package com.openagents.runtime.projector;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.LogScan.From;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionStore.ParkedRun;
import com.openagents.runtime.projection.ProjectionStore.Stretch;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.RunDocuments;
import com.openagents.runtime.projection.RunDocuments.Applied;
import com.openagents.runtime.projection.RunProjections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One run whose documents are being brought up to its log. Not thread-safe.
final class RunWork {

  private final RunProjections projections;
  private final RunId runId;
  private final long counted;
  private final boolean fromStart;
  private @Nullable RunDocuments documents;
  private @Nullable ParkedRun parked;
  private boolean stands;
  private long committed;
  private long reached;

  private final List<Applied> applied = new ArrayList<>();

  /// @param counted up to where the run's thread knows of it
  /// @param documents null when its log is folded from the start
  RunWork(RunProjections projections, RunId runId, long counted, @Nullable RunDocuments documents) {
    this.projections = projections;
    this.runId = runId;
    this.counted = counted;
    this.documents = documents;
    this.fromStart = documents == null;
    this.committed = documents == null ? 0 : documents.through();
    this.reached = committed;
  }

  RunId runId() {
    return runId;
  }

  /// Up to where the run's thread knows of it.
  long counted() {
    return counted;
  }

  boolean fromStart() {
    return fromStart;
  }

  /// From where on its log is still to be read.
  From next() {
    return new From(runId, through());
  }

  long through() {
    return documents == null ? 0 : documents.through();
  }

  /// Whether the documents are as far as the watermark. A log that is folded from the start gives
  /// none before: who stops within it leaves the documents of before, and goes back no further.
  boolean caughtUp() {
    return through() >= counted;
  }

  void take(StoredEvent event) {
    if (parked != null) {
      return;
    }
    try {
      Applied one = RunDocuments.apply(projections, documents, event);
      documents = one.after();
      applied.add(one);
      reached = event.seq();
    } catch (RuntimeException unreadable) {
      parked = new ParkedRun(runId, event.seq(), UnreadableRun.why(unreadable));
    }
  }

  /// Whether its log cannot be read any more as far as it was told before.
  boolean lost() {
    return parked != null && !caughtUp() && !stands;
  }

  /// Lets stand what was told before.
  ///
  /// @param told empty when it cannot be gone on from
  void stand(Optional<RunDocuments> told) {
    stands = true;
    told.ifPresent(before -> {
      applied.add(new Applied(documents, before, true, List.of()));
      documents = before;
    });
  }

  /// Whether what was told before stands, and can be gone on from.
  boolean goesOn() {
    return stands && caughtUp();
  }

  /// Whether it was told from its first event on, so far as its log can be read.
  boolean whole() {
    return fromStart && (caughtUp() || parked != null);
  }

  Optional<ThreadId> thread() {
    return Optional.ofNullable(documents).map(d -> d.subject().threadId());
  }

  /// Whether the page that was taken last changed anything.
  boolean moved() {
    return !applied.isEmpty();
  }

  List<Applied> applied() {
    return applied;
  }

  /// What was applied and is new to the thread.
  List<Applied> uncounted() {
    return applied.stream().filter(one -> one.after().through() > counted).toList();
  }

  List<ReadRow> rows() {
    List<ReadRow> rows = new ArrayList<>(applied.size());
    applied.forEach(one -> rows.addAll(one.rows()));
    return rows;
  }

  /// The part of the log that was taken since the last commit.
  Stretch taken() {
    return new Stretch(runId, committed, reached);
  }

  List<Document> documents() {
    return documents == null ? List.of() : documents.documents();
  }

  Optional<ParkedRun> parked() {
    return Optional.ofNullable(parked);
  }

  /// Forgets what has been committed.
  void committed() {
    applied.clear();
    committed = reached;
  }
}
