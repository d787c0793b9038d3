package com.openagents.runtime.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A failure tells what somebody needs who has never seen the simulator.
class ShrunkFailuresTest {

  private static Failure failure() {
    return new Plays(seed -> Simulation.random(seed).withoutAgeing().over(Amnesia::new))
        .firstFailure(3, 100)
        .orElseThrow();
  }

  @Test
  void the_message_names_seed_law_play_and_schedule() {
    assertThat(failure())
        .hasMessageContaining("seed 3 breaks \"its sequences are 1, 2, 3")
        .hasMessageContaining("3 nodes")
        .hasMessageContaining("run…01 in thread")
        .hasMessageContaining("CRASH")
        .hasMessageContaining("append run…");
  }

  @Test
  void what_is_left_is_one_node_one_turn_and_no_fault() {
    Failure failure = failure();
    Failure smallest = Shrunk.of(failure).smallest();
    assertThat(smallest.simulation().nodes()).isEqualTo(1);
    assertThat(smallest.simulation().conversations()).hasSize(1);
    assertThat(smallest.simulation().conversations().getFirst().messages()).hasSize(1);
    assertThat(smallest.strikes()).isEmpty();
    assertThat(smallest.law()).isEqualTo(failure.law());
  }

  @Test
  void a_failure_always_shrinks_to_the_same() {
    assertThat(Shrunk.of(failure())).hasToString(Shrunk.of(failure()).toString());
  }

  @Test
  void it_says_how_to_see_both_again() {
    Failure failure = failure();
    assertThat(Shrunk.of(failure).toString())
        .startsWith(failure.headline())
        .contains("Smaller, and still broken")
        .contains("core/testkit/bin/simulate --seed 3,");
  }
}
