package com.openagents.runtime.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.node.Node.NodeTimes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeTimesTest {

  @Test
  void a_run_without_an_executor_is_looked_for_ten_times_a_lease_and_twice_a_second_at_least() {
    assertThat(NodeTimes.usualTend(Duration.ofSeconds(30))).isEqualTo(Duration.ofMillis(500));
    assertThat(NodeTimes.usualTend(Duration.ofSeconds(5))).isEqualTo(Duration.ofMillis(500));
    assertThat(NodeTimes.usualTend(Duration.ofSeconds(2))).isEqualTo(Duration.ofMillis(200));
  }
}
