package com.openagents.runtime.testkit.projector;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.projector.Standstill;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G12")
class StandstillTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final ProjectedRuns runs = new ProjectedRuns();
  private final Standstill standstill =
      new Standstill(runs.store.projections(), runs.store.changes());

  private Duration seen(long second) {
    return standstill.look(NOW.plusSeconds(second));
  }

  @Test
  void where_nothing_happens_nothing_stands_still() {
    assertThat(seen(0)).isZero();
    assertThat(seen(1_000)).isZero();
  }

  @Test
  void it_lasts_from_the_first_look_until_something_is_taken_in() {
    runs.goOn(1);
    assertThat(seen(10)).isZero();
    assertThat(seen(70)).isEqualTo(Duration.ofSeconds(60));
    runs.goOn(2);
    assertThat(seen(80)).isEqualTo(Duration.ofSeconds(70));
    runs.projector.follow(runs.epoch());
    assertThat(seen(90)).isZero();
    runs.goOn(3);
    assertThat(seen(100)).isZero();
    assertThat(seen(130)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void whoever_is_always_a_little_behind_does_not_stand_still() {
    for (int run = 1; run <= ProjectedRuns.COUNT; run++) {
      runs.projector.follow(runs.epoch());
      runs.goOn(run);
      assertThat(seen(run * 100L)).isZero();
    }
  }

  @Test
  void what_was_never_begun_stands_still() {
    runs.store.projections().wipe();
    assertThat(seen(0)).isZero();
    assertThat(seen(50)).isEqualTo(Duration.ofSeconds(50));
  }
}
