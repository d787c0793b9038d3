package com.openagents.runtime.execution;

import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static com.openagents.runtime.engine.ScriptedModels.thinks;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.FaultyLog.Moment;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.Lease;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A turn that begins, asks a model, waits for an approval, speaks, and ends; broken at each of its
/// writes.
@Tag("G2")
@Tag("scenario-11")
class UnansweredWritesTest {

  private static final int WRITES = 5;

  private record Played(List<Event> log, int asked, int writes, Lease lease) {}

  private static Played play(int broken, Moment moment) {
    World world =
        new World(
            Agents.once(
                "thorough",
                new Intent.Think("first"),
                Agents.predict(),
                new Intent.RequestApproval("go on?", Json.Obj.EMPTY, Duration.ofMinutes(15)),
                new Intent.Say("done")));
    RunId run = world.start(Asked.of("thorough"), "hello");
    world.model.answers(
        thinks("hm"),
        world.model.waits(Duration.ofMillis(60)),
        says("part one, "),
        world.model.waits(Duration.ofMillis(60)),
        says("part two"),
        ends());
    world.node().log().breakExecutorsWrite(broken, moment);
    world.settle();
    world.send(
        run,
        world.frame(
            "tool_approval",
            Json.object().put("approvalId", "1.1.2").put("approved", true).build()));
    world.settle();
    return new Played(
        world.events(run),
        world.model.asked().size(),
        world.node().log().triedByExecutors().size(),
        world.head(run).lease());
  }

  private static Played undisturbed() {
    return play(Integer.MAX_VALUE, Moment.BEFORE_COMMIT);
  }

  @Test
  void the_turn_is_made_of_the_writes_that_are_broken_here() {
    Played played = undisturbed();
    assertThat(played.writes()).isEqualTo(WRITES);
    assertThat(played.log().getLast().type()).isEqualTo("run.completed");
    assertThat(played.asked()).isEqualTo(1);
  }

  static Stream<Arguments> breaks() {
    return IntStream.rangeClosed(1, WRITES)
        .boxed()
        .flatMap(write -> Stream.of(Moment.values()).map(m -> Arguments.of(write, m)));
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void a_write_that_goes_unanswered_changes_nothing_in_the_end(int write, Moment moment) {
    Played broken = play(write, moment);
    Played whole = undisturbed();
    assertThat(broken.log()).isEqualTo(whole.log());
    assertThat(broken.asked()).isEqualTo(whole.asked());
    assertThat(broken.lease()).isInstanceOf(Lease.Free.class);
    assertThat(broken.log()).noneMatch(RunExecutorLost.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  @Tag("G3")
  void readers_see_every_piece_of_text_once_though_a_write_lands_behind_its_repetition(int write) {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(
        world.model.waits(Duration.ofMillis(60)),
        says("part one, "),
        world.model.waits(Duration.ofMillis(60)),
        says("part two, "),
        world.model.waits(Duration.ofMillis(60)),
        says("part three"),
        ends());
    world.node().log().breakExecutorsWrite(write, Moment.LANDS_LATER);
    world.settle();
    assertThat(world.events(run, MessageDelta.class).stream().map(MessageDelta::text))
        .containsExactly("part one, ", "part two, ", "part three");
  }
}
