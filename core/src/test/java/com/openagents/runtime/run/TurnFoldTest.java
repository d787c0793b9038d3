package com.openagents.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunEvent.RunResumed.Cause;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.ToolEvent.ToolApprovalRequested;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.run.OpenTurn.Approval;
import com.openagents.runtime.run.OpenTurn.Result;
import com.openagents.runtime.run.OpenTurn.Step;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the log says of the turn in progress.
@Tag("G1")
class TurnFoldTest {

  private static final NodeId NODE = new NodeId("node-1");
  private static final Instant LATER = Instant.parse("2026-03-01T12:00:00Z");

  private RunState state = RunState.ABSENT;

  private void log(Event... events) {
    for (Event event : events) {
      state = RunFold.apply(state, state.lastSeq() + 1, event);
    }
  }

  private void begun() {
    log(new RunCreated(RunWalk.SPEC, Digest.ofText("request")), new RunStarted(NODE));
  }

  private static FrameAccepted frame(String type, Json.Obj payload) {
    Digest content = Digest.of(payload);
    return new FrameAccepted(new FrameId("f-1"), type, payload, content, null, null);
  }

  private static FrameAccepted message(String text) {
    return frame("user_message", Json.object().put("text", text).build());
  }

  private static FrameAccepted answer(String approvalId) {
    return frame("tool_approval", Json.object().put("approvalId", approvalId).build());
  }

  private static StepStarted step(int turn, int step, long through, String... kinds) {
    return new StepStarted(
        turn,
        step,
        through,
        IntStream.range(0, kinds.length)
            .mapToObj(i -> new IntentRecord(turn + "." + step + "." + i, kinds[i], Json.Obj.EMPTY))
            .toList());
  }

  private OpenTurn turn() {
    return Objects.requireNonNull(state.open());
  }

  private Step lastStep() {
    return turn().lastStep();
  }

  @Test
  void a_turn_takes_the_frames_that_came_before_it_was_decided_and_no_later_one() {
    begun();
    log(message("one"), message("two"), message("three"));
    log(step(1, 1, 4, "predict"));

    assertThat(turn().frames()).containsExactly(message("one"), message("two"));
    assertThat(state.conversation()).extracting(Utterance::text).containsExactly("one", "two");
    assertThat(state.pending())
        .extracting(RunState.Pending::frame)
        .containsExactly(message("three"));
  }

  @Test
  void a_step_goes_on_with_its_turn_or_begins_the_next() {
    begun();
    log(message("one"), step(1, 1, 3, "predict"), step(1, 2, 3, "predict"));
    assertThat(turn().steps()).extracting(Step::number).containsExactly(1, 2);
    assertThat(turn().frames()).hasSize(1);

    log(step(2, 1, 3, "predict"));
    assertThat(turn().number()).isEqualTo(2);
    assertThat(turn().steps()).extracting(Step::number).containsExactly(1);
  }

  @Test
  void a_new_turn_may_be_warned_of_its_own_deadline_again_and_of_nothing_else() {
    begun();
    log(new RunLimitWarning("turn_deadline", 8, 10), new RunLimitWarning("events", 8, 10));
    log(step(1, 1, 2, "predict"));

    assertThat(state.warned()).containsExactly("events");
  }

  @Test
  void an_answer_to_an_open_request_waits_until_it_is_told_and_then_is_gone() {
    begun();
    log(step(1, 1, 2, "request_approval", "request_approval"));
    log(requested("1.1.0"), requested("1.1.1"), answer("1.1.0"), answer("1.1.1"));
    assertThat(lastStep().approvals())
        .containsExactly(new Approval("1.1.0", LATER), new Approval("1.1.1", LATER));
    assertThat(state.pending()).hasSize(2);

    log(new ToolApprovalResolved("1.1.0", "1.1.0", true, "frame", null));
    assertThat(lastStep().approvals()).containsExactly(new Approval("1.1.1", LATER));
    assertThat(state.pending())
        .extracting(RunState.Pending::frame)
        .containsExactly(answer("1.1.1"));

    log(new ToolApprovalResolved("1.1.1", "1.1.1", false, "frame", null));
    assertThat(lastStep().results())
        .containsExactly(new Result("1.1.0", "approved"), new Result("1.1.1", "denied"));
    assertThat(state.pending()).isEmpty();
  }

  @Test
  void an_answer_that_nobody_waits_for_is_a_line_in_the_log() {
    begun();
    log(answer("1.1.0"), step(1, 1, 3, "request_approval"), requested("1.1.0"), answer("1.1.9"));

    assertThat(state.pending()).isEmpty();
    assertThat(lastStep().approvals()).hasSize(1);
  }

  @Test
  void a_run_that_waits_for_frames_has_no_turn_and_one_that_waits_for_anything_else_has() {
    begun();
    log(step(1, 1, 2, "predict"), new RunWaiting(WaitingFor.TIMER, LATER));
    assertThat(turn().number()).isEqualTo(1);

    log(new RunResumed(NODE, Cause.FRAMES), new RunWaiting(WaitingFor.FRAMES, null));
    assertThat(state.open()).isNull();
    assertThat(state.turn()).isEqualTo(1);
  }

  @Test
  void a_sleep_that_came_to_its_time_is_done() {
    asleep(WaitingFor.TIMER, Cause.TIMER);
    assertThat(lastStep().results()).containsExactly(new Result("1.1.0", ""));
    assertThat(lastStep().waited()).isTrue();
  }

  @Test
  void a_sleep_that_a_frame_or_a_recovery_broke_off_is_not_done() {
    asleep(WaitingFor.TIMER, Cause.FRAMES);
    assertThat(lastStep().results()).isEmpty();
    assertThat(lastStep().waited()).isTrue();
  }

  @Test
  void the_time_of_an_approval_ends_no_sleep() {
    asleep(WaitingFor.APPROVAL, Cause.TIMER);
    assertThat(lastStep().results()).isEmpty();
  }

  @Test
  void what_a_message_says_is_the_result_of_the_intent_that_its_id_begins_with() {
    begun();
    log(step(1, 1, 2, "predict"));
    log(new MessageCompleted("1.1.0.1", "half", Outcome.INTERRUPTED, null));
    assertThat(lastStep().interruptions("1.1.0")).isEqualTo(1);
    assertThat(lastStep().results()).isEmpty();
    assertThat(state.conversation()).isEmpty();

    log(new MessageCompleted("1.1.0.2", "whole", Outcome.COMPLETE, null));
    assertThat(lastStep().result(0)).contains(new Result("1.1.0", "whole"));
    assertThat(state.conversation()).extracting(Utterance::text).containsExactly("whole");
  }

  @Test
  void a_thought_of_the_agent_is_the_result_of_its_intent() {
    begun();
    log(step(1, 1, 2, "think"), new ReasoningCompleted("1.1.0", "hm", Outcome.COMPLETE));
    assertThat(lastStep().results()).containsExactly(new Result("1.1.0", ""));
  }

  @Test
  void only_an_interrupted_thought_of_a_model_counts_as_an_attempt() {
    begun();
    log(step(1, 1, 2, "predict"), new ReasoningCompleted("1.1.0.1.r", "hm", Outcome.COMPLETE));
    assertThat(lastStep().results()).isEmpty();

    log(new ReasoningCompleted("1.1.0.2.r", "hm", Outcome.INTERRUPTED));
    assertThat(lastStep().interruptions("1.1.0")).isEqualTo(1);
  }

  private static ToolApprovalRequested requested(String id) {
    return new ToolApprovalRequested(id, id, Digest.ofText("what"), LATER);
  }

  /// A run that waited in its first step, which asked to sleep, and was resumed.
  private void asleep(WaitingFor what, Cause why) {
    begun();
    log(step(1, 1, 2, "sleep_until"), new RunWaiting(what, LATER), new RunResumed(NODE, why));
  }
}
