package com.openagents.runtime.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.testkit.Drafts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MeteredEventLogTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MeteredEventLog log =
      new MeteredEventLog(
          new InMemoryStore(new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"))).log(),
          registry);

  @Test
  void a_fork_is_timed_but_says_nothing_of_how_loaded_the_node_is() {
    log.append(Drafts.start(Drafts.runId(1)));
    assertThat(log.recentLatency()).isPositive();
    log.append(Drafts.fork(Drafts.runId(1), 1, Drafts.runId(2)));
    assertThat(log.recentLatency()).isEqualTo(Duration.ZERO);
    assertThat(registry.get("runtime.append").timer().count()).isEqualTo(2);
  }

  @Test
  void every_event_that_was_written_is_counted_and_those_that_a_fork_copies() {
    log.append(Drafts.start(Drafts.runId(1)));
    log.append(Drafts.deltas(Drafts.runId(1), Precondition.OPEN, "a", "b", "c"));
    log.append(Drafts.acquire(Drafts.runId(1), Drafts.NODE));
    assertThat(registry.get("runtime.events").counter().count()).isEqualTo(4);
    log.append(Drafts.fork(Drafts.runId(1), 2, Drafts.runId(2)));
    double copied = log.head(Drafts.runId(2)).orElseThrow().lastSeq();
    assertThat(registry.get("runtime.events").counter().count()).isEqualTo(4 + copied);
  }
}
