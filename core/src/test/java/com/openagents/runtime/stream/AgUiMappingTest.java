package com.openagents.runtime.stream;

import static com.openagents.runtime.stream.Logs.DIGEST;
import static com.openagents.runtime.stream.Logs.RUN;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.event.BlobRef;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameQuarantined;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.event.RunEvent.RunCancelRequested;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunChildEnded;
import com.openagents.runtime.event.RunEvent.RunChildStarted;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.LoopDetected;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.ToolEvent.ToolApprovalRequested;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.ToolEvent.ToolFailed;
import com.openagents.runtime.event.ToolEvent.ToolLateResult;
import com.openagents.runtime.event.ToolEvent.ToolProgress;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import com.openagents.runtime.event.ToolEvent.ToolSucceeded;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What each event shows to AG-UI's reader.
class AgUiMappingTest {

  private static final Event STARTED = new MessageStarted("m");
  private static final Event STEP =
      new StepStarted(
          2,
          3,
          0,
          List.of(
              new IntentRecord(
                  "t", "request_approval", Json.object().put("subject", "Pay?").build())));
  private static final Event TOOL =
      new ToolRequested("t", "search", Json.object().put("q", "x").build(), "none");
  private static final Event ASKED = new ToolApprovalRequested("t", "t", DIGEST, Instant.EPOCH);
  private static final Event FOR_FRAMES = new RunWaiting(WaitingFor.FRAMES, null);
  private static final Event FOR_APPROVAL = new RunWaiting(WaitingFor.APPROVAL, null);

  /// What the last of the events shows, in a run that was created before them.
  private static List<Json.Obj> shown(Event... events) {
    List<Event> log = new ArrayList<>(List.of(Logs.created()));
    log.addAll(List.of(events));
    AgUiMapping mapping = new AgUiMapping();
    AgUiState state = mapping.initial();
    List<Chunk> last = List.of();
    for (Envelope envelope : Logs.of(log)) {
      Mapping.Step<AgUiState> step = mapping.next(state, envelope);
      state = step.state();
      last = step.chunks();
    }
    return last.stream().map(chunk -> (Json.Obj) JsonReader.read(chunk.json())).toList();
  }

  private static List<String> types(Event... events) {
    return shown(events).stream().map(json -> text(json, "type")).toList();
  }

  private static String text(Json.Obj json, String name) {
    return json.get(name) instanceof Json.Str(String text) ? text : "none";
  }

  private static Json.Obj outcome(Event... events) {
    return (Json.Obj) requireNonNull(shown(events).getLast().get("outcome"));
  }

  @Test
  void nothing_shows_before_the_run_was_created() {
    AgUiMapping mapping = new AgUiMapping();
    Envelope early = Logs.of(STARTED).getFirst();
    assertThat(mapping.next(mapping.initial(), early).chunks()).isEmpty();
  }

  @Test
  void the_run_opens_with_its_thread_and_the_version_of_the_protocol() {
    assertThat(shown())
        .containsExactly(
            Json.object()
                .put("type", "RUN_STARTED")
                .put("threadId", "thread-1")
                .put("runId", RUN.toString())
                .put("protocolVersion", "1.0")
                .build());
  }

  @Test
  void ids_of_messages_and_calls_begin_with_the_runs() {
    assertThat(text(shown(STARTED).getFirst(), "messageId")).isEqualTo(RUN + ".m");
    assertThat(text(shown(TOOL).getFirst(), "toolCallId")).isEqualTo(RUN + ".t");
    assertThat(text(shown(TOOL, new ToolFailed("t", "x", "no")).getFirst(), "messageId"))
        .isEqualTo(RUN + ".t.result");
  }

  @Test
  void reasoning_is_a_span_with_a_message() {
    assertThat(types(new ReasoningStarted("r")))
        .containsExactly("REASONING_START", "REASONING_MESSAGE_START");
    assertThat(
            types(new ReasoningStarted("r"), new ReasoningCompleted("r", "hm", Outcome.COMPLETE)))
        .containsExactly("REASONING_MESSAGE_CONTENT", "REASONING_MESSAGE_END", "REASONING_END");
  }

  @Test
  void a_message_ends_with_the_reason_that_the_model_gave() {
    Event whole =
        new MessageCompleted(
            "m", "ab", Outcome.COMPLETE, new ModelUse("p", "n", "length", null, null));
    assertThat(shown(STARTED, new MessageDelta("m", "ab"), whole))
        .singleElement()
        .extracting(json -> json.get("metadata"))
        .isEqualTo(
            Json.object()
                .put("openagents", Json.object().put("finishReason", "length").build())
                .build());
  }

  @Test
  void an_interrupted_message_is_ended_and_marked() {
    assertThat(types(STARTED, new MessageCompleted("m", "", Outcome.INTERRUPTED, null)))
        .containsExactly("TEXT_MESSAGE_END", "CUSTOM");
  }

  @Test
  void a_message_too_large_for_the_log_says_where_it_lies() {
    BlobRef blob = new BlobRef(DIGEST, 300_000, "text/plain");
    List<Json.Obj> shown =
        shown(STARTED, new MessageCompleted("m", "", Outcome.COMPLETE, null, blob));
    assertThat(shown).hasSize(2);
    assertThat(shown.getLast().get("value"))
        .asInstanceOf(InstanceOfAssertFactories.type(Json.Obj.class))
        .extracting(value -> value.get("messageId"))
        .isEqualTo(Json.of(RUN + ".m"));
  }

  @Test
  void a_step_has_the_numbers_of_its_turn_and_itself() {
    assertThat(text(shown(STEP).getFirst(), "stepName")).isEqualTo("2.3");
    assertThat(types(STEP, STEP)).containsExactly("STEP_FINISHED", "STEP_STARTED");
    assertThat(types(new StepFinished(2, 3, "done"))).isEmpty();
  }

  @Test
  void a_tool_call_shows_whole_and_its_result_follows() {
    assertThat(types(TOOL)).containsExactly("TOOL_CALL_START", "TOOL_CALL_ARGS", "TOOL_CALL_END");
    assertThat(text(shown(TOOL).get(1), "delta")).isEqualTo("{\"q\":\"x\"}");
    assertThat(content(Json.of("as it is"))).isEqualTo("as it is");
    assertThat(content(Json.of(true))).isEqualTo("true");
  }

  private static String content(Json output) {
    return text(shown(TOOL, new ToolSucceeded("t", output, DIGEST, 5)).getFirst(), "content");
  }

  @Test
  void a_result_of_a_call_that_is_not_open_shows_nothing() {
    Event result = new ToolSucceeded("t", Json.of(1), DIGEST, 5);
    assertThat(shown(result)).isEmpty();
    assertThat(shown(TOOL, result, result)).isEmpty();
    assertThat(shown(TOOL, new ToolLateResult("t", Json.of(1)))).isEmpty();
  }

  @Test
  void waiting_for_frames_finishes_the_run_of_the_protocol() {
    assertThat(types(STEP, STARTED, FOR_FRAMES))
        .containsExactly("TEXT_MESSAGE_END", "STEP_FINISHED", "RUN_FINISHED");
    assertThat(outcome(FOR_FRAMES)).isEqualTo(Json.object().put("type", "success").build());
  }

  @Test
  void waiting_for_time_does_not() {
    assertThat(types(new RunWaiting(WaitingFor.TIMER, null))).containsExactly("CUSTOM");
    assertThat(types(FOR_APPROVAL)).as("of nothing").containsExactly("CUSTOM");
  }

  @Test
  void waiting_for_an_approval_is_an_interrupt_that_says_what_is_asked() {
    Json.Obj interrupt = interrupt(STEP, ASKED, FOR_APPROVAL);
    assertThat(text(interrupt, "id")).isEqualTo("t");
    assertThat(text(interrupt, "reason")).isEqualTo("confirmation");
    assertThat(text(interrupt, "message")).isEqualTo("Pay?");
    assertThat(text(interrupt, "expiresAt")).isEqualTo("1970-01-01T00:00:00.000000Z");
    assertThat(interrupt.get("toolCallId")).isNull();
  }

  @Test
  void an_interrupt_for_a_call_that_was_shown_names_it() {
    Json.Obj interrupt = interrupt(TOOL, ASKED, FOR_APPROVAL);
    assertThat(text(interrupt, "reason")).isEqualTo("tool_call");
    assertThat(text(interrupt, "toolCallId")).isEqualTo(RUN + ".t");
  }

  private static Json.Obj interrupt(Event... events) {
    assertThat(text(outcome(events), "type")).isEqualTo("interrupt");
    Json.Arr interrupts = (Json.Arr) requireNonNull(outcome(events).get("interrupts"));
    assertThat(interrupts.items()).hasSize(1);
    return (Json.Obj) interrupts.items().getFirst();
  }

  @Test
  void an_answered_approval_is_asked_no_more() {
    Event answer = new ToolApprovalResolved("t", "t", true, "frame", null);
    assertThat(types(STEP, ASKED, FOR_APPROVAL, answer))
        .containsExactly("RUN_STARTED", "STEP_STARTED", "CUSTOM");
    assertThat(types(STEP, ASKED, FOR_APPROVAL, answer, answer)).isEmpty();
    assertThat(types(STEP, ASKED, answer, FOR_APPROVAL)).containsExactly("CUSTOM");
  }

  @Test
  void what_goes_on_after_a_wait_is_a_new_run_of_the_protocol() {
    Event resumed = new RunResumed(new NodeId("n"), RunResumed.Cause.FRAMES);
    assertThat(types(FOR_FRAMES, resumed)).containsExactly("RUN_STARTED", "CUSTOM");
    assertThat(text(shown(FOR_FRAMES, resumed).getFirst(), "runId")).isEqualTo(RUN + ".3");
    assertThat(text(shown(FOR_FRAMES, resumed, FOR_FRAMES).getLast(), "runId"))
        .isEqualTo(RUN + ".3");
  }

  static Stream<Event> asides() {
    RunId child = new RunId(new UUID(0, 1));
    return Stream.of(
        new RunLimitWarning("events", 80, 100),
        new RunExecutorLost(new NodeId("n"), 1, 1, 0),
        new RunChildStarted(child, "echo"),
        new RunChildEnded(child, "completed", null),
        new LoopDetected("same", "warning", 3, "again"),
        new FrameQuarantined(new FrameId("f"), "poison", 3),
        new ToolProgress("other", Json.NULL),
        new ToolSucceeded("other", Json.NULL, DIGEST, 5));
  }

  @ParameterizedTest
  @MethodSource("asides")
  void what_does_not_end_a_wait_is_a_run_of_its_own_with_the_same_outcome(Event aside) {
    Event other = new ToolRequested("other", "search", Json.Obj.EMPTY, "none");
    List<String> types = types(other, STEP, ASKED, FOR_APPROVAL, aside);
    assertThat(types).hasSize(3).startsWith("RUN_STARTED").endsWith("RUN_FINISHED");
    assertThat(outcome(other, STEP, ASKED, FOR_APPROVAL, aside))
        .isEqualTo(outcome(STEP, ASKED, FOR_APPROVAL));
    assertThat(types(other, FOR_FRAMES, aside, STARTED))
        .containsExactly("RUN_STARTED", "TEXT_MESSAGE_START");
  }

  @Test
  void a_completed_run_finishes_with_what_its_models_used() {
    Event one = used("a", 1L, 2L);
    Event other = used("b", 4L, null);
    assertThat(shown(one, other, one, new RunCompleted()).getLast().get("usage"))
        .isEqualTo(Json.array(List.of(usage("a", 2L, 4L), usage("b", 4L, null))));
    assertThat(shown(one, FOR_FRAMES, STARTED, new RunCompleted()).getLast().get("usage")).isNull();
  }

  private static Event used(String model, Long in, @Nullable Long out) {
    return new MessageCompleted(
        "m", "x", Outcome.COMPLETE, new ModelUse("p", model, "stop", in, out));
  }

  private static Json usage(String model, Long in, @Nullable Long out) {
    return Json.object()
        .put("provider", "p")
        .put("model", model)
        .put("inputTokens", in)
        .put("outputTokens", out)
        .build();
  }

  @Test
  void an_end_closes_what_is_open_and_answers_the_calls() {
    assertThat(types(STEP, TOOL, STARTED, new RunCompleted()))
        .containsExactly("TOOL_CALL_RESULT", "TEXT_MESSAGE_END", "STEP_FINISHED", "RUN_FINISHED");
  }

  @Test
  void a_failed_run_ends_with_an_error_that_has_its_class() {
    Json.Obj error = shown(new RunFailed(ReasonClass.MODEL_UNAVAILABLE, "no model")).getFirst();
    assertThat(text(error, "type")).isEqualTo("RUN_ERROR");
    assertThat(text(error, "message")).isEqualTo("no model");
    assertThat(text(error, "code")).isEqualTo("model_unavailable");
  }

  @Test
  void a_canceled_run_says_why_and_finishes_as_cancelled() {
    Event canceled = new RunCanceled(ReasonClass.CANCEL_REQUESTED, "enough");
    assertThat(types(canceled)).containsExactly("CUSTOM", "RUN_FINISHED");
    assertThat(outcome(canceled)).isEqualTo(Json.object().put("type", "cancelled").build());
    assertThat(types(FOR_FRAMES, new RunCancelRequested("enough", "owner")))
        .containsExactly("RUN_STARTED", "CUSTOM");
  }

  @Test
  void the_end_of_a_waiting_run_is_a_run_of_its_own() {
    assertThat(types(FOR_FRAMES, new RunCompleted()))
        .containsExactly("RUN_STARTED", "RUN_FINISHED");
  }

  @Test
  void no_done_follows_for_clients_read_all_data_as_json() {
    StreamRunner<AgUiState> runner = new StreamRunner<>(new AgUiMapping(), 0);
    StringBuilder all = new StringBuilder();
    for (Envelope envelope : Logs.of(Logs.created(), new RunCompleted())) {
      all.append(new String(runner.next(envelope), StandardCharsets.UTF_8));
    }
    assertThat(runner.ended()).isTrue();
    assertThat(all).doesNotContain("[DONE]");
  }
}
