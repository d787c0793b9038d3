package com.openagents.runtime.intake;

import static com.openagents.runtime.intake.Taken.Why.BEHIND_REFUSED;
import static com.openagents.runtime.intake.Taken.Why.BUSY;
import static com.openagents.runtime.intake.Taken.Why.CONFLICT;
import static com.openagents.runtime.intake.Taken.Why.ENDED;
import static com.openagents.runtime.intake.Taken.Why.FULL;
import static com.openagents.runtime.intake.Taken.Why.NOT_FOUND;
import static com.openagents.runtime.intake.Taken.Why.UNKNOWN_FRAME_TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FramesOfOneCallTest {

  private static final Sender OWNER = Sender.owner(new Principal.User(1));

  private final World world = new World();

  private static NewFrame frame(String id, String type, String text) {
    Json.Obj payload = Json.object().put("text", text).build();
    return new NewFrame(new FrameId(id), type, payload, null, null);
  }

  private List<Taken> send(RunId run, NewFrame... frames) {
    return world.node().runs().frames(run, List.of(frames), OWNER, null);
  }

  private static Taken refused(Taken.Why why) {
    return new Taken.Refused(why);
  }

  @Test
  @Tag("G4")
  void each_is_accepted_in_its_order_and_repeated_afterwards() {
    RunId run = world.start(Asked.of("assistant").session());

    assertThat(send(run, frame("a", "note", "1"), frame("b", "note", "2"), frame("c", "note", "3")))
        .containsExactly(new Taken.Accepted(2), new Taken.Accepted(3), new Taken.Accepted(4));
    assertThat(send(run, frame("c", "note", "3"), frame("d", "note", "4"), frame("a", "note", "1")))
        .containsExactly(new Taken.Repeated(4), new Taken.Accepted(5), new Taken.Repeated(5));
  }

  @Test
  @Tag("G4")
  void an_id_that_stands_twice_in_a_call_is_one_frame_or_a_conflict() {
    RunId run = world.start(Asked.of("assistant").session());

    assertThat(send(run, frame("a", "note", "1"), frame("a", "note", "1"), frame("a", "note", "2")))
        .containsExactly(new Taken.Accepted(2), new Taken.Repeated(2), refused(CONFLICT));
  }

  @Test
  void a_conflict_keeps_no_other_out() {
    RunId run = world.start(Asked.of("assistant").session());
    send(run, frame("a", "note", "1"));

    assertThat(send(run, frame("a", "note", "2"), frame("b", "note", "3")))
        .containsExactly(refused(CONFLICT), new Taken.Accepted(3));
  }

  @Test
  void what_stands_behind_a_frame_that_the_run_cannot_be_sent_is_not_tried() {
    RunId run = world.start(Asked.of("assistant").session());

    assertThat(
            send(
                run,
                frame("a", "note", "1"),
                frame("b", "nonsense", "2"),
                frame("c", "note", "3"),
                frame("d", "note", "4")))
        .containsExactly(
            new Taken.Accepted(2),
            refused(UNKNOWN_FRAME_TYPE),
            refused(BEHIND_REFUSED),
            refused(BEHIND_REFUSED));
    assertThat(world.types(run)).containsExactly("run.created", "frame.accepted");
  }

  @Test
  void no_message_overtakes_one_that_a_busy_run_rejects() {
    RunId run = world.start(Asked.of("assistant").session().whileBusy(WhileBusy.REJECT));

    assertThat(
            send(
                run,
                frame("a", "user_message", "1"),
                frame("b", "user_message", "2"),
                frame("c", "note", "3")))
        .containsExactly(new Taken.Accepted(2), refused(BUSY), refused(BEHIND_REFUSED));
  }

  @Test
  void frames_of_one_call_find_no_more_room_than_frames_alone() {
    int max = 40;
    RunId together = world.start(Asked.of("assistant").session());
    RunId alone = world.start(Asked.of("assistant").session());
    Runs runs = bounded(max);
    NewFrame[] frames =
        IntStream.range(0, 100)
            .mapToObj(number -> frame("f" + number, "user_message", "x"))
            .toArray(NewFrame[]::new);

    List<Taken> taken = runs.frames(together, List.of(frames), OWNER, null);
    long accepted = taken.stream().filter(Taken.Accepted.class::isInstance).count();
    long oneByOne =
        Stream.of(frames)
            .filter(frame -> runs.frame(alone, frame, OWNER, null) instanceof Taken.Accepted)
            .count();

    assertThat(accepted).isEqualTo(oneByOne).isLessThanOrEqualTo(max);
    assertThat(taken).endsWith(refused(BEHIND_REFUSED)).contains(refused(FULL));
  }

  private Runs bounded(int framesMax) {
    Backlog backlog = new Backlog(world.store.log(), world.store.checkpoints(), framesMax);
    return new Runs(
        world.store.log(), AgentPrograms.builtIn(), world.store.blobs(), Starter.ALONE, backlog);
  }

  @Test
  @Tag("G5")
  void what_stands_behind_a_cancel_finds_the_run_ended() {
    RunId run = world.start(Asked.of("assistant").session());

    List<Taken> taken =
        send(run, frame("a", "note", "1"), frame("b", "cancel", "2"), frame("c", "note", "3"));

    assertThat(taken.get(0)).isEqualTo(new Taken.Accepted(2));
    assertThat(taken.get(1)).isInstanceOf(Taken.Accepted.class);
    assertThat(taken.get(2)).isEqualTo(refused(ENDED));
  }

  @Test
  @Tag("scenario-31")
  void a_strangers_frames_find_no_run() {
    RunId run = world.start(Asked.of("assistant").session());
    Sender stranger = Sender.owner(new Principal.User(2));

    List<NewFrame> frames = List.of(frame("a", "note", "1"), frame("b", "nonsense", "2"));
    assertThat(world.node().runs().frames(run, frames, stranger, null))
        .containsExactly(refused(NOT_FOUND), refused(NOT_FOUND));
    assertThat(world.types(run)).containsExactly("run.created");
  }
}
