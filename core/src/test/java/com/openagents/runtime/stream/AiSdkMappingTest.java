package com.openagents.runtime.stream;

import static com.openagents.runtime.stream.Logs.DIGEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.BlobRef;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.ToolEvent.ToolApprovalRequested;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.ToolEvent.ToolCanceled;
import com.openagents.runtime.event.ToolEvent.ToolFailed;
import com.openagents.runtime.event.ToolEvent.ToolLateResult;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import com.openagents.runtime.event.ToolEvent.ToolSucceeded;
import com.openagents.runtime.event.ToolEvent.ToolTimedOut;
import com.openagents.runtime.event.WaitingFor;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What each event shows to the AI SDK's client.
class AiSdkMappingTest {

  private static final Event STARTED = new MessageStarted("m");
  private static final Event STEP = new StepStarted(1, 1, 0, List.of());
  private static final Event TOOL =
      new ToolRequested("t", "search", Json.object().put("q", "x").build(), "none");

  /// What the last of the events shows to a client of the version.
  private static List<String> shown(int aiSdk, Event... events) {
    AiSdkMapping mapping = new AiSdkMapping(aiSdk);
    AiSdkState state = mapping.initial();
    List<Chunk> last = List.of();
    for (Envelope envelope : Logs.of(events)) {
      Mapping.Step<AiSdkState> step = mapping.next(state, envelope);
      state = step.state();
      last = step.chunks();
    }
    return last.stream().map(Chunk::json).toList();
  }

  private static List<String> shown(Event... events) {
    return shown(5, events);
  }

  private static MessageCompleted completed(String text, String finishReason) {
    ModelUse use = new ModelUse("p", "n", finishReason, null, null);
    return new MessageCompleted("m", text, Outcome.COMPLETE, use);
  }

  @Test
  void versions_other_than_5_to_7_are_unknown() {
    assertThatThrownBy(() -> new AiSdkMapping(4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AiSdkMapping(8)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_message_has_the_id_of_the_run() {
    assertThat(shown(Logs.created()))
        .containsExactly("{\"type\":\"start\",\"messageId\":\"" + Logs.RUN + "\"}");
  }

  @Test
  void a_message_is_a_text_part() {
    assertThat(shown(STARTED)).containsExactly("{\"type\":\"text-start\",\"id\":\"m\"}");
    assertThat(shown(STARTED, new MessageDelta("m", "a\n\"b\"")))
        .containsExactly("{\"type\":\"text-delta\",\"id\":\"m\",\"delta\":\"a\\n\\\"b\\\"\"}");
    assertThat(shown(STARTED, new MessageDelta("m", "ab"), completed("ab", "stop")))
        .containsExactly("{\"type\":\"text-end\",\"id\":\"m\"}");
  }

  @Test
  void reasoning_is_a_reasoning_part() {
    Event started = new ReasoningStarted("r");
    assertThat(shown(started)).containsExactly("{\"type\":\"reasoning-start\",\"id\":\"r\"}");
    assertThat(shown(started, new ReasoningDelta("r", "hm")))
        .containsExactly("{\"type\":\"reasoning-delta\",\"id\":\"r\",\"delta\":\"hm\"}");
    assertThat(
            shown(
                started,
                new ReasoningDelta("r", "hm"),
                new ReasoningCompleted("r", "hm", Outcome.COMPLETE)))
        .containsExactly("{\"type\":\"reasoning-end\",\"id\":\"r\"}");
  }

  @Test
  void a_completed_message_shows_what_no_delta_showed() {
    assertThat(shown(STARTED, completed("abc", "stop")))
        .containsExactly(
            "{\"type\":\"text-delta\",\"id\":\"m\",\"delta\":\"abc\"}",
            "{\"type\":\"text-end\",\"id\":\"m\"}");
    assertThat(shown(STARTED, new MessageDelta("m", "ab"), completed("abc", "stop")))
        .first()
        .isEqualTo("{\"type\":\"text-delta\",\"id\":\"m\",\"delta\":\"c\"}");
    assertThat(shown(completed("abc", "stop"))).hasSize(3);
    assertThat(shown(completed("", "stop"))).isEmpty();
  }

  @Test
  void a_message_too_large_for_the_log_says_where_it_lies_unless_deltas_showed_it() {
    BlobRef blob = new BlobRef(DIGEST, 300_000, "text/plain");
    Event large = new MessageCompleted("m", "", Outcome.COMPLETE, null, blob);
    String end = "{\"type\":\"text-end\",\"id\":\"m\"}";
    assertThat(shown(STARTED, new MessageDelta("m", "ab"), large)).containsExactly(end);
    String lies =
        "{\"type\":\"data-blob\",\"data\":{\"blob\":{\"mediaType\":\"text/plain\",\"sha256\":\""
            + DIGEST.hex()
            + "\",\"size\":300000},\"messageId\":\"m\"}}";
    assertThat(shown(STARTED, large)).containsExactly(end, lies);
    assertThat(shown(large)).containsExactly(lies);
  }

  @Test
  void an_interrupted_message_is_ended_and_marked() {
    Event interrupted = new MessageCompleted("m", "ab", Outcome.INTERRUPTED, null);
    assertThat(shown(STARTED, new MessageDelta("m", "ab"), interrupted))
        .containsExactly(
            "{\"type\":\"text-end\",\"id\":\"m\"}",
            "{\"type\":\"data-interrupted\",\"data\":{\"messageId\":\"m\"}}");
  }

  @Test
  void a_step_that_finishes_ends_what_is_open_in_it() {
    assertThat(shown(STEP)).containsExactly("{\"type\":\"start-step\"}");
    assertThat(shown(STEP, STARTED, new StepFinished(1, 1, "done")))
        .containsExactly("{\"type\":\"text-end\",\"id\":\"m\"}", "{\"type\":\"finish-step\"}");
    assertThat(shown(STEP, STARTED, STEP))
        .containsExactly(
            "{\"type\":\"text-end\",\"id\":\"m\"}",
            "{\"type\":\"finish-step\"}",
            "{\"type\":\"start-step\"}");
    assertThat(shown(new StepFinished(1, 1, "done"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop", "length", "content-filter", "tool-calls", "error", "other"})
  void the_run_finishes_as_its_last_message_did(String finishReason) {
    assertThat(shown(STARTED, completed("", finishReason), new RunCompleted()))
        .containsExactly("{\"type\":\"finish\",\"finishReason\":\"" + finishReason + "\"}");
  }

  @Test
  void a_finish_reason_outside_the_portable_set_is_other() {
    assertThat(shown(STARTED, completed("", "interrupted"), new RunCompleted()))
        .containsExactly("{\"type\":\"finish\",\"finishReason\":\"other\"}");
    assertThat(shown(new RunCompleted()))
        .containsExactly("{\"type\":\"finish\",\"finishReason\":\"stop\"}");
  }

  @Test
  void a_failed_run_closes_everything_and_ends_with_the_error() {
    assertThat(shown(STEP, STARTED, TOOL, new RunFailed(ReasonClass.MODEL_UNAVAILABLE, "no model")))
        .containsExactly(
            "{\"type\":\"text-end\",\"id\":\"m\"}",
            "{\"type\":\"tool-output-error\",\"toolCallId\":\"t\","
                + "\"errorText\":\"the run ended before the tool did\",\"dynamic\":true}",
            "{\"type\":\"finish-step\"}",
            "{\"type\":\"data-reason\",\"data\":{\"reason\":\"no model\","
                + "\"reasonClass\":\"model_unavailable\",\"status\":\"failed\"}}",
            "{\"type\":\"error\",\"errorText\":\"no model\"}");
  }

  @Test
  void a_canceled_run_says_why_and_ends_with_a_bare_abort() {
    assertThat(shown(STARTED, new RunCanceled(ReasonClass.CANCEL_REQUESTED, null)))
        .containsExactly(
            "{\"type\":\"text-end\",\"id\":\"m\"}",
            "{\"type\":\"data-reason\",\"data\":"
                + "{\"reasonClass\":\"cancel_requested\",\"status\":\"canceled\"}}",
            "{\"type\":\"abort\"}");
  }

  @Test
  void a_tool_is_dynamic_and_null_is_a_value_of_its_output() {
    assertThat(shown(TOOL))
        .containsExactly(
            "{\"type\":\"tool-input-available\",\"toolCallId\":\"t\",\"toolName\":\"search\","
                + "\"input\":{\"q\":\"x\"},\"dynamic\":true}");
    assertThat(shown(TOOL, new ToolSucceeded("t", Json.NULL, DIGEST, 5)))
        .containsExactly(
            "{\"type\":\"tool-output-available\",\"toolCallId\":\"t\","
                + "\"output\":null,\"dynamic\":true}");
  }

  @Test
  void a_tool_that_gives_no_result_is_an_error_of_the_tool() {
    assertThat(shown(TOOL, new ToolFailed("t", "http_500", "no answer")))
        .singleElement()
        .isEqualTo(toolError("no answer"));
    assertThat(shown(TOOL, new ToolTimedOut("t", 250)))
        .singleElement()
        .isEqualTo(toolError("timed out after 250 ms"));
    assertThat(shown(TOOL, new ToolCanceled("t", "stop it")))
        .singleElement()
        .isEqualTo(toolError("canceled: stop it"));
    assertThat(shown(TOOL, new ToolCanceled("t", null)))
        .singleElement()
        .isEqualTo(toolError("canceled"));
  }

  private static String toolError(String text) {
    return "{\"type\":\"tool-output-error\",\"toolCallId\":\"t\",\"errorText\":\""
        + text
        + "\",\"dynamic\":true}";
  }

  @Test
  void a_result_of_a_tool_that_is_not_open_shows_nothing() {
    Event result = new ToolSucceeded("t", Json.of(1), DIGEST, 5);
    assertThat(shown(result)).isEmpty();
    assertThat(shown(TOOL, result, result)).isEmpty();
    assertThat(shown(TOOL, new ToolLateResult("t", Json.of(1)))).isEmpty();
  }

  @Test
  void each_version_sees_an_approval_as_it_can() {
    Event asked = new ToolApprovalRequested("t", "a", DIGEST, Instant.EPOCH);
    assertThat(shown(5, TOOL, asked))
        .containsExactly(
            "{\"type\":\"data-approval\",\"id\":\"a\",\"data\":{\"approvalId\":\"a\","
                + "\"expiresAt\":\"1970-01-01T00:00:00.000000Z\",\"state\":\"requested\","
                + "\"toolCallId\":\"t\"}}");
    String request =
        "{\"type\":\"tool-approval-request\",\"approvalId\":\"a\",\"toolCallId\":\"t\"}";
    assertThat(shown(6, TOOL, asked)).containsExactly(request);
    assertThat(shown(7, TOOL, asked)).containsExactly(request);

    Event denied = new ToolApprovalResolved("t", "a", false, "frame", "no");
    assertThat(shown(6, TOOL, asked, denied))
        .containsExactly(
            "{\"type\":\"data-approval\",\"id\":\"a\",\"data\":{\"approvalId\":\"a\","
                + "\"reason\":\"no\",\"state\":\"denied\",\"toolCallId\":\"t\"}}");
    assertThat(shown(7, TOOL, asked, denied))
        .containsExactly(
            "{\"type\":\"tool-approval-response\",\"approvalId\":\"a\","
                + "\"approved\":false,\"reason\":\"no\"}");

    Event canceled = new ToolCanceled("t", "denied");
    assertThat(shown(5, TOOL, asked, denied, canceled))
        .containsExactly(toolError("canceled: denied"));
    assertThat(shown(6, TOOL, asked, denied, canceled))
        .containsExactly("{\"type\":\"tool-output-denied\",\"toolCallId\":\"t\"}");
  }

  @Test
  void where_the_run_is_passes_by_and_a_limit_stays() {
    assertThat(shown(new RunWaiting(WaitingFor.APPROVAL, null)))
        .containsExactly(
            "{\"type\":\"data-status\","
                + "\"data\":{\"for\":\"approval\",\"status\":\"waiting\"},\"transient\":true}");
    assertThat(shown(new RunLimitWarning("events", 80, 100)))
        .containsExactly(
            "{\"type\":\"data-limit-warning\","
                + "\"data\":{\"limit\":\"events\",\"max\":100,\"used\":80}}");
  }

  @Test
  void an_unknown_event_shows_nothing() {
    assertThat(shown(new Event.Unrecognized("future.event", 1, Json.Obj.EMPTY))).isEmpty();
  }
}
