package com.openagents.runtime.testkit.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.testkit.generate.Seeds;
import com.openagents.runtime.testkit.simulator.Simulation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The simulator finds a store that lies to the runtime, by what becomes of the runs.
class SimulationCatchesTest {

  private static final int SEEDS = 300;

  /// What needs a client that lies, or a write that the runtime does not make; or what is fenced by
  /// the sequence as well, as every release is.
  private static final Set<String> OUT_OF_REACH =
      Set.of(
          "a stranger may write",
          "the trace is not kept",
          "nothing after a refused write of a batch happens",
          "a batch is applied from its end",
          "the same frame id with other content is taken for a repetition",
          "waking now sends the run to the end of the queue",
          "a start with other content is taken for a repetition",
          "text is stored without its line breaks",
          "an epoch is only compared from below",
          "a zombie may release the lease of the thief",
          "events are written though their change of the lease is refused");

  static List<Plant> bugs() {
    return Stream.of(LogPlants.all(), LeasePlants.all(), SimulatorPlants.all())
        .flatMap(List::stream)
        .filter(plant -> plant.suite() != LogSuites.LeaseTables.class)
        .filter(plant -> !OUT_OF_REACH.contains(plant.bug()))
        .toList();
  }

  /// Tells the first seed that finds the bug, so that the report shows how dear each is.
  @ParameterizedTest
  @MethodSource("bugs")
  void a_planted_bug_breaks_a_law_within_the_budget(Plant plant, TestReporter report) {
    Optional<Long> found = Seeds.first(SEEDS).filter(seed -> breaks(seed, plant)).findFirst();
    assertThat(found).as("the first of %d seeds that finds it", SEEDS).isPresent();
    report.publishEntry(plant.bug(), "seed " + found.orElseThrow());
  }

  private static boolean breaks(long seed, Plant plant) {
    try {
      Simulation.random(seed).over(log -> spoiled(log, plant)).play();
      return false;
    } catch (AssertionError found) {
      return true;
    }
  }

  private static EventLog spoiled(EventLog honest, Plant plant) {
    Planted planted = new Planted();
    planted.log = honest;
    plant.planting().accept(planted);
    return planted.log;
  }
}
