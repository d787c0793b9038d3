package com.openagents.runtime.projector;

import static java.util.stream.Collectors.groupingBy;

import com.openagents.runtime.canon.JsonRefused;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.CheckpointRules;
import com.openagents.runtime.projection.CheckpointRules.Verdict;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionSink.Outcome;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkBook.Due;
import com.openagents.runtime.projection.SinkBook.Taken;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projection.SinkStreams;
import java.util.ArrayList;
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
  private final SinkStreams streams;
  private final GenerationNotes notes;
  private final DeliveryWatch watch;
  private final Drifting drifting;
  private final int limit;
  private final Sweeping sweeping;
  private final Retiring retiring;
  private final OpenSink open;
  private boolean left;

  /// @param projections that are told; of others nothing is delivered
  /// @param limit documents in one step, 1 to 1,000
  public Deliveries(
      ProjectionSink sink,
      DeliveryPorts ports,
      RunProjections projections,
      GenerationNotes notes,
      DeliveryWatch watch,
      int limit) {
    this.sink = sink;
    this.store = ports.store();
    this.book = ports.book();
    this.streams = ports.streams();
    this.notes = notes;
    this.watch = watch;
    this.drifting = new Drifting(sink, watch);
    this.limit = limit;
    this.sweeping = new Sweeping(sink, store, book);
    this.retiring = new Retiring(sink, store, streams, watch);
    this.open = new OpenSink(sink, ports, notes, watch, projections.names());
  }

  /// Delivers what is due the longest of what the sink can show, and opens the sink before if it
  /// was not, or refused. Then removes from the sink some of what is of generations before, or of
  /// projections that are told no more, and of which nothing is kept.
  ///
  /// @return how many documents the sink was offered; less than the limit when there are no more
  public int step(long epoch) {
    left = false;
    try {
      return stepped(epoch);
    } catch (SinkRefusing refusing) {
      open.close();
      throw refusing;
    }
  }

  /// Whether the sink left some of what the last step offered for later: it takes documents only in
  /// part.
  public boolean left() {
    return left;
  }

  private int stepped(long epoch) {
    if (open.look(epoch, retiring)) {
      sweeping.anew();
    }
    int offered = deliver(epoch, book.due(sink.name(), open.shown(), limit));
    sweeping.step(
        epoch,
        wholeAndShown(epoch),
        (projection, generation) -> open.begin(epoch, projection, generation),
        (projection, generation, changes) -> send(epoch, projection, generation, changes));
    retiring.step(epoch);
    return offered;
  }

  private Map<String, Long> wholeAndShown(long epoch) {
    Map<String, Long> whole = new TreeMap<>(notes.whole(epoch));
    whole.keySet().retainAll(open.shown());
    return whole;
  }

  private int deliver(long epoch, List<Due> due) {
    if (due.isEmpty()) {
      return 0;
    }
    Map<String, Generation> generations = store.generations();
    Map<String, List<Due>> byProjection =
        new TreeMap<>(due.stream().collect(groupingBy(Due::projection)));
    int offered = 0;
    for (Map.Entry<String, List<Due>> some : byProjection.entrySet()) {
      Generation generation = generations.get(some.getKey());
      if (generation != null && open.begin(epoch, some.getKey(), generation.number())) {
        deliver(epoch, some.getKey(), generation.number(), some.getValue());
        offered += some.getValue().size();
      }
    }
    return offered;
  }

  private void reserve(long epoch, String projection, long position) {
    if (!streams.reserve(epoch, sink.name(), projection, position)) {
      throw new SinkRefusing(
          "further", "its stream " + projection + " was moved by somebody else: opening it again");
    }
  }

  private List<Outcome> send(long epoch, String projection, long generation, List<Change> changes) {
    List<Outcome> outcomes =
        sink.deliver(epoch, projection, generation, changes, to -> reserve(epoch, projection, to));
    open.stands(epoch, projection, generation);
    return outcomes;
  }

  private void deliver(long epoch, String projection, long generation, List<Due> due) {
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
        changes.isEmpty() ? List.of() : send(epoch, projection, generation, changes);
    List<Due> stale = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      settle(epoch, sent.get(i), outcomes.get(i), settled, stale);
    }
    book.taken(epoch, sink.name(), settled);
    List<Drift> newer = drifting.newer(projection, stale);
    for (int i = 0; i < stale.size(); i++) {
      book.park(epoch, sink.name(), stale.get(i), newer.get(i).reason());
    }
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
    if (verdict == Verdict.SAME) {
      settled.add(new Taken(due.projection(), due.entity(), wanted.checkpoint()));
    } else if (verdict.drift()) {
      Drift drift = drifting.known(due, verdict);
      if (!verdict.writes()) {
        book.park(epoch, sink.name(), due, drift.reason());
      }
    }
    return verdict.writes() && readable(epoch, due, wanted.document());
  }

  /// What is damaged beside the log is offered to no sink, and stops no other document.
  private boolean readable(long epoch, Due due, Document wanted) {
    try {
      wanted.body();
      return true;
    } catch (JsonRefused damaged) {
      watch.delivered(sink.name(), due.projection(), Outcome.Kind.REFUSED);
      book.park(epoch, sink.name(), due, "cannot be read: " + damaged.getMessage());
      return false;
    }
  }

  private void settle(long epoch, Due due, Outcome outcome, List<Taken> settled, List<Due> stale) {
    watch.delivered(sink.name(), due.projection(), outcome.kind());
    switch (outcome.kind()) {
      case APPLIED, SKIPPED -> settled.add(taken(due));
      case REPLACED -> {
        drifting.replaced(due);
        settled.add(taken(due));
      }
      case STALE -> stale.add(due);
      case REFUSED -> {
        String reason = outcome.reason();
        book.park(epoch, sink.name(), due, reason == null ? "refused" : reason);
      }
      case LATER -> left = true;
    }
  }

  private static Taken taken(Due due) {
    KeptDocument wanted = due.wanted();
    return new Taken(due.projection(), due.entity(), wanted == null ? null : wanted.checkpoint());
  }
}
