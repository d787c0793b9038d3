package com.openagents.runtime.projector;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.log.LogScan.From;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.RunDocuments;
import com.openagents.runtime.projection.RunDocuments.Applied;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.ThreadSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What documents must say, from the log alone. Writes nothing; thread-safe; may throw
/// [com.openagents.runtime.log.StoreUnavailable].
public final class Recount {

  private static final int PAGE = 1_000;
  private static final long CHARACTERS = 4 << 20;

  private final LogScan scan;
  private final RunProjections projections;

  public Recount(LogScan scan, RunProjections projections) {
    this.scan = scan;
    this.projections = projections;
  }

  /// The documents of a run as they were at a sequence; empty when its log is shorter, or the event
  /// has aged out.
  ///
  /// @throws UnreadableRun when the log cannot be read that far
  public Optional<RunDocuments> run(RunId runId, long through) {
    return run(runId, through, _ -> {});
  }

  /// The same.
  ///
  /// @param rows is told of all rows up to there, in order
  Optional<RunDocuments> run(RunId runId, long through, Consumer<List<ReadRow>> rows) {
    return Optional.ofNullable(tell(runId, through, null, rows).run)
        .filter(run -> run.through() == through);
  }

  /// Whether the log of a run has come to a sequence, 1 for any log at all.
  boolean reaches(RunId runId, long seq) {
    return !scan.read(List.of(new From(runId, seq - 1)), 1, 1, 1).isEmpty();
  }

  /// The summary of a thread whose runs have come so far; empty when nothing is counted, and when a
  /// log no longer has the event that a run has come to.
  ///
  /// @throws UnreadableRun when a log cannot be read that far
  public Optional<Document> thread(ThreadId thread, Map<RunId, Long> through) {
    ThreadSummary summary = null;
    for (RunId run : scan.runsOf(List.of(thread)).getOrDefault(thread, List.of())) {
      long to = through.getOrDefault(run, 0L);
      if (to > 0) {
        Told told = tell(run, to, summary, _ -> {});
        if (told.run == null || told.run.through() != to) {
          return Optional.empty();
        }
        summary = told.thread;
      }
    }
    return Optional.ofNullable(summary).map(ThreadSummary::document);
  }

  /// The runs of a thread, as the log knows them.
  public List<RunId> runsOf(ThreadId thread) {
    return scan.runsOf(List.of(thread)).getOrDefault(thread, List.of());
  }

  private record Told(@Nullable RunDocuments run, @Nullable ThreadSummary thread) {}

  private Told tell(
      RunId runId, long through, @Nullable ThreadSummary before, Consumer<List<ReadRow>> rows) {
    RunDocuments run = null;
    ThreadSummary thread = before;
    List<StoredEvent> page = page(runId, 0);
    while (!page.isEmpty()) {
      for (StoredEvent event : page) {
        if (event.seq() > through) {
          return new Told(run, thread);
        }
        Applied one = apply(run, event);
        run = one.after();
        rows.accept(one.rows());
        thread = one.thread(thread);
      }
      page = page(runId, page.getLast().seq());
    }
    return new Told(run, thread);
  }

  private Applied apply(@Nullable RunDocuments run, StoredEvent event) {
    try {
      return RunDocuments.apply(projections, run, event);
    } catch (RuntimeException unreadable) {
      throw new UnreadableRun(event, unreadable);
    }
  }

  private List<StoredEvent> page(RunId runId, long after) {
    return scan.read(List.of(new From(runId, after)), PAGE, PAGE, CHARACTERS);
  }
}
