package com.openagents.runtime.testkit.guard;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.testkit.guard.ProjectionBugs.Named;
import com.openagents.runtime.testkit.simulator.ProjectionFailure;
import com.openagents.runtime.testkit.simulator.ProjectionSimulation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Plays of projections find a store, a sink or a node that has a bug.
///
/// `mvn -pl core/testkit -am test -Dtest=ProjectionSimulationCatchesTest -Dreliability.write=true`
/// writes what it took into `docs/reliability.md`.
@Tag("G11")
class ProjectionSimulationCatchesTest {

  static final String TABLE = "| bug of projections | seeds needed | at most |";

  private static final int SEEDS = 300;
  private static final int OFTEN = 30;

  private static final Map<String, ProjectionFailure> FOUND = new TreeMap<>();

  @BeforeAll
  static void look() throws IOException {
    for (Named bug : ProjectionBugs.all()) {
      first(bug).ifPresent(failure -> FOUND.put(bug.name(), failure));
    }
    if (Boolean.getBoolean("reliability.write")) {
      SeededBugTable.write(
          TABLE,
          ProjectionBugs.all().stream()
              .filter(bug -> FOUND.containsKey(bug.name()))
              .map(bug -> row(bug, requireNonNull(FOUND.get(bug.name()))))
              .toList());
    }
  }

  private static Optional<ProjectionFailure> first(Named bug) {
    return LongStream.rangeClosed(1, SEEDS)
        .mapToObj(seed -> played(new ProjectionSimulation(seed, bug.bug())))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<ProjectionFailure> played(ProjectionSimulation play) {
    try {
      play.play();
      return Optional.empty();
    } catch (ProjectionFailure failure) {
      return Optional.of(failure);
    }
  }

  private static String row(Named bug, ProjectionFailure failure) {
    return "| %s | %d | %d | %s |"
        .formatted(bug.name(), failure.seed(), failure.seed() <= 3 ? OFTEN : SEEDS, failure.law());
  }

  @Test
  void every_bug_breaks_a_law_within_the_seeds_of_a_build() {
    assertThat(FOUND.keySet())
        .containsExactlyInAnyOrderElementsOf(
            ProjectionBugs.all().stream().map(Named::name).toList());
  }

  @Test
  void the_document_names_every_bug_and_none_needs_more_seeds_than_it_says() throws IOException {
    Map<String, Integer> most = SeededBugTable.seedsMax(TABLE);
    assertThat(most.keySet())
        .containsExactlyInAnyOrderElementsOf(
            ProjectionBugs.all().stream().map(Named::name).toList());
    FOUND.forEach((bug, failure) ->
        assertThat(failure.seed())
            .as("seeds for: %s; -Dreliability.write=true writes it anew", bug)
            .isLessThanOrEqualTo(most.getOrDefault(bug, 0)));
  }

  @Test
  void every_law_is_broken_by_some_bug() {
    assertThat(FOUND.values())
        .extracting(ProjectionFailure::law)
        .containsAll(ProjectionSimulation.laws());
  }

  @Test
  void the_same_seed_breaks_the_same_law_again() {
    for (Named bug : ProjectionBugs.all()) {
      ProjectionFailure found = requireNonNull(FOUND.get(bug.name()), bug.name());
      assertThat(played(new ProjectionSimulation(found.seed(), bug.bug())))
          .map(ProjectionFailure::law)
          .contains(found.law());
    }
  }

  @Test
  void bugs_are_as_many_as_there_are_promises() {
    assertThat(List.copyOf(ProjectionBugs.all())).hasSizeGreaterThanOrEqualTo(11);
  }
}
