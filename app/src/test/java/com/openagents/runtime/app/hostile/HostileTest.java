package com.openagents.runtime.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The drill in its short form. Its long form is a command, see docs/reliability.md.
@Tag("scenario-18")
@Tag("scenario-24")
class HostileTest {

  private static final Duration TIME = Duration.ofSeconds(6);

  @Test
  void a_service_outlives_attackers_of_every_kind_and_serves_the_others() throws Exception {
    Queue<String> lines = new ConcurrentLinkedQueue<>();
    HostileReport report =
        new Hostile(
                new HostileSettings(TIME, Attack.all(), false, 256, 3, 7, lines::add, lines::add))
            .run();

    assertThat(report.lawful()).as("%s%n%s", String.join("\n", lines), report.text()).isTrue();
    assertThat(report.phases()).extracting(Phase::name).containsExactly("quiet", "all");
    assertThat(report.phases().getLast().tallies()).containsOnlyKeys(Attack.values());
  }
}
