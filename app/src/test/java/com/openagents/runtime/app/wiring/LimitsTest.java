package com.openagents.runtime.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.node.Node.NodeTimes;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.execution.Limits;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a run may take, and how often a node looks, is what the operator set.
class LimitsTest {

  @Test
  void every_limit_of_a_run_can_be_set() {
    Limits limits =
        Engine.limits(
            Settings.read(
                Map.of(
                    "OA_TURN_DEADLINE", "7m",
                    "OA_MAX_EVENTS", "12345",
                    "OA_MAX_BYTES", "3GiB")));
    assertThat(limits.turnDeadline()).isEqualTo(Duration.ofMinutes(7));
    assertThat(limits.eventsMax()).isEqualTo(12_345);
    assertThat(limits.bytesMax()).isEqualTo(3L << 30);
  }

  @Test
  void every_time_of_a_node_can_be_set() {
    var set =
        Settings.read(
            Map.of(
                "OA_LEASE_TTL", "9s",
                "OA_POLL_INTERVAL", "40ms",
                "OA_JANITOR_INTERVAL", "50ms"));
    assertThat(Engine.times(set))
        .isEqualTo(
            new NodeTimes(Duration.ofSeconds(9), Duration.ofMillis(40), Duration.ofMillis(50)));
    assertThat(Engine.times(Settings.read(Map.of("OA_LEASE_TTL", "3s"))))
        .isEqualTo(
            new NodeTimes(Duration.ofSeconds(3), Duration.ofMillis(250), Duration.ofMillis(300)));
  }

  @Test
  void without_settings_the_limits_are_those_of_the_library() {
    assertThat(Engine.limits(Settings.read(Map.of()))).isEqualTo(Limits.defaults());
  }
}
