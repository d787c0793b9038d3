package com.openagents.runtime.inmemory;

import com.openagents.runtime.inmemory.ProjectionTables.Mark;
import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.SinkBook.Held;
import com.openagents.runtime.projection.SinkStreams.Leaving;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is known of one sink: its marks by projection and entity, oldest first, and where its
/// streams stand. To be used inside [ProjectionTables#exclusively].
final class Book {

  boolean paused;
  boolean forgotten;
  boolean marking = true;
  long served;

  /// The last document that became due by marking, or null before the first one.
  ProjectionTables.@Nullable Key marked;

  /// When the last one did that was kept before.
  Instant markedAt = Instant.EPOCH;

  Set<String> unshown = Set.of();
  @Nullable String trouble;
  final Map<ProjectionTables.Key, Mark> marks = new LinkedHashMap<>();
  final Map<String, Standing> standing = new TreeMap<>();
  final Map<String, Long> reserved = new TreeMap<>();

  /// Why streams stay.
  private final Map<String, String> staying = new TreeMap<>();

  Map<String, Held> held(String projection, Collection<String> entityIds) {
    Map<String, Held> held = new HashMap<>();
    for (String entityId : entityIds) {
      Mark mark = marks.get(new ProjectionTables.Key(projection, entityId));
      if (mark != null && mark.there != null) {
        held.put(entityId, new Held(mark.there, mark.parked != null));
      }
    }
    return held;
  }

  Book copy() {
    Book copy = new Book();
    copy.paused = paused;
    copy.forgotten = forgotten;
    copy.marking = marking;
    copy.served = served;
    copy.marked = marked;
    copy.markedAt = markedAt;
    copy.unshown = unshown;
    copy.trouble = trouble;
    marks.forEach((key, mark) -> copy.marks.put(key, mark.copy()));
    copy.standing.putAll(standing);
    copy.reserved.putAll(reserved);
    copy.staying.putAll(staying);
    return copy;
  }

  List<String> shown(Collection<String> told) {
    return told.stream().filter(name -> !unshown.contains(name)).toList();
  }

  void stands(String projection, Standing stands) {
    standing.put(projection, stands);
    reserved.put(projection, stands.position());
    staying.remove(projection);
  }

  void ended(String projection) {
    standing.remove(projection);
    reserved.remove(projection);
    staying.remove(projection);
  }

  void stays(String projection, @Nullable String reason) {
    if (reason == null) {
      staying.remove(projection);
    } else if (reserved.containsKey(projection)) {
      staying.put(projection, reason);
    }
  }

  /// @return whether it stayed
  boolean letGo(String projection) {
    boolean goes = staying.containsKey(projection);
    if (goes) {
      ended(projection);
    }
    return goes;
  }

  /// @param alive projections that are told or kept
  Stream<Leaving> leaving(String sink, Collection<String> alive) {
    return reserved.keySet().stream()
        .filter(projection -> !alive.contains(projection))
        .map(projection -> new Leaving(sink, projection, staying.get(projection)));
  }
}
