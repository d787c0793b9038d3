package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.meanwhile;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.TestNode;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.run.Run;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("scenario-7")
class DrainTest {

  @Test
  void a_draining_node_gives_its_run_back_in_mid_answer_and_another_goes_on_at_once() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(
        says("half"), meanwhile(() -> world.node().runtime().drain()), says("more"));
    world.model.answers(says("whole"), ends());
    world.node().settle();
    assertThat(world.head(run).lease()).isInstanceOf(Lease.Free.class);
    assertThat(world.head(run).wakeAt()).isEqualTo(world.time.instant());
    assertThat(world.model.open()).isZero();
    TestNode other = world.addNode("node-2");
    other.settle();
    assertThat(world.state(run).run()).isEqualTo(new Run.Ended(Run.Outcome.COMPLETED, null));
    assertThat(world.events(run, MessageCompleted.class))
        .extracting(MessageCompleted::text, MessageCompleted::outcome)
        .containsExactly(tuple("half", Outcome.INTERRUPTED), tuple("whole", Outcome.COMPLETE));
  }

  @Test
  void giving_a_run_back_is_no_loss_of_its_executor() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(meanwhile(() -> world.node().runtime().drain()));
    world.node().settle();
    assertThat(world.types(run)).doesNotContain("run.executor_lost");
    assertThat(world.head(run).columns().recoveries()).isZero();
  }

  @Test
  void a_node_whose_threads_have_ended_gives_back_what_it_has_just_taken() {
    World world = new World();
    world.node().endTasks();
    RunId run = world.start(Asked.of("assistant"), "hello");
    assertThat(world.head(run).lease()).isEqualTo(new Lease.Free(0));
    world.node().runtime().tend();
    assertThat(world.head(run).lease()).isEqualTo(new Lease.Free(1));
  }

  @Test
  void what_is_abandoned_does_nothing_more() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(
        says("half"), meanwhile(() -> world.node().runtime().abandon()), says("more"), ends());
    world.node().work();
    assertThat(world.node().runtime().executions()).isEmpty();
    assertThat(world.head(run).lease()).isInstanceOf(Lease.Held.class);
    assertThat(world.types(run)).doesNotContain("message.completed", "run.completed");
  }

  @Test
  void a_draining_node_takes_on_nothing_more() {
    World world = new World();
    world.node().runtime().drain();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.node().settle();
    assertThat(world.types(run)).containsExactly("run.created", "frame.accepted");
    assertThat(world.head(run).lease()).isEqualTo(new Lease.Free(0));
  }
}
