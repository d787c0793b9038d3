package com.openagents.runtime.intake;

import static com.openagents.runtime.intake.Taken.Why.BUSY;
import static com.openagents.runtime.intake.Taken.Why.CONFLICT;
import static com.openagents.runtime.intake.Taken.Why.ENDED;
import static com.openagents.runtime.intake.Taken.Why.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.ClaimCheck;
import org.junit.jupiter.api.Test;

/// Large content that no run takes is not kept.
class RefusedContentTest {

  private static final Sender OWNER = Sender.owner(Asked.OWNER);

  private final World world = new World();

  private NewFrame large(String begin) {
    String text = begin + "x".repeat(ClaimCheck.INLINE_MAX);
    return world.frame("user_message", Json.object().put("text", text).build());
  }

  private boolean isKept(NewFrame frame) {
    Digest digest = Digest.ofText(CanonicalJson.write(frame.payload()));
    return world.store.blobs().get(digest).isPresent();
  }

  @Test
  void what_an_ended_run_is_sent_is_not_kept_and_what_it_took_is_recognised() {
    RunId run = world.start(Asked.of("assistant").session());
    NewFrame taken = large("taken");
    assertThat(world.send(run, taken)).isInstanceOf(Taken.Accepted.class);
    assertThat(isKept(taken)).isTrue();
    world.settle();
    world.cancel(run);
    world.settle();
    NewFrame late = large("late");
    assertThat(world.send(run, late)).isEqualTo(new Taken.Refused(ENDED));
    assertThat(isKept(late)).isFalse();
    assertThat(world.send(run, taken)).isInstanceOf(Taken.Repeated.class);
  }

  @Test
  void what_a_full_run_is_sent_is_not_kept() {
    var backlog = new Backlog(world.store.log(), world.store.checkpoints(), 4);
    Runs bounded =
        new Runs(
            world.store.log(),
            AgentPrograms.builtIn(),
            world.store.blobs(),
            Starter.ALONE,
            backlog);
    RunId run = world.start(Asked.of("assistant").session());
    int taken = 0;
    NewFrame frame = large("0");
    Taken answer = bounded.frame(run, frame, OWNER, null);
    while (answer instanceof Taken.Accepted) {
      assertThat(isKept(frame)).isTrue();
      frame = large(Integer.toString(++taken));
      answer = bounded.frame(run, frame, OWNER, null);
    }
    assertThat(answer).isEqualTo(new Taken.Refused(FULL));
    assertThat(taken).isPositive();
    assertThat(isKept(frame)).isFalse();
  }

  @Test
  void what_a_busy_run_rejects_is_not_kept() {
    RunId run = world.start(Asked.of("assistant").session().whileBusy(WhileBusy.REJECT));
    NewFrame first = large("first");
    NewFrame second = large("second");
    assertThat(world.send(run, first)).isInstanceOf(Taken.Accepted.class);
    assertThat(world.send(run, second)).isEqualTo(new Taken.Refused(BUSY));
    assertThat(isKept(first)).isTrue();
    assertThat(isKept(second)).isFalse();
  }

  @Test
  void another_start_under_the_same_id_is_not_kept() {
    RunId run = world.start(Asked.of("assistant").session());
    NewFrame other = large("other");
    var request =
        new StartRun(
            run, Asked.of("assistant").session().spec(), Digest.ofText("other"), other, null);
    assertThat(world.node().runs().start(request)).isEqualTo(new Taken.Refused(CONFLICT));
    assertThat(isKept(other)).isFalse();
  }
}
