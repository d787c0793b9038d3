package com.openagents.runtime.projector;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.KeptRow;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.ReadRow.Table;
import com.openagents.runtime.projector.Difference.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares the rows of one run with what its log tells, in the order of sequences, a page of each
/// at a time. Not thread-safe.
final class RowCheck {

  private static final int PAGE = 500;

  private final RunId runId;
  private final Side messages;
  private final Side steps;

  RowCheck(ProjectionStore store, RunId runId) {
    this.runId = runId;
    this.messages = new Side(store, runId, Table.MESSAGES);
    this.steps = new Side(store, runId, Table.STEPS);
  }

  /// Takes what the log tells next.
  void told(List<ReadRow> rows) {
    for (ReadRow row : rows) {
      side(row.table()).told(row);
    }
  }

  private Side side(Table table) {
    return switch (table) {
      case MESSAGES -> messages;
      case STEPS -> steps;
    };
  }

  /// What differs when the log tells no more: at most one difference of each kind for each table.
  List<Difference> done() {
    List<Difference> found = new ArrayList<>(messages.done(runId));
    found.addAll(steps.done(runId));
    return found;
  }

  /// How many rows differ in one way, and the first of them.
  private record Tally(long rows, long first) {
    Tally and(Tally more) {
      return new Tally(rows + more.rows, first);
    }

    String said() {
      return "%d rows, the first at sequence %d".formatted(rows, first);
    }
  }

  /// One table.
  private static final class Side {
    private final ProjectionStore store;
    private final RunId runId;
    private final Table table;
    private final Deque<KeptRow> page = new ArrayDeque<>();
    private final Map<Kind, Tally> tallies = new EnumMap<>(Kind.class);
    private long read;
    private boolean ended;

    Side(ProjectionStore store, RunId runId, Table table) {
      this.store = store;
      this.runId = runId;
      this.table = table;
    }

    void told(ReadRow row) {
      KeptRow kept = before(row.seq());
      if (kept == null || kept.seq() != row.seq()) {
        count(Kind.MISSING, row.seq());
        return;
      }
      page.remove();
      if (!kept.equals(KeptRow.of(row))) {
        count(Kind.HASH_MISMATCH, row.seq());
      }
    }

    /// The next row, when all before a sequence are counted.
    private @Nullable KeptRow before(long seq) {
      KeptRow next = next();
      while (next != null && next.seq() < seq) {
        count(Kind.ORPHAN, next.seq());
        page.remove();
        next = next();
      }
      return next;
    }

    private @Nullable KeptRow next() {
      if (page.isEmpty() && !ended) {
        List<KeptRow> more = store.rows(table, runId, read, PAGE);
        ended = more.size() < PAGE;
        read = more.isEmpty() ? read : more.getLast().seq();
        page.addAll(more);
      }
      return page.peek();
    }

    private void count(Kind kind, long seq) {
      tallies.merge(kind, new Tally(1, seq), Tally::and);
    }

    List<Difference> done(RunId run) {
      before(Long.MAX_VALUE);
      List<Difference> found = new ArrayList<>();
      tallies.forEach((kind, tally) -> found.add(difference(run, kind, tally)));
      return found;
    }

    private Difference difference(RunId run, Kind kind, Tally tally) {
      boolean extra = kind == Kind.ORPHAN;
      String there = kind == Kind.MISSING ? "nothing" : tally.said();
      return new Difference(
          Comparison.ROWS,
          kind,
          table.word(),
          run.toString(),
          extra ? "nothing" : tally.said(),
          kind == Kind.HASH_MISMATCH ? "other rows" : there);
    }
  }
}
