package com.openagents.runtime.testkit.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    return new RunLog(
        log, List.of(new ModelRequest("1", "test/Answer.v1", List.of(question), null)));
  }

  private static final RunLog ENDED =
      log(
          new StepStarted(1, 1, 2, List.of()),
          new MessageCompleted("1.1.0.1", "interrupted", Outcome.INTERRUPTED, null),
          new MessageCompleted("1.1.0.2", "Good morning", Outcome.COMPLETE, null),
          new StepFinished(1, 1, "done"),
          new RunCompleted());
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
        claim(ENDED, RunLog.of(ENDED.events()), run -> run.askedModel(1), "1 questions"),
        claim(ENDED, RunLog.of(ENDED.events()), run -> run.askedModel("Hello"), "\"Hello\""),
        claim(ENDED, RunLog.of(ENDED.events()), run -> run.questions().hasSize(1), "questions of"),
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
  void a_log_is_a_table() {
    assertThat(WAITING.toString())
        .isEqualToIgnoringNewLines(
            """
            seq            after  epoch  type            payload
              1         00:00:00         run.created     %s…
              2     15:00:00.001         frame.accepted  %s…
              3  1d 06:00:00.002      1  run.started     {"node":"node-a"}
              4  1d 21:00:00.003      1  run.waiting     {"until":"2026-01-02T08:00:00.000000Z","waitingFor":"timer"}\
            """
                .formatted(payload(0), payload(1)));
    assertThat(RunLog.of(List.of())).hasToString("(no events)");
  }

  private static String payload(int event) {
    return com.openagents.runtime.event.EventCodec.payload(WAITING.events().get(event).event())
        .substring(0, 100);
  }
}
