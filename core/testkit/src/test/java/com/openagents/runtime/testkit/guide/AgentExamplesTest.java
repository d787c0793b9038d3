package com.openagents.runtime.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.testkit.engine.Crash;
import com.openagents.runtime.testkit.engine.NewRun;
import com.openagents.runtime.testkit.engine.Reply;
import com.openagents.runtime.testkit.engine.TestRun;
import com.openagents.runtime.testkit.engine.TestRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgentExamplesTest {

  @Test
  void the_reminder_wakes_up_on_thirty_mornings() {
    Instant first = Instant.parse("2026-01-02T08:00:00Z");
    TestRuntime runtime = TestRuntime.of(new Reminder(first));
    TestRun run = runtime.start("reminder", "Remind me");
    runtime.settle();
    assertThat(run).waitsFor(WaitingFor.TIMER).waitsUntil(first);
    runtime.advance(Duration.ofDays(31));
    assertThat(run).completed();
    assertThat(run.log().said()).hasSize(30).startsWith("day 1").endsWith("day 30");
  }

  @Test
  void another_node_takes_over_when_one_crashes_in_mid_answer() {
    TestRuntime runtime = TestRuntime.of(new Assistant());
    runtime.models().answers("Good morning");
    runtime.plan(Crash.beforeWriting("message.completed"));
    TestRun run = runtime.start("assistant", "Hello");
    runtime.settle();
    assertThat(run).hasNotEnded().saidNothing();
    runtime.advance(Duration.ofMinutes(1));
    assertThat(run).completed().lostExecutors(1).said("Good morning").askedModel(2);
  }

  private static TestRuntime restarted(Crash crash) {
    TestRuntime runtime = TestRuntime.of(new Restarter());
    runtime.plan(crash);
    TestRun run = runtime.start("restarter", "The database is slow");
    runtime.advance(Duration.ofMinutes(1));
    run.approve();
    runtime.advance(Duration.ofMinutes(1));
    assertThat(run).completed().said("restart approved");
    return runtime;
  }

  static LongStream everyCall() {
    return LongStream.rangeClosed(1, restarted(Crash.never()).calls());
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void a_crash_at_any_call_changes_nothing_that_matters(long call) {
    assertThat(restarted(Crash.beforeCall(call)).nodesLost()).isEqualTo(1);
    assertThat(restarted(Crash.afterCall(call)).nodesLost()).isEqualTo(1);
  }

  @Test
  void a_session_goes_on_with_each_message() {
    TestRuntime runtime = TestRuntime.of(new Assistant());
    runtime.models().answersNext(Reply.saying("one"), Reply.saying("two"));
    TestRun run = runtime.start(NewRun.of("assistant").session().saying("Count"));
    runtime.settle();
    assertThat(run).waitsFor(WaitingFor.FRAMES).said("one");
    run.say("Go on");
    runtime.settle();
    assertThat(run).waitsFor(WaitingFor.FRAMES).said("one", "two").tookTurns(2);
  }

  @Test
  void nothing_is_restarted_without_approval() {
    TestRuntime runtime = TestRuntime.of(new Restarter());
    TestRun run = runtime.start("restarter", "The database is slow");
    runtime.settle();
    assertThat(run).waitsFor(WaitingFor.APPROVAL);
    run.deny("not on a Friday");
    runtime.settle();
    assertThat(run)
        .completed()
        .said("restart denied")
        .emitted(
            ToolApprovalResolved.class,
            verdict -> assertThat(verdict.reason()).isEqualTo("not on a Friday"));
  }

  @Test
  void an_approval_that_nobody_gives_expires() {
    TestRuntime runtime = TestRuntime.of(new Restarter());
    TestRun run = runtime.start("restarter", "The database is slow");
    runtime.advance(Duration.ofHours(2));
    assertThat(run).completed().said("restart denied");
  }

  @Test
  void a_model_that_fails_fails_its_run() {
    TestRuntime runtime = TestRuntime.of(new Assistant());
    runtime.models().answersTo("weather", Reply.failing("unavailable", "the provider is away"));
    TestRun talk = runtime.start("assistant", "How are you?");
    TestRun weather = runtime.start("assistant", "How is the weather?");
    runtime.settle();
    assertThat(talk).completed().said("ok");
    assertThat(weather).failedWith(ReasonClass.MODEL_UNAVAILABLE).saidNothing();
  }

  @Test
  void an_answer_that_breaks_off_is_asked_for_again() {
    TestRuntime runtime = TestRuntime.of(new Assistant());
    runtime.models().answersNext(Reply.saying("In the beg").thenBreaksOff());
    runtime.models().answersNext(Reply.saying("In the beginning"));
    TestRun run = runtime.start("assistant", "Tell me everything");
    runtime.settle();
    assertThat(run).completed().said("In the beginning");
  }

  @Test
  void who_cancels_in_mid_answer_hears_no_more() {
    TestRuntime runtime = TestRuntime.of(new Assistant());
    TestRun run = runtime.start("assistant", "Tell me everything");
    runtime
        .models()
        .answersNext(
            Reply.saying("In the beginning ")
                .thenWaits(Duration.ofSeconds(10))
                .thenDoes(() -> run.cancel("too long"))
                .thenSays("there was"));
    runtime.settle();
    assertThat(run).canceled().saidNothing();
  }
}
