package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.meanwhile;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.FaultyLog.Moment;
import com.openagents.runtime.engine.ScriptedModels.Beat;
import com.openagents.runtime.engine.TestNode;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.Utterance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("scenario-6")
class HeartbeatTest {

  private static final Duration STALL_MAX = Duration.ofMinutes(1);

  private static Heartbeat heartbeat(World world) {
    return new Heartbeat(world.store.log(), world.time, World.TTL, STALL_MAX);
  }

  private static Instant expiry(World world, RunId run) {
    return ((Lease.Held) world.head(run).lease()).expiresAt();
  }

  @Test
  void a_silent_model_costs_no_lease_while_the_heart_beats() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    Runnable beat =
        () -> {
          world.time.advance(World.TTL.dividedBy(3));
          world.node().runtime().beat();
        };
    world.model.answers(
        meanwhile(beat), meanwhile(beat), meanwhile(beat), meanwhile(beat), says("ok"), ends());
    world.node().settle();
    assertThat(world.types(run)).endsWith("run.completed").doesNotContain("run.executor_lost");
  }

  @Test
  void an_execution_that_extended_its_lease_just_now_needs_no_beat() {
    World world = new World();
    world.start(Asked.of("assistant"), "hello");
    List<Integer> renewed = new ArrayList<>();
    world.model.answers(
        meanwhile(() -> {
          List<Execution> executions = world.node().runtime().executions();
          world.time.advance(World.TTL.dividedBy(6));
          renewed.add(heartbeat(world).renew(executions));
          world.time.advance(Duration.ofMillis(1));
          renewed.add(heartbeat(world).renew(executions));
        }),
        ends());
    world.node().settle();
    assertThat(renewed).containsExactly(0, 1);
  }

  @Test
  void a_clock_that_was_put_back_keeps_no_lease_from_being_renewed() {
    World world = new World();
    world.start(Asked.of("assistant"), "hello");
    InstantSource back = () -> world.time.instant().minusSeconds(3_600);
    List<Integer> renewed = new ArrayList<>();
    world.model.answers(
        meanwhile(() -> {
          Heartbeat heartbeat = new Heartbeat(world.store.log(), back, World.TTL, STALL_MAX);
          renewed.add(heartbeat.renew(world.node().runtime().executions()));
        }),
        ends());
    world.node().settle();
    assertThat(renewed).containsExactly(1);
  }

  @Test
  void an_execution_that_has_not_moved_for_too_long_is_left_out() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    List<Integer> renewed = new ArrayList<>();
    List<Instant> expiries = new ArrayList<>();
    world.model.answers(
        meanwhile(() -> {
          List<Execution> executions = world.node().runtime().executions();
          world.time.advance(Duration.ofSeconds(20));
          renewed.add(heartbeat(world).renew(executions));
          world.time.advance(Duration.ofSeconds(20));
          renewed.add(heartbeat(world).renew(executions));
          world.time.advance(Duration.ofSeconds(21));
          expiries.add(expiry(world, run));
          renewed.add(heartbeat(world).renew(executions));
          expiries.add(expiry(world, run));
        }),
        ends());
    world.node().settle();
    assertThat(renewed).containsExactly(1, 1, 0);
    assertThat(expiries.get(1)).isEqualTo(expiries.get(0));
  }

  @Test
  @Tag("G3")
  void a_worker_that_stands_still_loses_its_run_though_its_heart_beats() {
    World world = new World();
    TestNode other = world.addNode("node-2");
    RunId run = world.start(Asked.of("assistant"), "hello");
    Duration beat = World.TTL.dividedBy(3);
    long beats = Limits.defaults().turnDeadline().plus(World.TTL.multipliedBy(2)).dividedBy(beat);
    List<Run> meanwhile = new ArrayList<>();
    world.model.answers(
        says("half"),
        meanwhile(() -> {
          for (int i = 0; i < beats; i++) {
            world.time.advance(beat);
            world.node().runtime().beat();
            other.settle();
          }
          meanwhile.add(world.state(run).run());
        }),
        says("too late"),
        ends());
    world.node().work();
    assertThat(world.events(run, RunExecutorLost.class))
        .containsExactly(new RunExecutorLost(new NodeId("node-1"), 1, 1, 0));
    assertThat(meanwhile).containsExactly(new Run.Ended(Run.Outcome.COMPLETED, null));
    assertThat(world.state(run).conversation())
        .extracting(Utterance::text)
        .containsExactly("hello", "ok");
  }

  @Test
  void a_worker_that_makes_no_progress_gives_up_at_its_turns_deadline_and_another_goes_on() {
    World world = new World();
    TestNode other = world.addNode("node-2");
    RunId run = world.start(Asked.of("assistant"), "hello");
    Runnable wait =
        () -> {
          world.time.advance(World.TTL.dividedBy(3));
          world.node().runtime().beat();
        };
    long waits = Limits.defaults().turnDeadline().dividedBy(World.TTL.dividedBy(3)) + 1;
    Beat[] beats = new Beat[(int) waits];
    Arrays.fill(beats, meanwhile(wait));
    world.model.answers(beats);
    world.node().log().breakFirst(write -> losesExecutor(world, write), Moment.AFTER_COMMIT);
    world.node().work();
    assertThat(world.types(run)).endsWith("run.executor_lost");
    assertThat(world.envelopes(run).getLast().epoch()).isEqualTo(1);
    other.settle();
    assertThat(world.types(run)).endsWith("run.completed");
    assertThat(world.envelopes(run).getLast().epoch()).isEqualTo(2);
  }

  /// Takes the node out of the way once it has given up, so that it does not take its run again.
  private static boolean losesExecutor(World world, Append write) {
    boolean gaveUp = write.events().stream().anyMatch(RunExecutorLost.class::isInstance);
    if (gaveUp) {
      world.node().runtime().drain();
    }
    return false;
  }

  @Test
  void an_execution_that_lost_its_lease_is_told_to_stop() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    List<Integer> renewed = new ArrayList<>();
    world.model.answers(
        says("unheard"),
        meanwhile(() -> {
          world.time.advance(World.TTL.plusSeconds(1));
          renewed.add(heartbeat(world).renew(world.node().runtime().executions()));
        }),
        ends());
    world.node().work();
    assertThat(renewed).containsExactly(0);
    assertThat(world.types(run)).endsWith("step.started");
    assertThat(world.model.open()).isZero();
  }

  @Test
  void an_execution_whose_run_somebody_holds_goes_on_unrenewed() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    var contended = new AnsweringLog(new Refused(Refusal.CONTENDED, 0, 0));
    List<Integer> renewed = new ArrayList<>();
    world.model.answers(
        meanwhile(() ->
            renewed.add(
                new Heartbeat(contended, world.time, World.TTL, STALL_MAX)
                    .renew(world.node().runtime().executions()))),
        says("ok"),
        ends());
    world.node().work();
    assertThat(renewed).containsExactly(0);
    assertThat(world.types(run)).endsWith("run.completed");
  }

  @Test
  void a_heart_with_nothing_to_keep_does_not_write() {
    World world = new World();
    assertThat(heartbeat(world).renew(List.of())).isZero();
  }
}
