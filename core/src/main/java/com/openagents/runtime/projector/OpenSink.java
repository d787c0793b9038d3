package com.openagents.runtime.projector;

import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkStreams;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// One sink as it was opened for an epoch: what it can show, where its streams stand, and in which
/// generation it is of each projection. Not thread-safe; throws what the sink and the store throw.
final class OpenSink {

  /// Looks after which a sink that cannot show all, or does not let go of what was retired, is
  /// opened again: it may have learned more.
  private static final int ASKED_AGAIN = 200;

  private final ProjectionSink sink;
  private final KnownSinks known;
  private final SinkBook book;
  private final SinkStreams streams;
  private final GenerationNotes notes;
  private final DeliveryWatch watch;
  private final List<String> told;
  private final Map<String, Long> begun = new HashMap<>();

  /// Generations above which documents must be before the sink is offered any.
  private final Map<String, Long> foreign = new HashMap<>();

  private List<String> shown = List.of();
  private Set<String> unshown = Set.of();
  private int looks;
  private long opened;

  OpenSink(
      ProjectionSink sink,
      DeliveryPorts ports,
      GenerationNotes notes,
      DeliveryWatch watch,
      List<String> told) {
    this.sink = sink;
    this.known = ports.known();
    this.book = ports.book();
    this.streams = ports.streams();
    this.notes = notes;
    this.watch = watch;
    this.told = told;
  }

  /// Those that are told and that the sink can show.
  List<String> shown() {
    return shown;
  }

  /// Has the next look open it again.
  void close() {
    opened = 0;
  }

  /// Opens it, where it was not under this epoch.
  ///
  /// @param retiring hears of its streams then
  /// @return whether what it shows may be other than it was known to be
  boolean look(long epoch, Retiring retiring) {
    boolean first = opened != epoch;
    boolean waits = !unshown.isEmpty() || retiring.waits();
    if (!first && !(waits && ++looks >= ASKED_AGAIN)) {
      return false;
    }
    Map<String, Standing> found = sink.open(epoch);
    Map<String, Long> reserved = streams.reserved(sink.name());
    boolean learned = divide(epoch);
    retiring.anew(found, reserved.keySet(), told);
    boolean lost = compare(epoch, of(told, found), reserved);
    begun.clear();
    looks = 0;
    opened = epoch;
    return first || learned || lost;
  }

  /// @return whether it can show other projections than it could before
  private boolean divide(long epoch) {
    shown = told.stream().filter(sink::shows).toList();
    Set<String> now = new TreeSet<>(told);
    shown.forEach(now::remove);
    known.unshown(epoch, sink.name(), now);
    boolean learned = !now.equals(unshown);
    if (learned) {
      watch.unshown(sink.name(), now);
    }
    unshown = now;
    return learned;
  }

  /// Somebody may have emptied the sink, or put an older state in its place; or in the place of
  /// this database. What the sink has of a stream that stands beyond what was reserved for it came
  /// from elsewhere. That is not noted but found again at each opening, until documents above it
  /// are there.
  ///
  /// @return whether the sink has less than it was given
  private boolean compare(long epoch, Map<String, Standing> found, Map<String, Long> reserved) {
    foreign.clear();
    found.forEach((projection, stands) -> {
      if (stands.position() > reserved.getOrDefault(projection, 0L)) {
        foreign.put(projection, stands.generation());
        notes.beyond(projection, GenerationNotes.possible(stands.generation()));
      }
    });
    if (!foreign.isEmpty()) {
      watch.further(sink.name());
    }
    Map<String, Standing> now = new HashMap<>(found);
    now.keySet().removeAll(foreign.keySet());
    boolean lost = false;
    for (Map.Entry<String, Standing> before : of(shown, streams.standing(sink.name())).entrySet()) {
      Standing stands = found.getOrDefault(before.getKey(), Standing.NOWHERE);
      lost |= stands.isBefore(before.getValue());
      if (!foreign.containsKey(before.getKey())) {
        now.put(before.getKey(), stands);
      }
    }
    if (lost) {
      book.lost(epoch, sink.name(), now);
      watch.lost(sink.name());
    }
    return lost;
  }

  private static Map<String, Standing> of(
      Collection<String> projections, Map<String, Standing> standing) {
    Map<String, Standing> some = new HashMap<>(standing);
    some.keySet().retainAll(projections);
    return some;
  }

  /// @return whether the sink is in this generation; when it is in a higher one, the documents must
  ///   be brought above it first
  boolean begin(long epoch, String projection, long generation) {
    if (begun.getOrDefault(projection, 0L) == generation) {
      return true;
    }
    if (foreign.getOrDefault(projection, 0L) >= generation) {
      return false;
    }
    long stands = GenerationNotes.possible(sink.begin(epoch, projection, generation));
    if (stands > generation) {
      notes.beyond(projection, stands);
      return false;
    }
    if (foreign.containsKey(projection)) {
      stands(epoch, projection, generation);
      foreign.remove(projection);
    }
    begun.put(projection, generation);
    return true;
  }

  /// Notes where a stream stands after what was written to it.
  void stands(long epoch, String projection, long generation) {
    streams.stands(
        epoch, sink.name(), projection, new Standing(generation, sink.position(projection)));
  }
}
