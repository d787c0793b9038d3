package com.openagents.runtime.app.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The drill in its short form. Its long form is a command, see docs/reliability.md.
@Tag("G3")
@Tag("G4")
@Tag("G5")
@Tag("G6")
@Tag("G7")
@Tag("scenario-1")
@Tag("scenario-20")
@Tag("scenario-23")
class ChaosTest {

  private static final long SEED = Long.getLong("chaos.seed", 7);
  private static final Set<Fault> FAULTS =
      EnumSet.of(
          Fault.KILL,
          Fault.FREEZE,
          Fault.CRASH,
          Fault.CUT,
          Fault.STALL,
          Fault.CONNECTIONS,
          Fault.READONLY);

  @Test
  void every_law_holds_after_kills_crashes_and_starvation() throws Exception {
    Queue<String> lines = new ConcurrentLinkedQueue<>();
    ChaosSettings settings =
        new ChaosSettings(
            3, 6, SEED, FAULTS, new Extent(Duration.ZERO, 10, 2), lines::add, _ -> {});

    ChaosReport report = new Chaos(settings).run();

    assertThat(report.lawful()).as("%s%n%s", String.join("\n", lines), report.text()).isTrue();
    assertThat(report.count().of(Fault.KILL)).isGreaterThanOrEqualTo(10);
    assertThat(report.count().of(Fault.CRASH)).isGreaterThanOrEqualTo(2);
    assertThat(report.count().all()).containsOnlyKeys(FAULTS);
    assertThat(report.findings().executorsLost()).isPositive();
    assertThat(report.findings().forks()).isPositive();
    assertThat(report.findings().framesTogether()).isPositive();
  }
}
