package com.openagents.runtime.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void each_round_is_compared_with_what_the_reference_reached_before_and_after_it()
      throws Exception {
    var ours = List.of(30.0, 10.0).iterator();
    var reference = List.of(10.0, 20.0, 60.0).iterator();
    Comparison comparison = Comparison.of(2, ours::next, reference::next);
    assertThat(comparison.reference()).containsExactly(15.0, 40.0);
    assertThat(comparison.ratio()).isEqualTo(new Spread(1.125, 0.25, 2));
    assertThat(comparison.cost()).isEqualTo(new Spread(2.25, 0.5, 4));
  }
}
