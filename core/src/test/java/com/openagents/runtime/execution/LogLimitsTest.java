package com.openagents.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.run.Run;
import org.junit.jupiter.api.Test;

class LogLimitsTest {

  private static final Run FULL = new Run.Ended(Run.Outcome.FAILED, ReasonClass.LOG_LIMIT);

  private static RunId talkUntilItEnds(World world) {
    RunId run = world.start(Asked.of("assistant").session(), "hello");
    world.settle();
    for (int i = 0; i < 100 && !world.head(run).columns().run().ended(); i++) {
      world.say(run, "hello again");
      world.settle();
    }
    return run;
  }

  @Test
  void a_log_that_has_too_many_events_ends_its_run_after_one_warning() {
    World world = new World(Limits.defaults().withEventsMax(100));
    RunId run = talkUntilItEnds(world);
    assertThat(world.state(run).run()).isEqualTo(FULL);
    assertThat(world.head(run).lastSeq()).isBetween(100L, 115L);
    assertThat(world.events(run, RunLimitWarning.class))
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.limit()).isEqualTo("events");
          assertThat(warning.used()).isBetween(80L, 92L);
          assertThat(warning.max()).isEqualTo(100);
        });
  }

  @Test
  void a_log_that_is_too_large_ends_its_run_after_one_warning() {
    World world = new World(Limits.defaults().withBytesMax(20_000));
    RunId run = talkUntilItEnds(world);
    assertThat(world.state(run).run()).isEqualTo(FULL);
    assertThat(world.events(run, RunLimitWarning.class))
        .singleElement()
        .satisfies(warning -> assertThat(warning.limit()).isEqualTo("bytes"));
  }
}
