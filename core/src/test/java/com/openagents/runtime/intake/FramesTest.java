package com.openagents.runtime.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.intake.Taken.Why;
import com.openagents.runtime.run.FrameType;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FramesTest {

  private static final Sender STRANGER = Sender.owner(new Principal.User(2));
  private static final Sender OPERATOR = new Sender(null, true);

  private static Taken refused(Why why) {
    return new Taken.Refused(why);
  }

  private static NewFrame frame(String type) {
    return new NewFrame(new FrameId("f-1"), type, Json.Obj.EMPTY, null, null);
  }

  @Test
  @Tag("scenario-10")
  void the_same_frame_is_one_event_and_the_same_id_with_other_content_a_conflict() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session());
    Json.Obj one = Json.object().put("text", "one").build();
    Json.Obj two = Json.object().put("text", "two").build();
    FrameId id = new FrameId("f-1");
    assertThat(world.send(run, new NewFrame(id, "user_message", one, null, null)))
        .isEqualTo(new Taken.Accepted(2));
    assertThat(world.send(run, new NewFrame(id, "user_message", one, null, null)))
        .isEqualTo(new Taken.Repeated(2));
    assertThat(world.send(run, new NewFrame(id, "user_message", two, null, null)))
        .isEqualTo(refused(Why.CONFLICT));
    assertThat(world.types(run)).containsExactly("run.created", "frame.accepted");
  }

  @ParameterizedTest
  @EnumSource(FrameType.class)
  @Tag("scenario-31")
  void a_strangers_frame_finds_no_run(FrameType type) {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session());
    assertThat(world.node().runs().frame(run, frame(type.wireName()), STRANGER, null))
        .isEqualTo(refused(Why.NOT_FOUND));
    assertThat(world.types(run)).containsExactly("run.created");
  }

  @Test
  @Tag("scenario-31")
  void a_strangers_frame_of_an_unknown_type_finds_no_run_either() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session());
    assertThat(world.node().runs().frame(run, frame("nonsense"), STRANGER, null))
        .isEqualTo(refused(Why.NOT_FOUND));
  }

  @Test
  void a_run_that_does_not_exist_is_not_found() {
    World world = new World();
    assertThat(world.say(new RunId(new UUID(1, 1)), "hello")).isEqualTo(refused(Why.NOT_FOUND));
  }

  @Test
  void what_the_agent_does_not_declare_is_not_understood() {
    World world = new World(new Listener());
    RunId run = world.start(Asked.of("listener").session());
    assertThat(world.send(run, frame("nonsense"))).isEqualTo(refused(Why.UNKNOWN_FRAME_TYPE));
    assertThat(world.send(run, frame("weather"))).isInstanceOf(Taken.Accepted.class);
    world.settle();
    assertThat(world.state(run).turn()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = FrameType.class,
      names = {"USER_MESSAGE", "TOOL_RESULT", "SIGNAL"})
  void an_operator_may_not_speak_for_the_owner(FrameType type) {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session());
    assertThat(world.node().runs().frame(run, frame(type.wireName()), OPERATOR, null))
        .isEqualTo(refused(Why.FORBIDDEN));
  }

  @ParameterizedTest
  @EnumSource(
      value = FrameType.class,
      names = {"TOOL_APPROVAL", "CANCEL", "FINISH", "FAIL", "NOTE"})
  void an_operator_may_approve_comment_and_end(FrameType type) {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session());
    assertThat(world.node().runs().frame(run, frame(type.wireName()), OPERATOR, null))
        .isInstanceOf(Taken.Accepted.class);
  }

  @Test
  void ticks_come_from_the_runtime_alone() {
    World world = new World();
    RunId other = new RunId(new UUID(1, 1));
    StartRun beginning =
        new StartRun(other, Asked.of("assistant").spec(), Digest.ofText("x"), frame("tick"), null);
    assertThat(world.node().runs().start(beginning)).isEqualTo(refused(Why.FORBIDDEN));
    assertThat(world.types(other)).isEmpty();
    RunId run = world.start(Asked.of("assistant").session());
    assertThat(world.send(run, frame("tick"))).isEqualTo(refused(Why.FORBIDDEN));
    assertThat(world.node().runs().frame(run, frame("tick"), OPERATOR, null))
        .isEqualTo(refused(Why.FORBIDDEN));
  }

  @Test
  @Tag("G5")
  void a_run_that_has_ended_takes_nothing_but_repetitions() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"));
    NewFrame first = world.message("one");
    world.send(run, first);
    world.settle();
    assertThat(world.say(run, "late")).isEqualTo(refused(Why.ENDED));
    assertThat(world.send(run, frame("note"))).isEqualTo(refused(Why.ENDED));
    assertThat(world.send(run, frame("cancel"))).isEqualTo(refused(Why.ENDED));
    assertThat(world.send(run, first)).isInstanceOf(Taken.Repeated.class);
  }

  private static final class Listener implements AgentProgram {
    @Override
    public String name() {
      return "listener";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public List<String> frameTypes() {
      return List.of("weather");
    }

    @Override
    public List<Intent> decide(AgentState state) {
      return List.of(new Intent.AwaitFrames());
    }
  }
}
