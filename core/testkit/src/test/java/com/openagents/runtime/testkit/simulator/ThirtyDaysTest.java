package com.openagents.runtime.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.engine.InMemoryEngine;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.model.EchoModels;
import com.openagents.runtime.run.Run;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Days pass on virtual time without anybody waiting for them.
class ThirtyDaysTest {

  private static final Duration TICK = Duration.ofSeconds(30);
  private static final int DAYS = 30;
  private static final int TICKS = 1_000;

  /// Sleeps from day to day for as long as there are days.
  private record Daily(Instant begins, int days) implements AgentProgram {
    @Override
    public String name() {
      return "daily";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public List<Intent> decide(AgentState state) {
      int day = state.turn() == null ? 0 : state.turn().steps().size();
      return day < days
          ? List.of(new Intent.SleepUntil(begins.plus(Duration.ofDays(day + 1L))))
          : List.of(new Intent.AwaitFrames());
    }
  }

  @Test
  void a_run_that_sleeps_daily_is_woken_on_each_of_thirty_days() {
    Instant begins = Instant.parse("2026-01-01T00:00:00Z");
    InMemoryEngine engine =
        new InMemoryEngine(new AgentPrograms(List.of(new Daily(begins, DAYS))), new EchoModels());
    RunId run = engine.start("daily", "begin");
    int ticks = 0;
    while (engine.now().isBefore(begins.plus(Duration.ofDays(DAYS)))) {
      engine.advance(TICK);
      ticks++;
    }
    engine.settle();
    assertThat(ticks).isEqualTo(DAYS * 24 * 60 * 2);
    assertThat(engine.now()).isEqualTo(begins.plus(Duration.ofDays(DAYS)));
    assertThat(engine.events(run)).filteredOn(e -> e.event() instanceof RunResumed).hasSize(DAYS);
    assertThat(engine.state(run).run()).isEqualTo(new Run.Ended(Run.Outcome.COMPLETED, null));
  }

  /// Counted in memory, as a look at the runs takes some: time cannot be asserted.
  @Test
  void a_tick_at_which_nothing_is_due_looks_at_nothing() {
    Instant begins = Instant.parse("2026-01-01T00:00:00Z");
    InMemoryEngine engine =
        new InMemoryEngine(new AgentPrograms(List.of(new Daily(begins, DAYS))), new EchoModels());
    engine.start("daily", "begin");
    engine.advance(TICK);
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();
    for (int tick = 0; tick < TICKS; tick++) {
      engine.advance(TICK);
    }
    assertThat((memory.getCurrentThreadAllocatedBytes() - before) / TICKS).isLessThan(512);
  }

  @Test
  void a_message_between_two_ticks_is_answered_at_the_next() {
    InMemoryEngine engine = new InMemoryEngine(AgentPrograms.builtIn(), new EchoModels());
    RunId run = engine.start("echo", Lifecycle.SESSION, "one");
    engine.advance(TICK);
    engine.send(run, "two");
    engine.advance(Duration.ZERO);
    assertThat(engine.state(run).turn()).isEqualTo(2);
  }
}
