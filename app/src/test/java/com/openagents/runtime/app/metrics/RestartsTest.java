package com.openagents.runtime.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.testkit.Drafts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartsTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Restarts restarts = new Restarts(registry);

  private double count(String reason) {
    return registry.get("runtime.restarts").tag("reason", reason).counter().count();
  }

  private static Append lost(LeaseChange change) {
    var event = new RunExecutorLost(new NodeId("node-1"), 1, 1, 0);
    return Append.of(Drafts.runId(1), Precondition.NONE, List.of(event)).with(change);
  }

  @Test
  void an_executor_whose_lease_was_broken_had_fallen_silent() {
    restarts.count(lost(new LeaseChange.Break()));
    assertThat(count("silent")).isOne();
    assertThat(count("failed")).isZero();
  }

  @Test
  void an_executor_that_gave_its_lease_back_had_failed() {
    restarts.count(lost(LeaseChange.RELEASE));
    assertThat(count("failed")).isOne();
    assertThat(count("silent")).isZero();
  }

  @Test
  void what_goes_on_is_no_restart() {
    restarts.count(Drafts.start(Drafts.runId(1)));
    restarts.count(
        Append.of(Drafts.runId(1), Precondition.NONE, List.of()).with(LeaseChange.RELEASE));
    assertThat(count("failed") + count("silent")).isZero();
  }
}
