package com.openagents.runtime.projection;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which projections there are: the run summaries, which threads are told from, and others.
///
/// Immutable.
public final class RunProjections {

  /// Run summaries, timeline slices, and thread summaries beside them.
  public static final RunProjections BUILT_IN =
      new RunProjections(List.of(TimelineSlices.INSTANCE));

  private final List<RunProjection<?>> others;

  /// @param others beside run summaries and thread summaries
  /// @throws IllegalArgumentException when two have one name
  public RunProjections(List<RunProjection<?>> others) {
    this.others = List.copyOf(others);
    long names = ids().stream().map(ProjectionId::name).distinct().count();
    if (names != ids().size()) {
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

  /// All of them, thread summaries last.
  public List<ProjectionId> ids() {
    return Stream.concat(ofRuns().stream(), Stream.of(ThreadSummary.ID)).toList();
  }

  /// Those whose documents are about one run.
  public List<ProjectionId> ofRuns() {
    return Stream.concat(
            Stream.of(RunSummaries.INSTANCE.id()), others.stream().map(RunProjection::id))
        .toList();
  }

  public Optional<ProjectionId> named(String name) {
    return ids().stream().filter(id -> id.name().equals(name)).findFirst();
  }
}
