package com.openagents.runtime.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.testkit.generate.Seeds;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs keep every law, and come to their end, whatever happens to their executors.
@Tag("G2")
@Tag("G3")
@Tag("G4")
@Tag("G5")
@Tag("G7")
@Tag("scenario-5")
@Tag("scenario-7")
class SimulationTest {

  static Stream<Long> seeds() {
    return Seeds.first(1_000);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void every_law_holds_under_random_faults(long seed) {
    assertThat(Simulation.random(seed).play().runs()).hasSize(3);
  }

  @Test
  void the_same_seed_gives_the_same_schedule() {
    assertThat(Simulation.random(7).play().schedule())
        .isEqualTo(Simulation.random(7).play().schedule())
        .isNotEqualTo(Simulation.random(8).play().schedule());
  }
}
