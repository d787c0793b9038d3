package com.openagents.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.TestNode;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.run.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramsOfANodeTest {

  private static World world() {
    return new World(Agents.once("special", new Intent.Say("done")));
  }

  @Test
  void a_node_without_the_program_does_not_claim() {
    World world = world();
    TestNode other = world.addNode("node-2", List.of(new Assistant()));
    RunId run = world.start(Asked.of("special"), "hello");
    other.settle();
    assertThat(world.head(run).lease()).isEqualTo(new Lease.Free(0));
    world.node().settle();
    assertThat(world.types(run)).endsWith("run.completed");
  }

  @Test
  void a_node_that_takes_a_frame_for_another_ones_program_leaves_the_run_due() {
    World world = world();
    TestNode other = world.addNode("node-2", List.of(new Assistant()));
    RunId run = world.start(Asked.of("special").session(), "hello");
    world.node().settle();
    other.runs().frame(run, world.message("again"), World.OWNER, null);
    other.settle();
    assertThat(world.head(run).lease()).isInstanceOf(Lease.Free.class);
    assertThat(world.head(run).wakeAt()).isNotNull();
    assertThat(world.types(run)).doesNotContain("run.executor_lost").endsWith("frame.accepted");
    world.node().settle();
    assertThat(world.state(run).turn()).isEqualTo(2);
  }

  @Test
  void many_runs_for_other_nodes_hide_none_that_is_for_this_one() {
    World world = world();
    TestNode other = world.addNode("node-2", List.of(new Assistant()));
    for (int i = 0; i < 300; i++) {
      world.start(Asked.of("special").on("thread-special-" + i), "hello");
    }
    RunId run = world.start(Asked.of("assistant"), "hello");
    other.settle();
    assertThat(world.state(run).run()).isEqualTo(new Run.Ended(Run.Outcome.COMPLETED, null));
  }
}
