package com.openagents.runtime.app.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

  private static List<FaultPlan.Step> steps(long seed, int count) {
    FaultPlan plan = new FaultPlan(List.of(Fault.values()), 3, Dice.of(seed));
    List<FaultPlan.Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      steps.add(plan.next());
    }
    return steps;
  }

  @Test
  void a_seed_gives_the_same_plan_and_another_one_another() {
    assertThat(steps(7, 100)).isEqualTo(steps(7, 100)).isNotEqualTo(steps(8, 100));
  }

  @Test
  void every_kind_comes_once_before_any_comes_again() {
    assertThat(steps(7, Fault.values().length))
        .extracting(FaultPlan.Step::fault)
        .containsExactlyInAnyOrder(Fault.values());
  }

  @Test
  void a_fault_is_held_for_a_while_and_befalls_a_node_that_there_is() {
    assertThat(steps(7, 500))
        .allSatisfy(step -> {
          assertThat(step.node()).isBetween(0, 2);
          assertThat(step.hold()).isPositive();
          assertThat(step.pause()).isPositive();
        });
  }
}
