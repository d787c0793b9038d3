package com.openagents.runtime.testkit.guard;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.testkit.simulator.Failure;
import com.openagents.runtime.testkit.simulator.Shrunk;
import com.openagents.runtime.testkit.simulator.Simulation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The simulator finds a store that lies to the runtime, by what becomes of the runs, and tells it
/// by a small play.
///
/// `mvn -pl core/testkit -am test -Dtest=SimulationCatchesTest -Dreliability.write=true` writes
/// what it took into `docs/reliability.md`.
class SimulationCatchesTest {

  /// As many as a build plays.
  static final int SEEDS = 1_000;

  private static final int FAULTS_FEW = 2;

  /// A store that breaks one of these breaks another law before.
  private static final List<String> ANOTHER_BREAKS_BEFORE =
      List.of(
          "what a fork inherits is not carried on",
          "what is left says what was written",
          "a reader has of each text the whole",
          "a cursor that was given out leads on");

  private static List<FoundBug> found = List.of();

  @BeforeAll
  static void look() throws IOException {
    found = SeededBugs.all().stream().flatMap(plant -> find(plant).stream()).toList();
    if (Boolean.getBoolean("reliability.write")) {
      SeededBugTable.write(SeededBugTable.HEAD, found.stream().map(FoundBug::row).toList());
    }
  }

  private static Optional<FoundBug> find(Plant plant) {
    return SeededBugs.firstFailure(plant, SEEDS)
        .map(failure -> new FoundBug(plant, Shrunk.of(failure)));
  }

  @Test
  void every_bug_breaks_a_law_within_the_seeds_of_a_build() {
    assertThat(found)
        .extracting(bug -> bug.plant().bug())
        .containsExactlyElementsOf(SeededBugs.all().stream().map(Plant::bug).toList());
    assertThat(found).hasSizeGreaterThanOrEqualTo(15);
  }

  @Test
  void every_law_is_broken_by_some_bug() {
    assertThat(broken()).containsAll(without(Simulation.laws(), ANOTHER_BREAKS_BEFORE));
    assertThat(broken())
        .as("may leave the list")
        .doesNotContainAnyElementsOf(ANOTHER_BREAKS_BEFORE);
  }

  private static Set<String> broken() {
    return found.stream().map(bug -> bug.shrunk().found().law()).collect(toSet());
  }

  private static List<String> without(List<String> all, List<String> some) {
    return all.stream().filter(law -> !some.contains(law)).toList();
  }

  @Test
  void no_bug_is_found_by_a_mistake_of_the_code_that_plants_it() {
    found.forEach(bug -> Origin.assertIsNoPlant(bug.shrunk().found(), bug.plant()));
  }

  @Test
  void the_document_names_every_bug_and_none_needs_more_seeds_than_it_says() throws IOException {
    assertThat(found)
        .extracting(bug -> bug.plant().bug())
        .containsExactlyInAnyOrderElementsOf(SeededBugTable.seedsMax(SeededBugTable.HEAD).keySet());
    for (FoundBug bug : found) {
      assertThat(bug.seeds())
          .as("seeds for: %s; -Dreliability.write=true writes it anew", bug.plant())
          .isLessThanOrEqualTo(
              SeededBugTable.seedsMax(SeededBugTable.HEAD).getOrDefault(bug.plant().bug(), 0));
    }
  }

  @Test
  void what_is_left_of_a_play_is_no_larger_and_breaks_the_same_law() {
    for (FoundBug bug : found) {
      Failure smallest = bug.shrunk().smallest();
      assertThat(smallest.law()).isEqualTo(bug.shrunk().found().law());
      assertThat(smallest.size()).isLessThanOrEqualTo(bug.shrunk().found().size());
      assertThat(SeededBugs.again(smallest)).as("%s, again", bug.plant()).contains(smallest.law());
    }
  }

  @Test
  void of_most_plays_two_faults_or_fewer_are_left() {
    List<Shrunk> large =
        found.stream()
            .map(FoundBug::shrunk)
            .filter(shrunk -> shrunk.found().strikes().size() > FAULTS_FEW)
            .toList();
    assertThat(large).hasSizeGreaterThanOrEqualTo(15);
    assertThat(large)
        .filteredOn(shrunk -> shrunk.smallest().strikes().size() <= FAULTS_FEW)
        .hasSizeGreaterThan(large.size() * 2 / 3);
  }
}
