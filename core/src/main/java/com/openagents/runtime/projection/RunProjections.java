package com.openagents.runtime.projection;

import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.StoredEvent;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Which projections there are: the run summaries, which threads are told from, and others.
///
/// Immutable.
public final class RunProjections {

  /// Run summaries, timeline slices, and thread summaries beside them.
  public static final RunProjections BUILT_IN =
      new RunProjections(List.of(TimelineSlices.INSTANCE));

  private final List<RunProjection<?>> others;
  private final Set<EventType> read;

  /// @param others beside run summaries and thread summaries
  /// @throws IllegalArgumentException when two have one name
  public RunProjections(List<RunProjection<?>> others) {
    this.others = List.copyOf(others);
    this.read = EnumSet.allOf(EventType.class);
    read.removeIf(type -> !ReadRow.reads(type) && all().noneMatch(p -> p.reads(type)));
    if (names().stream().distinct().count() != names().size()) {
      throw new IllegalArgumentException("two projections have one name: " + ids());
    }
  }

  /// The same and one more.
  public RunProjections with(RunProjection<?> another) {
    return new RunProjections(Stream.concat(others.stream(), Stream.of(another)).toList());
  }

  List<RunProjection<?>> others() {
    return others;
  }

  /// Whether anybody tells of what an event says. One of a version that is not the present one is
  /// read in any case, and so is one of no known type.
  boolean reads(StoredEvent event) {
    EventType type = EventType.named(event.type()).orElse(null);
    return type == null || type.version() != event.version() || read.contains(type);
  }

  private Stream<RunProjection<?>> all() {
    return Stream.concat(Stream.of(RunSummaries.INSTANCE), others.stream());
  }

  /// All of them, thread summaries last.
  public List<ProjectionId> ids() {
    return Stream.concat(ofRuns().stream(), Stream.of(ThreadSummary.ID)).toList();
  }

  /// The names of all of them.
  public List<String> names() {
    return ids().stream().map(ProjectionId::name).toList();
  }

  /// Those whose documents are about one run.
  public List<ProjectionId> ofRuns() {
    return all().<ProjectionId>map(RunProjection::id).toList();
  }

  public Optional<ProjectionId> named(String name) {
    return ids().stream().filter(id -> id.name().equals(name)).findFirst();
  }
}
