package com.openagents.runtime.app.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What becomes of faults that cannot be caused.
class FaultTrackTest {

  private static final Set<Fault> KINDS = EnumSet.of(Fault.CUT, Fault.LOCK);

  private final FaultCount count = new FaultCount();
  private final List<Fault> attempts = new ArrayList<>();
  private final List<Breach> breaches = new ArrayList<>();

  private void run(FaultTrack.Attempt attempt) {
    FaultPlan plan = new FaultPlan(KINDS, 3, Dice.of(7));
    new FaultTrack(plan, attempt, this::over, breaches::add).run();
  }

  private boolean over() {
    return attempts.size() >= 100 || KINDS.stream().allMatch(kind -> count.of(kind) > 0);
  }

  @Test
  void a_fault_that_could_not_be_caused_is_caused_before_the_next() {
    run(step -> {
      attempts.add(step.fault());
      if (attempts.size() == 1) {
        return false;
      }
      count.happened(step.fault());
      return true;
    });
    assertThat(attempts).hasSize(3);
    assertThat(attempts.get(1)).isEqualTo(attempts.get(0)).isNotEqualTo(attempts.get(2));
    assertThat(breaches).isEmpty();
  }

  @Test
  void a_fault_that_can_never_be_caused_keeps_no_other_away() {
    run(step -> {
      attempts.add(step.fault());
      boolean caused = step.fault() == Fault.CUT;
      if (caused) {
        count.happened(step.fault());
      }
      return caused;
    });
    assertThat(attempts).hasSize(100);
    assertThat(count.of(Fault.CUT)).isGreaterThan(1);
  }

  @Test
  void a_track_that_breaks_off_is_told() {
    run(_ -> {
      throw new IllegalStateException("no clock");
    });
    assertThat(breaches)
        .singleElement()
        .satisfies(breach -> {
          assertThat(breach.law()).isEqualTo(Law.SEEN_THROUGH);
          assertThat(breach.toString()).contains("faults", "no clock");
        });
  }
}
