package com.openagents.runtime.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.testkit.generate.Seeds;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Documents and sinks say what the log says in the end, whatever happens to those who write them.
@Tag("G11")
class ProjectionSimulationTest {

  static Stream<Long> seeds() {
    return Seeds.first(200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void every_law_holds(long seed) {
    assertThat(ProjectionSimulation.of(seed).play().steps()).isPositive();
  }

  @Test
  void the_same_seed_gives_the_same_schedule() {
    assertThat(ProjectionSimulation.of(7).play().schedule().lines())
        .isEqualTo(ProjectionSimulation.of(7).play().schedule().lines())
        .isNotEqualTo(ProjectionSimulation.of(8).play().schedule().lines());
  }
}
