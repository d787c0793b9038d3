package com.openagents.runtime.projector;

import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projection.SinkStreams;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Removes from one sink what it shows of projections that are neither told nor kept any more, some
/// at a time. Not thread-safe; throws what the sink and the store throw.
///
/// What the sink refuses to remove, or knows no more, stops nothing else: it stays, with a reason,
/// until the sink is opened again.
///
/// That there was a stream is known until nothing is left of it, so that whoever writes next goes
/// on.
final class Retiring {

  private static final String UNKNOWN =
      "it does not know the projection any more, so what it showed may be there still";

  private final ProjectionSink sink;
  private final ProjectionStore store;
  private final SinkStreams streams;
  private final DeliveryWatch watch;

  /// The generations in which streams stand that are not told.
  private final Map<String, Long> left = new TreeMap<>();

  /// Those of which something was removed since the sink was opened.
  private final Set<String> going = new HashSet<>();

  /// Why others stay.
  private final Map<String, String> staying = new TreeMap<>();

  Retiring(ProjectionSink sink, ProjectionStore store, SinkStreams streams, DeliveryWatch watch) {
    this.sink = sink;
    this.store = store;
    this.streams = streams;
    this.watch = watch;
  }

  /// Whether something stays until the sink is opened again.
  boolean waits() {
    return !staying.isEmpty();
  }

  /// Looks at everything again, because the sink was opened. What is not told begins no stream
  /// afterwards.
  ///
  /// @param found where the sink's streams stand
  /// @param known streams that were written to
  /// @param told projections that are told
  void anew(Map<String, Standing> found, Set<String> known, Collection<String> told) {
    left.clear();
    going.clear();
    for (String projection : known) {
      if (!told.contains(projection)) {
        left.put(projection, found.getOrDefault(projection, Standing.NOWHERE).generation());
      }
    }
    staying.keySet().retainAll(left.keySet());
  }

  /// Removes some of it.
  void step(long epoch) {
    if (!left.isEmpty()) {
      Set<String> kept = store.generations().keySet();
      left.entrySet()
          .removeIf(stream ->
              !kept.contains(stream.getKey()) && passed(epoch, stream.getKey(), stream.getValue()));
    }
  }

  private boolean passed(long epoch, String projection, long generation) {
    try {
      if (sink.shows(projection)) {
        return ended(epoch, projection, generation);
      }
      stays(epoch, projection, UNKNOWN);
    } catch (SinkRefusing refusing) {
      stays(epoch, projection, refusing.reasonClass() + ": " + refusing.getMessage());
    }
    return true;
  }

  private void stays(long epoch, String projection, String reason) {
    streams.stays(epoch, sink.name(), projection, reason);
    if (!reason.equals(staying.put(projection, reason))) {
      watch.stays(sink.name(), projection, reason);
    }
  }

  /// A stream that never began shows nothing.
  private boolean ended(long epoch, String projection, long generation) {
    long above = GenerationNotes.possible(generation) + 1;
    if (generation > 0) {
      sink.begin(epoch, projection, above);
      goes(epoch, projection);
      if (sink.sweep(epoch, projection, above) > 0) {
        return false;
      }
    }
    streams.ended(epoch, sink.name(), projection);
    staying.remove(projection);
    return true;
  }

  /// Whatever kept it before keeps it no more.
  private void goes(long epoch, String projection) {
    if (going.add(projection)) {
      streams.stays(epoch, sink.name(), projection, null);
    }
  }
}
