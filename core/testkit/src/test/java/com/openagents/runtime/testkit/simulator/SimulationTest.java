package com.openagents.runtime.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.run.Run;
import com.openagents.runtime.testkit.simulator.Plays.Tally;
import java.util.EnumSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Runs keep every law, and come to their end, whatever happens to their executors.
@Tag("G2")
@Tag("G3")
@Tag("G4")
@Tag("G5")
@Tag("G7")
@Tag("scenario-5")
@Tag("scenario-7")
class SimulationTest {

  private static final int SEEDS = 1_000;

  private static Tally tally = Tally.NONE;

  @BeforeAll
  static void play() {
    tally = new Plays().play(1, SEEDS);
  }

  @Test
  void every_law_holds_under_random_faults() {
    assertThat(tally.failure().map(Shrunk::of)).isEmpty();
    assertThat(tally.totals().plays()).isEqualTo(SEEDS);
  }

  @Test
  void every_fault_happens() {
    assertThat(tally.totals().faults())
        .containsOnlyKeys(
            EnumSet.range(Fault.CRASH_BEFORE, Fault.PROVIDER_FAILS).toArray(Fault[]::new));
  }

  @Test
  void what_the_laws_are_about_happens_often() {
    assertThat(tally.totals().sights())
        .containsOnlyKeys(Sight.values())
        .allSatisfy((_, often) -> assertThat(often).isGreaterThan(SEEDS / 20));
  }

  @Test
  void runs_come_to_every_end() {
    assertThat(tally.totals().runs()).containsOnlyKeys(Run.Outcome.values());
  }

  @Test
  void the_same_seed_gives_the_same_schedule() {
    assertThat(Simulation.random(7).play().course().schedule().lines())
        .isEqualTo(Simulation.random(7).play().course().schedule().lines())
        .isNotEqualTo(Simulation.random(8).play().course().schedule().lines());
  }
}
