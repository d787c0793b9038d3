package com.openagents.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.engine.Agents;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.engine.World;
import com.openagents.runtime.event.ToolEvent.ToolApprovalRequested;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.run.OpenTurn;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.Utterance;
import com.openagents.runtime.run.Utterance.Speaker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApprovalsTest {

  private static final Json.Obj SHOWN = Json.object().put("host", "db-1").build();
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Intent ASK = new Intent.RequestApproval("restart", SHOWN, QUARTER);

  /// Asks, and says what was answered.
  private static AgentProgram careful() {
    return Agents.deciding(
        "careful",
        state -> {
          if (state.turn() == null) {
            return List.of(ASK);
          }
          return switch (state.turn().steps().size()) {
            case 1 ->
                List.of(
                    new Intent.Say(
                        state.turn().lastStep().results().stream()
                            .map(OpenTurn.Result::text)
                            .toList()
                            .toString()));
            default -> List.of(new Intent.AwaitFrames());
          };
        });
  }

  @Test
  void an_approval_without_end_expires_at_the_last_moment_of_the_last_year() {
    Intent ask = new Intent.RequestApproval("restart", SHOWN, Duration.ofSeconds(Long.MAX_VALUE));
    World world = new World(Agents.once("patient", ask));
    RunId run = world.start(Asked.of("patient"), "may I?");
    world.settle();
    assertThat(world.state(run).run())
        .isEqualTo(new Run.Waiting(WaitingFor.APPROVAL, Timestamps.LATEST));
  }

  private static void answer(World world, RunId run, String approvalId, boolean approved) {
    world.send(
        run,
        world.frame(
            "tool_approval",
            Json.object().put("approvalId", approvalId).put("approved", approved).build()));
  }

  private static String said(World world, RunId run) {
    Utterance last = world.state(run).conversation().getLast();
    assertThat(last.speaker()).isEqualTo(Speaker.AGENT);
    return last.text();
  }

  @Test
  void a_request_shows_what_is_to_be_approved_and_waits_without_an_executor() {
    World world = new World(careful());
    RunId run = world.start(Asked.of("careful"), "restart it");
    world.settle();
    Instant expiry = world.time.instant().plus(QUARTER);
    assertThat(world.state(run).run()).isEqualTo(new Run.Waiting(WaitingFor.APPROVAL, expiry));
    assertThat(world.events(run, ToolApprovalRequested.class))
        .containsExactly(new ToolApprovalRequested("1.1.0", "1.1.0", Digest.of(SHOWN), expiry));
    assertThat(world.node().runtime().executions()).isEmpty();
    assertThat(world.head(run).wakeAt()).isEqualTo(expiry);
  }

  @Test
  void an_approval_goes_on_with_the_turn() {
    World world = new World(careful());
    RunId run = world.start(Asked.of("careful"), "restart it");
    world.settle();
    answer(world, run, "1.1.0", true);
    world.settle();
    assertThat(said(world, run)).isEqualTo("[approved]");
    assertThat(world.events(run, ToolApprovalResolved.class))
        .containsExactly(new ToolApprovalResolved("1.1.0", "1.1.0", true, "frame", null));
    assertThat(world.state(run).pending()).isEmpty();
  }

  @Test
  void the_reason_of_an_answer_stands_beside_it() {
    World world = new World(careful());
    RunId run = world.start(Asked.of("careful"), "restart it");
    world.settle();
    Json.Obj denial =
        Json.object()
            .put("approvalId", "1.1.0")
            .put("approved", false)
            .put("reason", "not on a Friday")
            .build();
    world.send(run, world.frame("tool_approval", denial));
    world.settle();
    assertThat(world.events(run, ToolApprovalResolved.class))
        .containsExactly(
            new ToolApprovalResolved("1.1.0", "1.1.0", false, "frame", "not on a Friday"));
  }

  @Test
  void a_denial_goes_on_with_the_turn() {
    World world = new World(careful());
    RunId run = world.start(Asked.of("careful"), "restart it");
    world.settle();
    answer(world, run, "1.1.0", false);
    world.settle();
    assertThat(said(world, run)).isEqualTo("[denied]");
  }

  @Test
  void an_approval_that_nobody_answers_counts_as_denied_at_its_time() {
    World world = new World(careful());
    RunId run = world.start(Asked.of("careful"), "restart it");
    world.advance(QUARTER.minusMillis(1));
    assertThat(world.state(run).run()).isInstanceOf(Run.Waiting.class);
    world.advance(Duration.ofMillis(1));
    assertThat(said(world, run)).isEqualTo("[denied]");
    assertThat(world.events(run, ToolApprovalResolved.class))
        .containsExactly(new ToolApprovalResolved("1.1.0", "1.1.0", false, "expiry", null));
  }

  @Test
  void an_answer_to_another_request_leaves_the_run_waiting() {
    World world = new World(careful());
    RunId run = world.start(Asked.of("careful"), "restart it");
    world.settle();
    Run waiting = world.state(run).run();
    answer(world, run, "9.9.9", true);
    world.settle();
    assertThat(world.state(run).run()).isEqualTo(waiting);
    assertThat(world.types(run)).endsWith("run.waiting", "frame.accepted");
    answer(world, run, "1.1.0", true);
    world.settle();
    assertThat(said(world, run)).isEqualTo("[approved]");
  }

  @Test
  void an_answer_that_comes_before_its_request_approves_nothing() {
    World world = new World(careful());
    RunId run = world.start(Asked.of("careful"));
    answer(world, run, "1.1.0", true);
    world.say(run, "restart it");
    world.settle();
    assertThat(world.state(run).run()).isInstanceOf(Run.Waiting.class);
    assertThat(world.events(run, ToolApprovalResolved.class)).isEmpty();
  }

  @Test
  void only_the_first_answer_counts() {
    World world = new World(careful());
    RunId run = world.start(Asked.of("careful"), "restart it");
    world.settle();
    answer(world, run, "1.1.0", false);
    answer(world, run, "1.1.0", true);
    world.settle();
    assertThat(world.events(run, ToolApprovalResolved.class))
        .containsExactly(new ToolApprovalResolved("1.1.0", "1.1.0", false, "frame", null));
  }

  @Test
  void two_requests_of_one_decision_are_asked_one_after_the_other() {
    World world = new World(Agents.once("careful", ASK, ASK, new Intent.Say("restarted twice")));
    RunId run = world.start(Asked.of("careful"), "restart it");
    world.settle();
    answer(world, run, "1.1.0", true);
    world.settle();
    assertThat(world.state(run).run()).isInstanceOf(Run.Waiting.class);
    answer(world, run, "1.1.1", true);
    world.settle();
    assertThat(world.events(run, ToolApprovalResolved.class))
        .extracting(ToolApprovalResolved::approvalId, ToolApprovalResolved::approved)
        .containsExactly(tuple("1.1.0", true), tuple("1.1.1", true));
    assertThat(said(world, run)).isEqualTo("restarted twice");
  }
}
