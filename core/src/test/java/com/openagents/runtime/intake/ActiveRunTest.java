package com.openagents.runtime.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.RunHead;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Which run of a thread a client is sent to.
class ActiveRunTest {

  private final World world = new World();

  @Test
  void it_is_the_newest_that_has_not_ended() {
    world.start(Asked.of("assistant").session(), "older");
    world.advance(Duration.ofSeconds(1));
    RunId newer = world.start(Asked.of("assistant").session(), "newer");
    world.advance(Duration.ofSeconds(1));
    world.start(Asked.of("assistant"), "ends");
    world.settle();

    assertThat(active()).isEqualTo(newer);
  }

  @Test
  void it_is_found_behind_any_number_of_runs_that_came_and_went() {
    RunId session = world.start(Asked.of("assistant").session(), "stays");
    for (int i = 0; i < 25; i++) {
      world.advance(Duration.ofSeconds(1));
      world.start(Asked.of("assistant"), "goes");
    }
    world.settle();

    assertThat(active()).isEqualTo(session);
  }

  @Test
  void there_is_none_once_all_have_ended() {
    for (int i = 0; i < 25; i++) {
      world.start(Asked.of("assistant"), "goes");
    }
    world.settle();

    assertThat(active()).isNull();
  }

  private @Nullable RunId active() {
    RunReads reads =
        new RunReads(
            world.store.log(),
            world.store.index(),
            world.store.threads(),
            world.store.checkpoints(),
            world.store.blobs());
    ThreadId thread = new ThreadId("thread-1");
    RunHead head = reads.activity(thread, World.OWNER).orElseThrow().run();
    RunId active = reads.thread(thread, World.OWNER).orElseThrow().activeRun();
    assertThat(head == null ? null : head.runId()).isEqualTo(active);
    return active;
  }
}
