package com.openagents.runtime.projector;

import static java.util.stream.Collectors.toMap;

import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.CheckpointRules;
import com.openagents.runtime.projection.CheckpointRules.Verdict;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.SinkBook.Due;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projection.WriterFenced;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Tells of what one sink had that it should not have had, and what is known of that. Not
/// thread-safe.
final class Drifting {

  /// Documents that the sink is asked for after a delivery, at once: all of them may have drifted.
  private static final int READ_AT_MOST = 50;

  private static final String NOT_KNOWN = "not known";

  private final ProjectionSink sink;
  private final DeliveryWatch watch;

  Drifting(ProjectionSink sink, DeliveryWatch watch) {
    this.sink = sink;
    this.watch = watch;
  }

  /// What the sink is known to have, before anything is sent.
  Drift known(Due due, Verdict verdict) {
    return told(due, verdict, Difference.said(due.there()));
  }

  /// The sink had another text at the same place in history, and has it no more. Where that was
  /// known before, it has been told.
  void replaced(Due due) {
    KeptDocument wanted = due.wanted();
    if (wanted == null) {
      told(due, Verdict.SUMMARY_HASH_MISMATCH, NOT_KNOWN);
    } else if (verdict(due.there(), wanted) != Verdict.SUMMARY_HASH_MISMATCH) {
      String place = Difference.place(wanted.checkpoint());
      told(due, Verdict.SUMMARY_HASH_MISMATCH, place + ", another hash, which is not known");
    }
  }

  /// The sink has newer forms of some documents of a projection, as it says. What it has is read
  /// from it, in one call for some of them; when that fails it is not known.
  ///
  /// @return a drift for each, in their order
  List<Drift> newer(String projection, List<Due> stale) {
    if (stale.isEmpty()) {
      return List.of();
    }
    List<Due> some = stale.subList(0, Math.min(stale.size(), READ_AT_MOST));
    Optional<Map<String, Shown>> shown = read(projection, some);
    return IntStream.range(0, stale.size())
        .mapToObj(i ->
            shown.isPresent() && i < some.size()
                ? newer(stale.get(i), shown.get().get(stale.get(i).entity().id()))
                : told(stale.get(i), Verdict.CHECKPOINT_AHEAD, NOT_KNOWN))
        .toList();
  }

  private Optional<Map<String, Shown>> read(String projection, List<Due> some) {
    try {
      return Optional.of(
          sink.read(projection, some.stream().map(due -> due.entity().id()).toList()).stream()
              .collect(toMap(Shown::entityId, one -> one, (one, _) -> one)));
    } catch (SinkAway | SinkRefusing | WriterFenced _) {
      return Optional.empty();
    }
  }

  private Drift newer(Due due, @Nullable Shown shown) {
    if (shown == null) {
      return told(due, Verdict.CHECKPOINT_AHEAD, "nothing that it shows");
    }
    Checkpoint there = shown.there();
    KeptDocument wanted = due.wanted();
    boolean version = wanted != null && verdict(there, wanted) == Verdict.PROJECTION_VERSION_BEHIND;
    return told(
        due,
        version ? Verdict.PROJECTION_VERSION_BEHIND : Verdict.CHECKPOINT_AHEAD,
        "%s, %s".formatted(Difference.place(there), shown.shown()));
  }

  private static Verdict verdict(@Nullable Checkpoint there, KeptDocument wanted) {
    return CheckpointRules.decide(there, wanted.checkpoint());
  }

  private Drift told(Due due, Verdict verdict, String found) {
    KeptDocument wanted = due.wanted();
    String expected = Difference.said(wanted == null ? null : wanted.checkpoint());
    Drift drift = new Drift(sink.name(), due.projection(), due.entity(), verdict, expected, found);
    watch.drift(drift);
    return drift;
  }
}
