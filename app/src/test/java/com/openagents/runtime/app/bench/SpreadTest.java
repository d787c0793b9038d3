package com.openagents.runtime.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void the_median_favours_neither_side() {
    assertThat(Spread.of(List.of(4.0))).isEqualTo(new Spread(4, 4, 4));
    assertThat(Spread.of(List.of(9.0, 4.0))).isEqualTo(new Spread(6.5, 4, 9));
    assertThat(Spread.of(List.of(9.0, 4.0, 5.0))).isEqualTo(new Spread(5, 4, 9));
    assertThat(Spread.of(List.of(9.0, 4.0, 5.0, 6.0))).isEqualTo(new Spread(5.5, 4, 9));
  }
}
