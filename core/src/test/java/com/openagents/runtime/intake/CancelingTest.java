package com.openagents.runtime.intake;

import static com.openagents.runtime.engine.ScriptedModels.dies;
import static com.openagents.runtime.engine.ScriptedModels.ends;
import static com.openagents.runtime.engine.ScriptedModels.meanwhile;
import static com.openagents.runtime.engine.ScriptedModels.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunCancelRequested;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G5")
class CancelingTest {

  private static final Run CANCELED =
      new Run.Ended(Run.Outcome.CANCELED, ReasonClass.CANCEL_REQUESTED);

  @Test
  void a_run_that_nobody_has_begun_is_canceled_by_one_write() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    assertThat(world.cancel(run)).isEqualTo(new Taken.Accepted(4));
    assertThat(world.types(run))
        .containsExactly("run.created", "frame.accepted", "run.cancel_requested", "run.canceled");
    assertThat(world.envelopes(run).get(2).occurredAt())
        .isEqualTo(world.envelopes(run).get(3).occurredAt());
    world.settle();
    assertThat(world.model.asked()).isEmpty();
    assertThat(world.head(run).columns()).isEqualTo(new Columns(CANCELED, 0));
    assertThat(world.head(run).wakeAt()).isNull();
  }

  @Test
  void a_run_that_waits_is_canceled_by_one_write() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "hello");
    world.settle();
    long before = world.head(run).lastSeq();
    assertThat(world.cancel(run)).isEqualTo(new Taken.Accepted(before + 2));
    assertThat(world.state(run).run()).isEqualTo(CANCELED);
  }

  @Test
  void a_cancel_while_the_model_streams_ends_the_answer_and_the_run() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    List<Taken> taken = new ArrayList<>();
    world.model.answers(says("half"), meanwhile(() -> taken.add(world.cancel(run))), says("more"));
    world.settle();
    assertThat(taken).singleElement().isInstanceOf(Taken.Accepted.class);
    assertThat(world.state(run).run()).isEqualTo(CANCELED);
    assertThat(world.events(run, MessageCompleted.class))
        .extracting(MessageCompleted::text, MessageCompleted::outcome)
        .containsExactly(tuple("half", Outcome.INTERRUPTED));
    assertThat(world.head(run).lease()).isInstanceOf(Lease.Free.class);
    assertThat(world.model.open()).isZero();
  }

  @Test
  void the_reason_of_a_cancel_stands_in_the_end_of_its_run() {
    World world = new World();
    RunId idle = world.start(Asked.of("assistant").session(), "hello");
    world.settle();
    RunId busy = world.start(Asked.of("assistant"), "hello");
    world.model.answers(says("half"), meanwhile(() -> cancelBecause(world, busy, "too long")));
    world.settle();
    cancelBecause(world, idle, "no longer needed");
    assertThat(world.events(busy, RunCanceled.class))
        .containsExactly(new RunCanceled(ReasonClass.CANCEL_REQUESTED, "too long"));
    assertThat(world.events(idle, RunCanceled.class))
        .containsExactly(new RunCanceled(ReasonClass.CANCEL_REQUESTED, "no longer needed"));
  }

  private static void cancelBecause(World world, RunId run, String reason) {
    world.node().runs().cancel(run, reason, World.OWNER, null);
  }

  @Test
  void a_cancel_that_another_node_takes_is_seen_while_the_model_streams() {
    World world = new World();
    var other = world.addNode("node-2");
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(
        says("half"),
        meanwhile(() -> {
          other.runs().cancel(run, null, World.OWNER, null);
          world.node().runtime().look();
        }));
    world.node().settle();
    assertThat(world.state(run).run()).isEqualTo(CANCELED);
  }

  @Test
  void a_cancel_that_no_one_told_of_is_seen_at_the_next_boundary() {
    World world = new World();
    var other = world.addNode("node-2");
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(
        says("whole"), meanwhile(() -> other.runs().cancel(run, null, World.OWNER, null)), ends());
    world.node().settle();
    assertThat(world.state(run).run()).isEqualTo(CANCELED);
    assertThat(world.types(run)).doesNotContain("run.completed");
  }

  @Test
  void a_completion_that_loses_against_a_cancel_ends_as_canceled() {
    World world = new World(Agents.once("brief", new Intent.Say("done"), new Intent.Finish()));
    RunId run = world.start(Asked.of("brief"), "hello");
    world.node().log().beforeNextWrite(() -> world.cancel(run));
    world.settle();
    assertThat(world.state(run).run()).isEqualTo(CANCELED);
    assertThat(world.types(run)).endsWith("run.cancel_requested", "run.canceled");
  }

  @Test
  void a_second_cancel_is_a_repetition_and_writes_nothing() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    List<Taken> taken = new ArrayList<>();
    world.model.answers(
        meanwhile(() -> {
          taken.add(world.cancel(run));
          taken.add(world.cancel(run));
        }));
    world.settle();
    taken.add(world.cancel(run));
    assertThat(taken.getFirst()).isInstanceOf(Taken.Accepted.class);
    assertThat(taken.subList(1, 3)).allMatch(Taken.Repeated.class::isInstance);
    assertThat(world.events(run, RunCancelRequested.class)).hasSize(1);
  }

  @Test
  void a_run_that_has_completed_stays_completed() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.settle();
    assertThat(world.cancel(run)).isInstanceOf(Taken.Repeated.class);
    assertThat(world.state(run).run()).isEqualTo(new Run.Ended(Run.Outcome.COMPLETED, null));
  }

  @Test
  void a_canceling_run_whose_executor_died_is_ended_by_the_janitor() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(
        says("half"),
        patience -> {
          world.cancel(run);
          return dies().play(patience);
        });
    world.settle();
    assertThat(world.state(run).run()).isEqualTo(new Run.Canceling());
    world.addNode("node-2");
    world.advance(World.TTL.plusSeconds(1));
    assertThat(world.state(run).run()).isEqualTo(CANCELED);
    assertThat(world.model.asked()).hasSize(1);
  }

  @Test
  @Tag("scenario-22")
  void a_cancel_after_the_executor_fell_silent_needs_no_executor() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant"), "hello");
    world.model.answers(says("half"), dies());
    world.settle();
    world.time.advance(World.TTL.plusSeconds(1));
    world.cancel(run);
    assertThat(world.state(run).run()).isEqualTo(CANCELED);
    assertThat(world.head(run).lease()).isInstanceOf(Lease.Free.class);
  }

  @Test
  @Tag("scenario-22")
  void a_cancel_answers_the_approval_that_is_open() {
    World world =
        new World(
            Agents.once(
                "careful",
                new Intent.RequestApproval("deploy", Json.Obj.EMPTY, Duration.ofMinutes(15))));
    RunId run = world.start(Asked.of("careful"), "go");
    world.settle();
    world.cancel(run);
    assertThat(world.types(run))
        .endsWith("run.cancel_requested", "tool.approval_resolved", "run.canceled");
    assertThat(world.events(run, ToolApprovalResolved.class))
        .containsExactly(new ToolApprovalResolved("1.1.0", "1.1.0", false, "runtime", "canceled"));
  }

  @Test
  void a_cancel_frame_is_taken_once_and_acts_as_the_call() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "hello");
    world.settle();
    NewFrame frame = world.frame("cancel", Json.object().put("reason", "enough").build());
    assertThat(world.send(run, frame)).isInstanceOf(Taken.Accepted.class);
    assertThat(world.send(run, frame)).isInstanceOf(Taken.Repeated.class);
    assertThat(world.types(run)).endsWith("frame.accepted", "run.cancel_requested", "run.canceled");
    assertThat(world.events(run, RunCancelRequested.class))
        .containsExactly(new RunCancelRequested("enough", "owner"));
  }

  @Test
  void an_operator_cancels_anybodys_run_and_a_stranger_nobodys() {
    World world = new World();
    RunId run = world.start(Asked.of("assistant").session(), "hello");
    world.settle();
    Sender stranger = Sender.owner(new Principal.User(2));
    assertThat(world.node().runs().cancel(run, null, stranger, null))
        .isEqualTo(new Taken.Refused(Taken.Why.NOT_FOUND));
    world.node().runs().cancel(run, "stuck", new Sender(null, true), null);
    assertThat(world.events(run, RunCancelRequested.class))
        .containsExactly(new RunCancelRequested("stuck", "operator"));
  }
}
