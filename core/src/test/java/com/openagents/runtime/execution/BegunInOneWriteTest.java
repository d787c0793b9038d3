package com.openagents.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.FaultyLog.Moment;
import com.openagents.runtime.engine.TestNode;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.intake.StartRun;
import com.openagents.runtime.intake.Taken;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A node that has room begins with a run in the very write that starts it.
class BegunInOneWriteTest {

  private static final Run COMPLETED = new Run.Ended(Run.Outcome.COMPLETED, null);
  private static final RunId RUN = new RunId(new UUID(0x0199_0000_0000_7000L, 1));

  /// Whose node has heard the store's time, as it has after its first write.
  private static World world(World world) {
    world.start(Asked.of("assistant").on("thread-before"), "first of all");
    world.settle();
    return world;
  }

  private static StartRun start(World world) {
    Digest content = Digest.ofText("a request");
    return new StartRun(RUN, Asked.of("assistant").spec(), content, world.message("hello"), null);
  }

  @Test
  @Tag("G3")
  void a_run_is_started_and_begun_by_one_write_and_then_carried_out() {
    World world = world(new World());
    RunId run = world.start(Asked.of("assistant"), "hello");
    assertThat(world.types(run))
        .containsExactly("run.created", "frame.accepted", "run.started", "step.started");
    assertThat(world.head(run).lease())
        .isEqualTo(new Lease.Held(1, new NodeId("node-1"), world.time.instant().plus(World.TTL)));
    world.node().work();
    assertThat(world.state(run).run()).isEqualTo(COMPLETED);
  }

  @Test
  void its_log_is_that_of_a_run_which_was_taken_after_its_start() {
    World world = new World();
    RunId taken = world.start(Asked.of("assistant").on("one"), "hello");
    world.settle();
    RunId begun = world.start(Asked.of("assistant").on("two"), "hello");
    world.settle();
    assertThat(world.types(begun)).isEqualTo(world.types(taken));
    assertThat(epochs(world, begun)).isEqualTo(epochs(world, taken));
  }

  private static List<@Nullable Long> epochs(World world, RunId run) {
    return world.envelopes(run).stream().<@Nullable Long>map(Envelope::epoch).toList();
  }

  @Test
  void a_run_that_rests_after_its_first_step_is_one_write_and_holds_no_lease() {
    World world = world(new World());
    RunId run = world.start(Asked.of("assistant").session());
    assertThat(world.types(run)).containsExactly("run.created", "run.started", "run.waiting");
    assertThat(world.head(run).lease()).isEqualTo(new Lease.Free(1));
    world.say(run, "hello");
    world.node().work();
    assertThat(world.state(run).conversation()).hasSize(2);
    assertThat(world.head(run).lease()).isEqualTo(new Lease.Free(2));
  }

  @Test
  @Tag("scenario-5")
  void what_lands_before_its_first_effect_is_heard() {
    World world = world(new World());
    int asked = world.model.asked().size();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.cancel(run);
    world.node().work();
    assertThat(world.types(run)).endsWith("run.cancel_requested", "run.canceled");
    assertThat(world.model.asked()).hasSize(asked);
  }

  @Test
  void what_lands_by_another_node_before_its_first_effect_is_heard() {
    World world = world(new World());
    TestNode other = world.addNode("node-2");
    int asked = world.model.asked().size();
    RunId run = world.start(Asked.of("assistant"), "hello");
    other.runs().cancel(run, null, World.OWNER, null);
    world.node().runtime().look();
    world.node().work();
    assertThat(world.types(run)).endsWith("run.cancel_requested", "run.canceled");
    assertThat(world.model.asked()).hasSize(asked);
  }

  @Test
  @Tag("G4")
  void a_start_that_is_repeated_begins_once() {
    World world = world(new World());
    StartRun start = start(world);
    assertThat(world.node().runs().start(start)).isInstanceOf(Taken.Accepted.class);
    assertThat(world.node().runs().start(start)).isInstanceOf(Taken.Repeated.class);
    world.settle();
    assertThat(world.types(RUN)).filteredOn("run.started"::equals).hasSize(1);
    assertThat(world.state(RUN).run()).isEqualTo(COMPLETED);
  }

  @Test
  @Tag("G3")
  void a_start_whose_answer_is_lost_is_recovered_like_one_of_a_node_that_died() {
    World world = world(new World());
    StartRun start = start(world);
    world.node().log().breakFirst(_ -> true, Moment.AFTER_COMMIT);
    assertThatThrownBy(() -> world.node().runs().start(start)).isInstanceOf(StoreUnavailable.class);
    assertThat(world.node().runs().start(start)).isInstanceOf(Taken.Repeated.class);
    world.settle();
    assertThat(world.types(RUN)).endsWith("step.started");
    world.advance(World.TTL.plusSeconds(2));
    assertThat(world.types(RUN)).containsSubsequence("run.executor_lost", "run.resumed");
    assertThat(world.state(RUN).run()).isEqualTo(COMPLETED);
  }

  @Test
  void a_draining_node_starts_a_run_and_leaves_it_to_others() {
    World world = world(new World());
    world.node().runtime().drain();
    RunId run = world.start(Asked.of("assistant"), "hello");
    assertThat(world.types(run)).containsExactly("run.created", "frame.accepted");
    assertThat(world.head(run).wakeAt()).isEqualTo(world.time.instant());
  }

  @Test
  void an_agent_that_fails_at_its_first_step_fails_where_it_is_counted() {
    World world =
        world(
            new World(
                Agents.deciding(
                    "clumsy",
                    _ -> {
                      throw new IllegalStateException("clumsy");
                    })));
    RunId run = world.start(Asked.of("clumsy"), "hello");
    assertThat(world.types(run)).isEqualTo(List.of("run.created", "frame.accepted"));
    world.settle();
    assertThat(world.types(run)).contains("run.executor_lost");
  }

  @Test
  void an_agent_that_fails_with_an_error_of_its_own_fails_where_it_is_counted() {
    World world =
        world(
            new World(
                Agents.deciding(
                    "unfinished",
                    _ -> {
                      throw new Error("not written yet");
                    })));
    RunId run = world.start(Asked.of("unfinished"), "hello");
    assertThat(world.types(run)).containsExactly("run.created", "frame.accepted");
    world.settle();
    assertThat(world.types(run)).contains("run.executor_lost");
  }

  @Test
  void a_node_begins_with_no_more_runs_than_it_has_room_for() {
    World world = new World();
    TestNode small = world.addNode("small", 1);
    small.runs().start(start(world, 1));
    small.settle();
    world.node().runtime().drain();
    small
        .log()
        .breakFirst(
            write -> {
              if (write.runId().equals(run(2)) && world.store.log().head(run(3)).isEmpty()) {
                small.runs().start(start(world, 3));
              }
              return false;
            },
            Moment.BEFORE_COMMIT);
    small.runs().start(start(world, 2));
    assertThat(world.types(run(2))).endsWith("step.started");
    assertThat(world.types(run(3))).containsExactly("run.created", "frame.accepted");
    small.settle();
    small.settle();
    assertThat(world.state(run(2)).run()).isEqualTo(COMPLETED);
    assertThat(world.state(run(3)).run()).isEqualTo(COMPLETED);
  }

  @Test
  @Tag("scenario-7")
  void a_run_that_its_node_can_no_longer_carry_out_is_given_back_at_once() {
    World world = world(new World());
    TestNode other = world.addNode("node-2");
    world.node().endTasks();
    RunId run = world.start(Asked.of("assistant"), "hello");
    assertThat(world.head(run).lease()).isEqualTo(new Lease.Free(1));
    other.settle();
    assertThat(world.state(run).run()).isEqualTo(COMPLETED);
    assertThat(world.types(run)).doesNotContain("run.executor_lost");
  }

  @Test
  @Tag("G14")
  @Tag("scenario-31")
  void no_agent_sees_the_words_of_another_principals_thread() {
    List<Integer> seen = new ArrayList<>();
    World world =
        world(
            new World(
                Agents.deciding(
                    "curious",
                    state -> {
                      seen.add(state.conversation().size());
                      return List.of(new Intent.AwaitFrames());
                    })));
    RunSpec asked = Asked.of("curious").on("thread-before").spec();
    RunSpec stranger =
        new RunSpec(
            asked.threadId(),
            new Principal.User(2),
            asked.agent(),
            asked.lifecycle(),
            asked.whileBusy(),
            asked.session(),
            asked.toolPolicy(),
            null,
            null,
            null,
            null);
    Taken taken =
        world
            .node()
            .runs()
            .start(new StartRun(RUN, stranger, Digest.ofText("s"), world.message("hi"), null));
    assertThat(taken).isInstanceOf(Taken.Refused.class);
    assertThat(seen).isEmpty();
  }

  private static RunId run(int number) {
    return new RunId(new UUID(0x0199_0000_0000_7000L, 100 + number));
  }

  private static StartRun start(World world, int number) {
    Digest content = Digest.ofText("request " + number);
    RunSpec spec = Asked.of("assistant").on("thread-" + number).spec();
    return new StartRun(run(number), spec, content, world.message("hello"), null);
  }
}
