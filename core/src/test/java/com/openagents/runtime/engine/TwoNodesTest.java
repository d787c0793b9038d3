package com.openagents.runtime.engine;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.meanwhile;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G3")
class TwoNodesTest {

  @Test
  void a_node_leaves_alone_what_the_other_carries_out() {
    World world = new World();
    TestNode other = world.addNode("node-2");
    RunId run = world.start(Asked.of("assistant"), "hello");
    List<Integer> seen = new ArrayList<>();
    world.model.answers(
        says("a"),
        meanwhile(() -> {
          other.settle();
          seen.add(other.runtime().executions().size());
        }),
        says("b"),
        ends());
    world.node().settle();
    other.settle();
    assertThat(seen).containsExactly(0);
    assertThat(world.model.asked()).hasSize(1);
    assertThat(world.state(run).conversation().getLast().text()).isEqualTo("ab");
  }

  @Test
  void every_run_is_carried_out_by_one_node_only() {
    World world = new World();
    TestNode other = world.addNode("node-2");
    List<RunId> runs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      runs.add(world.start(Asked.of("assistant").on("thread-" + i), "hello " + i));
    }
    world.node().runtime().tend();
    other.runtime().tend();
    other.work();
    world.node().work();
    assertThat(world.model.asked()).hasSize(50);
    assertThat(runs)
        .allSatisfy(run -> {
          assertThat(world.state(run).run()).isEqualTo(new Run.Ended(Run.Outcome.COMPLETED, null));
          assertThat(world.envelopes(run).stream().map(Envelope::epoch).filter(Objects::nonNull))
              .containsOnly(1L);
        });
  }

  @Test
  void a_frame_taken_by_one_node_reaches_the_executor_on_the_other() {
    World world = new World();
    TestNode other = world.addNode("node-2");
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.model.answers(
        says("a"),
        meanwhile(() -> {
          other.runs().frame(run, world.message("two"), World.OWNER, null);
          other.settle();
          world.node().runtime().look();
        }),
        says("b"),
        ends());
    world.node().settle();
    assertThat(world.state(run).turn()).isEqualTo(2);
    assertThat(world.envelopes(run).stream().map(Envelope::epoch).filter(Objects::nonNull))
        .containsOnly(1L);
  }

  @Test
  void a_frame_that_comes_as_an_execution_ends_is_not_left_until_the_next_round() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.node().work();
    world.say(run, "two");
    world.node().work();
    assertThat(world.state(run).turn()).isEqualTo(2);
  }

  @Test
  void frames_that_were_heard_in_mid_turn_cost_no_further_lease() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.model.answers(says("a"), meanwhile(() -> world.say(run, "two")), says("b"), ends());
    world.node().work();
    assertThat(world.state(run).turn()).isEqualTo(2);
    assertThat(world.head(run).lease().epoch()).isEqualTo(1);
  }
}
