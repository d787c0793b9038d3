package com.openagents.runtime.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.execution.Vitals;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The load of a node is told from what its runs are waiting for.
class MeasuringTest {

  private static final Instant START = Instant.parse("2026-01-31T08:15:30Z");

  private final VirtualTime time = new VirtualTime(START);
  private final InMemoryStore store = new InMemoryStore(time);

  private Duration mailboxAge(AgentPrograms programs) {
    return Measuring.mailboxAge(store.index().due(100), programs);
  }

  @Test
  void the_frames_that_wait_are_those_of_all_runs_together() {
    assertThat(Measuring.queued(Stream.of(waiting(3), waiting(0), waiting(4)))).isEqualTo(7);
    assertThat(Measuring.queued(Stream.of())).isZero();
  }

  private static Vitals waiting(int frames) {
    return new Vitals(9, 1, frames, 0, START);
  }

  @Test
  void the_mailbox_is_as_old_as_the_run_that_is_due_longest() {
    store.log().append(Drafts.start(Drafts.runId(1)));
    time.advance(Duration.ofSeconds(5));
    store.log().append(Drafts.start(Drafts.runId(2)));
    time.advance(Duration.ofSeconds(2));

    assertThat(mailboxAge(AgentPrograms.builtIn())).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void a_run_whose_program_is_not_here_waits_for_another_node() {
    store.log().append(Drafts.start(Drafts.runId(1)));
    time.advance(Duration.ofSeconds(5));

    assertThat(mailboxAge(new AgentPrograms(List.of(new Assistant())))).isZero();
  }

  @Test
  void where_nothing_is_due_nothing_is_old() {
    assertThat(mailboxAge(AgentPrograms.builtIn())).isZero();
  }
}
