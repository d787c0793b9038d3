package com.openagents.runtime.testkit.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunCancelRequested;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.model.ModelRequest.Role;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunAssertTest {

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant MORNING = Instant.parse("2026-01-02T08:00:00Z");

  private static RunLog log(Event... more) {
    List<Event> events = new ArrayList<>();
    events.add(
        new RunCreated(Drafts.spec(Drafts.THREAD, Drafts.OWNER), Drafts.frame("f", "x").content()));
    events.add(Drafts.frame("frame-1", "Hello"));
    events.add(new RunStarted(Drafts.NODE));
    events.addAll(List.of(more));
    List<Envelope> log = new ArrayList<>();
    for (Event event : events) {
      int seq = log.size() + 1;
      Instant at = TIME.plus(Duration.ofHours(15).multipliedBy(seq - 1)).plusMillis(seq - 1);
      log.add(new Envelope(Drafts.runId(1), seq, event, at, null, seq > 2 ? 1L : null));
    }
    ModelRequest.Turn question = new ModelRequest.Turn(Role.USER, "Hello you");
    return RunLog.of(
        log,
        List.of(new ModelRequest("1", "test/Answer.v1", Json.Obj.EMPTY, List.of(question), null)),
        null);
  }

  private static final RunLog ENDED =
      log(
          new StepStarted(1, 1, 2, List.of()),
          new MessageCompleted("1.1.0.1", "interrupted", Outcome.INTERRUPTED, null),
          new MessageCompleted("1.1.0.2", "Good morning", Outcome.COMPLETE, null),
          new StepFinished(1, 1, "done"),
          new RunCompleted());
  private static final RunLog UNASKED = RunLog.of(ENDED.events(), List.of(), null);
  private static final RunLog FAILED = log(new RunFailed(ReasonClass.LOG_LIMIT, "too large"));
  private static final RunLog WAITING = log(new RunWaiting(WaitingFor.TIMER, MORNING));
  private static final RunLog CANCELED =
      log(
          new RunCancelRequested("enough", "owner"),
          new RunCanceled(ReasonClass.CANCEL_REQUESTED, "enough"));
  private static final RunLog RECOVERED =
      log(
          new RunExecutorLost(Drafts.NODE, 1, 1, 0),
          new RunResumed(Drafts.OTHER_NODE, RunResumed.Cause.RECOVERY));

  static List<Arguments> claims() {
    return List.of(
        claim(ENDED, WAITING, RunAssert::completed, "a run that is completed"),
        claim(FAILED, ENDED, run -> run.failedWith(ReasonClass.LOG_LIMIT), "failed: log_limit"),
        claim(
            FAILED,
            log(new RunFailed(ReasonClass.AGENT_ERROR, "")),
            run -> run.failedWith(ReasonClass.LOG_LIMIT),
            "but found failed: agent_error"),
        claim(CANCELED, FAILED, RunAssert::canceled, "canceled: cancel_requested"),
        claim(WAITING, ENDED, run -> run.waitsFor(WaitingFor.TIMER), "waits for timer"),
        claim(
            WAITING,
            log(new RunWaiting(WaitingFor.FRAMES, null)),
            run -> run.waitsFor(WaitingFor.TIMER),
            "waiting for frames"),
        claim(
            WAITING,
            log(new RunWaiting(WaitingFor.TIMER, TIME)),
            run -> run.waitsUntil(MORNING),
            "waiting for timer until 2026-01-01T00:00:00Z"),
        claim(WAITING, ENDED, RunAssert::hasNotEnded, "has not ended"),
        claim(
            ENDED,
            FAILED,
            run -> run.emitted("run.started", "run.completed"),
            "no such run.completed"),
        claim(
            ENDED,
            RECOVERED,
            run -> run.emitted("run.created", "step.started"),
            "no such step.started"),
        claim(
            FAILED,
            ENDED,
            run -> run.emittedExactly("run.created", "frame.accepted", "run.started", "run.failed"),
            "exactly the events"),
        claim(
            FAILED,
            ENDED,
            run -> run.neverEmitted("message.delta", "step.started"),
            "none of the events"),
        claim(ENDED, FAILED, run -> run.said("Good morning"), "but found []"),
        claim(FAILED, ENDED, RunAssert::saidNothing, "[Good morning]"),
        claim(ENDED, FAILED, run -> run.startedSteps(1), "1 steps"),
        claim(ENDED, FAILED, run -> run.tookTurns(1), "1 turns"),
        claim(RECOVERED, ENDED, run -> run.lostExecutors(1), "1 lost executors"),
        claim(ENDED, UNASKED, run -> run.askedModel(1), "1 questions"),
        claim(ENDED, UNASKED, run -> run.askedModel("Hello"), "\"Hello\""),
        claim(ENDED, UNASKED, run -> run.questions().hasSize(1), "questions of"),
        claim(
            ENDED,
            FAILED,
            run -> run.emitted(StepStarted.class, step -> assertThat(step.turn()).isOne()),
            "none"),
        claim(
            ENDED,
            RECOVERED,
            run ->
                run.emitted(FrameAccepted.class, frame -> assertThat(run).isNotNull()).completed(),
            "running"));
  }

  private static Arguments claim(
      RunLog right, RunLog wrong, Consumer<RunAssert> claim, String complaint) {
    return Arguments.of(right, wrong, claim, complaint);
  }

  @ParameterizedTest
  @MethodSource("claims")
  void what_is_so_is_confirmed_and_what_is_not_is_shown_in_the_log(
      RunLog right, RunLog wrong, Consumer<RunAssert> claim, String complaint) {
    assertThatCode(() -> claim.accept(assertThat(right))).doesNotThrowAnyException();
    assertThatThrownBy(() -> claim.accept(assertThat(wrong)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(complaint)
        .hasMessageContaining(wrong.toString());
  }

  @Test
  void events_must_come_in_the_order_that_is_claimed() {
    assertThatThrownBy(() -> assertThat(ENDED).emitted("run.completed", "run.started"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> assertThat(ENDED).emitted("run.created", "run.created"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void an_event_that_misses_says_why() {
    assertThatThrownBy(() ->
            assertThat(ENDED)
                .emitted(StepStarted.class, step -> assertThat(step.turn()).isEqualTo(7)))
        .hasMessageContaining("a StepStarted as required")
        .hasMessageContaining("expected: 7");
  }

  @Test
  void the_name_of_the_run_stands_before_the_complaint() {
    assertThatThrownBy(() -> assertThat(FAILED).as("the nightly run").completed())
        .hasMessageStartingWith("[the nightly run]");
  }

  @Test
  void a_log_alone_does_not_tell_what_models_were_asked() {
    RunLog log = RunLog.of(ENDED.events());
    assertThatThrownBy(() -> assertThat(log).askedModel(0))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> assertThat(log).questions()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nobody_claims_that_there_are_no_events_of_a_type_that_is_none() {
    assertThatThrownBy(() -> assertThat(ENDED).neverEmitted("run.failed", "message.complete"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"message.complete\"");
  }

  @Test
  void what_the_agent_threw_is_shown_with_every_failure() {
    Throwable thrown = new IllegalStateException("a bug in line 7");
    RunLog log = RunLog.of(FAILED.events(), List.of(), thrown);
    assertThatThrownBy(() -> assertThat(log).completed())
        .hasCause(thrown)
        .hasMessageContaining("The agent threw java.lang.IllegalStateException: a bug in line 7")
        .hasMessageContaining(log.toString());
  }

  @Test
  void a_log_is_a_table() {
    assertThat(WAITING.toString())
        .isEqualToIgnoringNewLines(
            """
            seq            after  epoch  type            payload
              1         00:00:00         run.created     %s
              2     15:00:00.001         frame.accepted  {"payload":{"text":"Hello"},"content":"sha256:%s…","frameId":"frame-1","frameType":"user_message"}
              3  1d 06:00:00.002      1  run.started     {"node":"node-a"}
              4  1d 21:00:00.003      1  run.waiting     {"until":"2026-01-02T08:00:00.000000Z","waitingFor":"timer"}\
            """
                .formatted(
                    ShortPayload.of(WAITING.events().getFirst().event()),
                    Drafts.frame("frame-1", "Hello").content().toString().substring(7, 11)));
    assertThat(RunLog.of(List.of())).hasToString("(no events)");
  }

  @Test
  void what_was_said_and_decided_comes_first_in_the_table() {
    Json.Obj text = Json.object().put("text", "Good morning").build();
    IntentRecord say = new IntentRecord("1.1.0", "say", text);
    assertThat(ShortPayload.of(new StepStarted(1, 1, 2, List.of(say))))
        .startsWith("{\"intents\":[{\"body\":{\"text\":\"Good morning\"}");
    assertThat(
            ShortPayload.of(
                new MessageCompleted("1.1.0.1", "Good morning", Outcome.COMPLETE, null)))
        .startsWith("{\"text\":\"Good morning\",");
    assertThat(ShortPayload.of(new RunFailed(ReasonClass.LOG_LIMIT, "x".repeat(1_000))))
        .hasSize(161)
        .endsWith("x…");
  }
}
