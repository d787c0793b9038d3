package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.meanwhile;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.run.Run;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G2")
class FramesInMidTurnTest {

  /// The executor's writes of a turn that waits for frames at its end: begin, and end.
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void a_frame_that_lands_before_a_write_is_answered(int write) {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "one");
    landBefore(world, run, write);
    world.settle();
    assertThat(world.state(run).turn()).isEqualTo(2);
    assertThat(world.state(run).run()).isEqualTo(new Run.Waiting(WaitingFor.FRAMES, null));
    assertThat(world.state(run).pending()).isEmpty();
    assertThat(world.model.asked()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void a_frame_that_lands_before_the_run_would_complete_is_answered_first(int write) {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "one");
    landBefore(world, run, write);
    world.settle();
    assertThat(world.state(run).turn()).isEqualTo(2);
    assertThat(world.types(run)).filteredOn("run.completed"::equals).hasSize(1);
  }

  private static void landBefore(World world, RunId run, int write) {
    Runnable land = () -> world.say(run, "two");
    for (int i = 1; i < write; i++) {
      Runnable next = land;
      land = () -> world.node().log().beforeNextWrite(next);
    }
    world.node().log().beforeNextWrite(land);
  }

  @Test
  void a_frame_that_another_node_takes_as_the_run_falls_asleep_wakes_it() {
    World world = new World();
    var other = world.addNode("node-2");
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.model.answers(says("ok"), ends());
    world.node().log().beforeNextWrite(() -> {});
    world.node().settle();
    other.runs().frame(run, world.message("two"), World.OWNER, null);
    world.node().settle();
    assertThat(world.state(run).turn()).isEqualTo(2);
  }

  @Test
  void the_answer_is_not_asked_for_again_when_frames_land_beside_it() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "one");
    world.model.answers(
        says("a"),
        meanwhile(() -> world.say(run, "two")),
        says("b"),
        meanwhile(() -> world.say(run, "three")),
        says("c"),
        ends());
    world.settle();
    assertThat(world.state(run).conversation().get(1).text()).isEqualTo("abc");
    assertThat(world.model.asked()).hasSize(3);
    assertThat(world.state(run).turn()).isEqualTo(3);
  }

  @Test
  void deltas_land_behind_a_frame_and_are_written_once() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "one");
    world.model.answers(
        says("a"),
        world.model.waits(Duration.ofMillis(60)),
        says("b"),
        meanwhile(() -> world.node().log().beforeNextWrite(() -> world.say(run, "two"))),
        world.model.waits(Duration.ofMillis(60)),
        says("c"),
        world.model.waits(Duration.ofMillis(60)),
        ends());
    world.settle();
    assertThat(
            world.events(run, MessageDelta.class).stream()
                .filter(delta -> delta.messageId().equals("1.1.0.1"))
                .map(MessageDelta::text))
        .containsExactly("a", "b", "c");
    assertThat(IntStream.rangeClosed(1, world.types(run).size()).asLongStream().boxed())
        .containsExactlyElementsOf(world.envelopes(run).stream().map(e -> e.seq()).toList());
  }
}
