package com.openagents.runtime.projector;

import static java.util.stream.Collectors.groupingBy;

import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.CheckpointRules;
import com.openagents.runtime.projection.CheckpointRules.Verdict;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionSink.Outcome;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkBook.Due;
import com.openagents.runtime.projection.SinkBook.Taken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Brings one sink up to the documents that are kept.
///
/// Everything throws what the sink and the store throw; what was taken before counts, and the rest
/// stays due. Not thread-safe: one caller at a time. Different sinks know nothing of each other.
public final class Deliveries {

  private final ProjectionSink sink;
  private final ProjectionStore store;
  private final SinkBook book;
  private final DeliveryWatch watch;
  private final int limit;
  private final Map<String, Long> begun = new HashMap<>();
  private long opened;

  /// @param limit documents in one step, 1 to 1,000
  public Deliveries(
      ProjectionSink sink, ProjectionStore store, SinkBook book, DeliveryWatch watch, int limit) {
    this.sink = sink;
    this.store = store;
    this.book = book;
    this.watch = watch;
    this.limit = limit;
  }

  /// Delivers what is due the longest.
  ///
  /// @return how many documents were due; less than the limit when there are no more
  public int step(long epoch) {
    List<Due> due = book.due(sink.name(), limit);
    if (due.isEmpty()) {
      return 0;
    }
    open(epoch);
    Map<String, Generation> generations = store.generations();
    Map<String, List<Due>> byProjection =
        new TreeMap<>(due.stream().collect(groupingBy(Due::projection)));
    byProjection.forEach((projection, some) -> {
      Generation generation = generations.get(projection);
      if (generation != null) {
        deliver(epoch, projection, generation.number(), some);
      }
    });
    return due.size();
  }

  private void open(long epoch) {
    if (opened != epoch) {
      sink.open(epoch);
      begun.clear();
      opened = epoch;
    }
  }

  private void deliver(long epoch, String projection, long generation, List<Due> due) {
    if (begun.getOrDefault(projection, 0L) != generation) {
      sink.begin(epoch, projection, generation);
      begun.put(projection, generation);
    }
    List<Taken> settled = new ArrayList<>();
    List<Due> sent = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    for (Due one : due) {
      KeptDocument wanted = one.wanted();
      if (wanted == null) {
        gone(one, sent, changes, settled);
      } else if (writes(epoch, one, wanted, settled)) {
        sent.add(one);
        changes.add(new Change.Upsert(wanted.document(), wanted.projectedAt()));
      }
    }
    List<Outcome> outcomes =
        changes.isEmpty() ? List.of() : sink.deliver(epoch, projection, generation, changes);
    for (int i = 0; i < sent.size(); i++) {
      settle(epoch, sent.get(i), outcomes.get(i), settled);
    }
    book.taken(epoch, sink.name(), settled);
  }

  private static void gone(Due due, List<Due> sent, List<Change> changes, List<Taken> settled) {
    Checkpoint there = due.there();
    if (there == null) {
      settled.add(new Taken(due.projection(), due.entity(), null));
    } else {
      sent.add(due);
      changes.add(new Change.Delete(due.entity(), there));
    }
  }

  private boolean writes(long epoch, Due due, KeptDocument wanted, List<Taken> settled) {
    Verdict verdict = CheckpointRules.decide(due.there(), wanted.checkpoint());
    if (verdict.drift()) {
      watch.drift(sink.name(), due.projection(), due.entity(), verdict);
    }
    if (verdict == Verdict.SAME) {
      settled.add(new Taken(due.projection(), due.entity(), wanted.checkpoint()));
    } else if (!verdict.writes()) {
      book.park(epoch, sink.name(), due, verdict.word());
    }
    return verdict.writes();
  }

  private void settle(long epoch, Due due, Outcome outcome, List<Taken> settled) {
    watch.delivered(sink.name(), due.projection(), outcome.kind());
    switch (outcome.kind()) {
      case APPLIED, SKIPPED -> settled.add(taken(due));
      case REPLACED -> {
        drift(due, Verdict.SUMMARY_HASH_MISMATCH);
        settled.add(taken(due));
      }
      case STALE -> {
        drift(due, Verdict.CHECKPOINT_AHEAD);
        book.park(epoch, sink.name(), due, Verdict.CHECKPOINT_AHEAD.word());
      }
      case REFUSED -> {
        String reason = outcome.reason();
        book.park(epoch, sink.name(), due, reason == null ? "refused" : reason);
      }
    }
  }

  private void drift(Due due, Verdict verdict) {
    watch.drift(sink.name(), due.projection(), due.entity(), verdict);
  }

  private static Taken taken(Due due) {
    KeptDocument wanted = due.wanted();
    return new Taken(due.projection(), due.entity(), wanted == null ? null : wanted.checkpoint());
  }
}
