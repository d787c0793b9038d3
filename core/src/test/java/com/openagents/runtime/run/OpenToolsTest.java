package com.openagents.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.ToolEvent.ToolApprovalRequested;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.ToolEvent.ToolCanceled;
import com.openagents.runtime.event.ToolEvent.ToolFailed;
import com.openagents.runtime.event.ToolEvent.ToolLateResult;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import com.openagents.runtime.event.ToolEvent.ToolStarted;
import com.openagents.runtime.event.ToolEvent.ToolSucceeded;
import com.openagents.runtime.event.ToolEvent.ToolTimedOut;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.run.OpenTools.Open;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which tool calls of a log are open.
class OpenToolsTest {

  private static final Digest DIGEST = Digest.ofText("");
  private static final Event REQUESTED =
      new ToolRequested("t", "math.eval", Json.Obj.EMPTY, "none");

  private static List<Open> open(Event... log) {
    OpenTools tools = new OpenTools();
    for (int i = 0; i < log.length; i++) {
      tools.apply(
          new Envelope(new RunId(new UUID(7, 7)), i + 1, log[i], Instant.EPOCH, null, null));
    }
    return tools.list();
  }

  private static Event approvalOf(String id) {
    return new ToolApprovalRequested(id, id, DIGEST, Instant.EPOCH);
  }

  private static Event resolved(String id, boolean approved) {
    return new ToolApprovalResolved(id, id, approved, "frame", null);
  }

  @Test
  void a_call_is_open_from_its_request_on() {
    assertThat(open(REQUESTED, new ToolStarted("t", 1), new ToolLateResult("t", Json.TRUE)))
        .containsExactly(new Open("t", "math.eval", 1, false));
  }

  @Test
  void a_call_waits_for_approval_until_that_is_resolved() {
    assertThat(open(REQUESTED, approvalOf("t")))
        .containsExactly(new Open("t", "math.eval", 1, true));
    assertThat(open(REQUESTED, approvalOf("t"), resolved("t", true)))
        .containsExactly(new Open("t", "math.eval", 1, false));
  }

  @Test
  void an_approval_that_the_agent_asked_for_is_open_under_its_subject_until_it_is_resolved() {
    Json.Obj body = Json.object().put("subject", "restart").build();
    Event step =
        new StepStarted(1, 1, 0, List.of(new IntentRecord("1.1.0", "request_approval", body)));
    assertThat(open(step, approvalOf("1.1.0")))
        .containsExactly(new Open("1.1.0", "restart", 2, true));
    assertThat(open(step, approvalOf("1.1.0"), resolved("1.1.0", false))).isEmpty();
  }

  @Test
  void an_approval_is_known_by_its_own_intent() {
    Json.Obj body = Json.object().put("subject", "restart").build();
    Json.Obj other = Json.object().put("subject", "deploy").build();
    Event step =
        new StepStarted(
            1,
            1,
            0,
            List.of(
                new IntentRecord("1.1.0", "request_approval", other),
                new IntentRecord("1.1.1", "request_approval", body),
                new IntentRecord("t", "call_tool", Json.Obj.EMPTY)));

    assertThat(open(step, approvalOf("1.1.1")))
        .containsExactly(new Open("1.1.1", "restart", 2, true));
    assertThat(open(step, approvalOf("9.9.9")))
        .containsExactly(new Open("9.9.9", "9.9.9", 2, true));
    assertThat(open(step, REQUESTED, approvalOf("t"), resolved("t", false)))
        .containsExactly(new Open("t", "math.eval", 2, false));
  }

  @Test
  void the_calls_of_a_log_that_was_copied_are_over() {
    assertThat(open(REQUESTED, RunWalk.FORKED)).isEmpty();
  }

  static Stream<Event> endings() {
    return Stream.of(
        new ToolSucceeded("t", Json.TRUE, DIGEST, 1),
        new ToolFailed("t", "x", "y"),
        new ToolCanceled("t", null),
        new ToolTimedOut("t", 1),
        new RunCompleted(),
        new RunFailed(ReasonClass.EXECUTION_FAILED, "it broke"),
        new RunCanceled(ReasonClass.CANCEL_REQUESTED, null));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void what_ends_a_call_or_its_run_closes_it(Event ending) {
    assertThat(open(REQUESTED, ending)).isEmpty();
  }
}
