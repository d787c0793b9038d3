package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.meanwhile;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.run.Run;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A node beside others of a newer version, whose events it reads.
@Tag("G16")
class NewerEventsTest {

  private static final Run COMPLETED = new Run.Ended(Run.Outcome.COMPLETED, null);

  /// A world whose first node sees frames behind a sequence under another type or version.
  private static World seeing(long behind, String type, int version) {
    World world = new World();
    world
        .node()
        .log()
        .shows(stored ->
            stored.seq() > behind && stored.type().equals("frame.accepted")
                ? as(stored, type, version)
                : stored);
    return world;
  }

  private static StoredEvent as(StoredEvent stored, String type, int version) {
    return new StoredEvent(
        stored.runId(),
        stored.seq(),
        type,
        version,
        stored.payload(),
        stored.occurredAt(),
        stored.traceId(),
        stored.epoch());
  }

  private static RunId answeringWhileANoteComes(World world) {
    RunId run = world.start(Asked.of("assistant"), "hello");
    Json.Obj note = Json.object().put("text", "by the way").build();
    world.model.answers(
        says("an answer, "),
        world.model.waits(Duration.ofMillis(60)),
        meanwhile(() -> world.send(run, world.frame("note", note))),
        world.model.waits(Duration.ofMillis(60)),
        says("and its end"),
        ends());
    return run;
  }

  @Test
  void a_run_with_an_event_of_a_newer_version_is_left_to_a_node_that_understands_it() {
    World world = seeing(0, "frame.accepted", 99);
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.settle();
    assertThat(world.types(run)).containsExactly("run.created", "frame.accepted");
    assertThat(world.head(run).lease()).isInstanceOf(Lease.Free.class);
    world.addNode("node-2");
    world.settle();
    assertThat(world.state(run).run()).isEqualTo(COMPLETED);
  }

  @Test
  void a_node_takes_what_it_does_not_understand_once() {
    World world = seeing(0, "frame.accepted", 99);
    RunId run = world.start(Asked.of("assistant"), "hello");
    for (int i = 0; i < 10; i++) {
      world.settle();
      world.say(run, "again");
    }
    assertThat(world.head(run).lease()).isEqualTo(new Lease.Free(1));
    assertThat(world.store.index().due(10)).hasSize(1);
  }

  @Test
  void an_executor_that_meets_such_an_event_in_mid_turn_lets_go_without_deciding() {
    World world = seeing(2, "frame.accepted", 99);
    RunId run = answeringWhileANoteComes(world);
    world.settle();
    assertThat(world.types(run)).endsWith("frame.accepted");
    assertThat(world.head(run).lease()).isEqualTo(new Lease.Free(1));
    assertThat(world.model.open()).isZero();
    world.addNode("node-2");
    world.settle();
    assertThat(world.state(run).run()).isEqualTo(COMPLETED);
    assertThat(world.events(run, RunExecutorLost.class)).isEmpty();
  }

  @Test
  void an_event_of_a_type_that_is_not_known_is_left_out_of_the_fold() {
    World world = seeing(2, "weather.changed", 1);
    RunId run = answeringWhileANoteComes(world);
    world.settle();
    assertThat(world.state(run).run()).isEqualTo(COMPLETED);
    assertThat(world.head(run).lease()).isEqualTo(new Lease.Free(1));
  }
}
