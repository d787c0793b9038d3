package com.openagents.runtime.http.edge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.http.exchange.Problem;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {

  private static final long MAX = 800_000;

  private final BodyBudget budget = new BodyBudget(MAX);

  @Test
  void large_calls_leave_the_last_eighth_to_small_ones() {
    try (BodyBudget.Room large = budget.room();
        BodyBudget.Room another = budget.room();
        BodyBudget.Room small = budget.room()) {
      large.grow(700_000);
      assertThatThrownBy(() -> another.grow(BodyBudget.SMALL + 1)).isInstanceOf(Problem.class);
      assertThatCode(() -> small.grow(BodyBudget.SMALL)).doesNotThrowAnyException();
      assertThatThrownBy(() -> small.grow(1)).isInstanceOf(Problem.class);
    }
  }

  @Test
  void what_a_call_held_is_there_again_when_it_is_over() {
    for (int i = 0; i < 3; i++) {
      try (BodyBudget.Room room = budget.room()) {
        room.grow(400_000);
        room.grow(300_000);
        assertThatThrownBy(() -> room.grow(100_000)).isInstanceOf(Problem.class);
      }
    }
  }
}
