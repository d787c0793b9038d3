package com.openagents.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.execution.Execution.Over;
import com.openagents.runtime.execution.Execution.Progress;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.log.ThreadLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// An executor whose store does not answer what was said in the thread, while its lease is renewed.
class UnreadableThreadTest {

  private static final class SilentThreads implements ThreadLog {
    @Override
    public Optional<Principal> owner(ThreadId threadId) {
      return Optional.empty();
    }

    @Override
    public List<StoredEvent> conversation(ThreadId threadId, int limit) {
      throw new StoreUnavailable("the thread is not read in time", new IllegalStateException());
    }
  }

  private final World world = new World();
  private final RunId run = world.start(Asked.of("assistant"), "hello");
  private final Execution execution = executionOnANodeThatReadsNoThread();

  private Execution executionOnANodeThatReadsNoThread() {
    var settings = new ExecutorSettings(new NodeId("node-2"), World.TTL, Limits.defaults());
    var ports =
        new ExecutionPorts(
            world.store.log(),
            new SilentThreads(),
            world.store.checkpoints(),
            world.store.blobs(),
            world.model,
            new AgentPrograms(List.of(new Assistant())),
            world.time,
            settings);
    return new Claims(ports, new StoreTime(ports.clock()), world.store.index())
        .claim(run)
        .orElseThrow();
  }

  @Test
  void it_lets_go_at_the_deadline_of_its_turn_and_another_goes_on() {
    Duration deadline = Limits.defaults().turnDeadline();
    Instant begun = world.time.instant();
    assertThat(advanceFor(deadline)).isNotInstanceOf(Over.class);
    assertThat(advanceFor(World.TTL)).isEqualTo(new Over(Effect.Why.RELEASED));
    assertThat(Duration.between(begun, world.time.instant())).isGreaterThan(deadline);
    assertThat(world.head(run).lease()).isEqualTo(new Lease.Free(1));
    world.settle();
    assertThat(world.types(run)).endsWith("run.completed").doesNotContain("run.executor_lost");
  }

  private Progress advanceFor(Duration time) {
    var heartbeat = new Heartbeat(world.store.log(), world.time, World.TTL, Duration.ofHours(1));
    Instant until = world.time.instant().plus(time);
    Progress progress = execution.advance();
    while (!(progress instanceof Over) && world.time.instant().isBefore(until)) {
      world.time.advance(World.TTL.dividedBy(3));
      assertThat(heartbeat.renew(List.of(execution))).isEqualTo(1);
      progress = execution.advance();
    }
    return progress;
  }
}
