package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.meanwhile;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.TestNode;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.identity.RunId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G3")
class FencingTest {

  @Test
  @Tag("scenario-1")
  void an_executor_that_comes_back_after_its_lease_was_taken_writes_nothing() {
    World world = new World();
    TestNode other = world.addNode("node-2");
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(
        says("from the old one"),
        meanwhile(() -> {
          world.time.advance(World.TTL.plusSeconds(1));
          other.settle();
        }),
        says(", too late"),
        ends());
    world.model.answers(says("from the new one"), ends());
    world.node().settle();
    assertThat(world.state(run).conversation().getLast().text()).isEqualTo("from the new one");
    List<Long> writers =
        world.envelopes(run).stream().map(Envelope::epoch).filter(epoch -> epoch != null).toList();
    assertThat(writers).isSorted();
    assertThat(world.types(run)).filteredOn("run.completed"::equals).hasSize(1);
    assertThat(world.node().runtime().executions()).isEmpty();
    assertThat(world.model.open()).isZero();
  }

  @Test
  @Tag("scenario-1")
  void an_executor_whose_lease_ran_out_writes_nothing_though_nobody_took_it() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(says("too late"), world.model.waits(World.TTL.plusSeconds(1)), ends());
    world.node().work();
    assertThat(world.types(run))
        .containsExactly("run.created", "frame.accepted", "run.started", "step.started");
  }

  @Test
  @Tag("scenario-3")
  void the_same_node_is_fenced_from_its_own_past() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(
        says("past"),
        meanwhile(() -> {
          world.time.advance(World.TTL.plusSeconds(1));
          world.node().settle();
        }),
        says(", too late"),
        ends());
    world.model.answers(says("present"), ends());
    world.node().settle();
    assertThat(world.state(run).conversation().getLast().text()).isEqualTo("present");
    assertThat(world.types(run)).filteredOn("run.completed"::equals).hasSize(1);
  }

  @Test
  @Tag("scenario-2")
  void an_executor_that_knows_more_than_the_store_stops() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(
        says("said before the failover"), meanwhile(() -> world.node().log().endsAt(2)), ends());
    world.node().work();
    assertThat(world.node().log().triedAfterTheEnd()).isOne();
    assertThat(world.node().runtime().executions()).isEmpty();
    assertThat(world.model.open()).isZero();
    assertThat(world.types(run)).doesNotContain("run.completed");
  }

  @Test
  void an_execution_that_is_told_of_its_loss_stops_before_its_next_effect() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(
        says("unheard"),
        meanwhile(() -> world.node().runtime().executions().forEach(Execution::lose)),
        ends());
    world.node().work();
    assertThat(world.types(run)).endsWith("step.started");
    assertThat(world.model.open()).isZero();
    world.advance(World.TTL.plus(Duration.ofSeconds(1)));
    assertThat(world.types(run)).endsWith("run.completed");
  }
}
