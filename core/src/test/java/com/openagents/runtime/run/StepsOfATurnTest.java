package com.openagents.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.run.OpenTurn.Approval;
import com.openagents.runtime.run.OpenTurn.Result;
import com.openagents.runtime.run.OpenTurn.Step;
import com.openagents.runtime.run.RunState.Pending;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What can be asked of a turn in progress, and of a frame that waits for it.
class StepsOfATurnTest {

  private static final Instant LATER = Instant.parse("2026-03-01T12:00:00Z");

  private static final Step STEP =
      Step.begun(1, List.of(intent("a", "predict"), intent("b", "predict"), intent("c", "say")));

  private static IntentRecord intent(String id, String kind) {
    return new IntentRecord(id, kind, Json.Obj.EMPTY);
  }

  private static int decisions(Step... steps) {
    return new OpenTurn(1, List.of(), List.of(steps)).decisionsSinceWait();
  }

  @Test
  void decisions_are_counted_since_something_came_from_outside() {
    assertThat(decisions(STEP)).isEqualTo(1);
    assertThat(decisions(STEP, STEP, STEP)).isEqualTo(3);
    assertThat(decisions(STEP, STEP.resumed(), STEP, STEP)).isEqualTo(2);
    assertThat(decisions(STEP, STEP.resumed())).isZero();
  }

  @Test
  void a_step_goes_on_until_it_says_how_it_ended() {
    assertThat(STEP.finished()).isFalse();
    assertThat(STEP.interrupted()).isFalse();
    assertThat(STEP.ended("done").finished()).isTrue();
    assertThat(STEP.ended("done").interrupted()).isFalse();
    assertThat(STEP.ended(Step.INTERRUPTED).interrupted()).isTrue();
  }

  @Test
  void an_intent_has_its_own_results_and_only_a_whole_one_settles_it() {
    Step step =
        STEP.withBrokenOff("a")
            .withBrokenOff("a")
            .withBrokenOff("b")
            .withResult(new Result("b", "whole"));

    assertThat(step.interruptions("a")).isEqualTo(2);
    assertThat(step.interruptions("b")).isEqualTo(1);
    assertThat(step.interruptions("c")).isZero();
    assertThat(step.resulted("a")).isFalse();
    assertThat(step.resulted("b")).isTrue();
    assertThat(step.resulted("c")).isFalse();
    assertThat(step.result(0)).isEmpty();
    assertThat(step.result(1)).contains(new Result("b", "whole"));
  }

  @Test
  void results_are_found_by_the_place_of_their_intent_and_not_by_the_order_of_their_ends() {
    Step step = STEP.withResult(new Result("c", "said")).withResult(new Result("a", "answered"));

    assertThat(step.result(0)).contains(new Result("a", "answered"));
    assertThat(step.result(1)).isEmpty();
    assertThat(step.result(2)).contains(new Result("c", "said"));
    assertThatThrownBy(() -> step.result(3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void the_first_intent_of_a_kind_that_is_not_settled_is_found() {
    assertThat(STEP.unresulted("say")).contains("c");
    assertThat(STEP.unresulted("sleep_until")).isEmpty();
    assertThat(STEP.withResult(new Result("a", "")).unresulted("predict")).contains("b");
  }

  @Test
  void a_request_for_approval_is_found_by_its_intent_and_all_are_denied_together() {
    Approval one = new Approval("a", LATER);
    Approval other = new Approval("b", LATER);
    Step step = STEP.withApprovals(List.of(one, other));

    assertThat(step.approval("b")).contains(other);
    assertThat(step.approval("c")).isEmpty();
    assertThat(step.denials("canceled"))
        .containsExactly(
            new ToolApprovalResolved("a", "a", false, "runtime", "canceled"),
            new ToolApprovalResolved("b", "b", false, "runtime", "canceled"));
  }

  private static Pending frame(String type, Json.Builder payload) {
    Json.Obj content = payload.build();
    Digest digest = Digest.of(content);
    return new Pending(
        3, new FrameAccepted(new FrameId("f"), type, content, digest, null, null), null);
  }

  @Test
  void only_a_plain_yes_approves() {
    assertThat(frame("tool_approval", Json.object().put("approved", true)).approves()).isTrue();
    assertThat(frame("tool_approval", Json.object().put("approved", false)).approves()).isFalse();
    assertThat(frame("tool_approval", Json.object().put("approved", "true")).approves()).isFalse();
    assertThat(frame("tool_approval", Json.object()).approves()).isFalse();
  }

  @Test
  void a_sender_may_say_why() {
    assertThat(frame("cancel", Json.object().put("reason", "enough")).reason()).contains("enough");
    assertThat(frame("cancel", Json.object().put("reason", 1)).reason()).isEmpty();
    assertThat(frame("cancel", Json.object()).reason()).isEmpty();
  }

  @Test
  void a_frame_answers_the_request_that_it_names_and_no_other() {
    Pending answer = frame("tool_approval", Json.object().put("approvalId", "a"));

    assertThat(answer.answersApproval("a")).isTrue();
    assertThat(answer.answersApproval("b")).isFalse();
    assertThat(frame("signal", Json.object().put("approvalId", "a")).answersApproval("a"))
        .isFalse();
    assertThat(answer.effect()).isEqualTo(FrameType.Effect.RESULT);
  }
}
