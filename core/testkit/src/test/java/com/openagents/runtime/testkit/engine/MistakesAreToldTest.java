package com.openagents.runtime.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.intake.NewFrame;
import com.openagents.runtime.intake.Taken;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a test does wrong, or finds wrong inside the runtime, fails the test.
class MistakesAreToldTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TestRuntime runtime = TestRuntime.of(new Assistant());

  @Test
  void an_assertion_that_fails_in_mid_answer_fails_the_test() {
    AssertionError failed = new AssertionError("it is not so");
    runtime
        .models()
        .answersNext(
            Reply.saying("a")
                .thenDoes(() -> {
                  throw failed;
                }));
    TestRun run = runtime.start("assistant", "Hello");
    assertThatThrownBy(runtime::settle).isSameAs(failed);
    runtime.advance(MINUTE);
    assertThat(run).completed().said("a").lostExecutors(1);
  }

  @Test
  void so_does_one_about_the_question() {
    runtime
        .models()
        .answers(question -> {
          assertThat(question.signature()).isEqualTo("another");
          return Reply.saying("ok");
        });
    runtime.start("assistant", "Hello");
    assertThatThrownBy(() -> runtime.advance(MINUTE))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("another");
  }

  @Test
  void so_do_a_rule_that_throws_and_one_that_has_no_answer() {
    runtime.models().answersWhen(question -> question.turns().get(99) == null, Reply.saying("no"));
    runtime.start("assistant", "Hello");
    assertThatThrownBy(runtime::settle).isInstanceOf(IndexOutOfBoundsException.class);
    runtime.models().answers("ok");
    runtime.advance(MINUTE);
    runtime.models().answers(_ -> none());
    runtime.start("assistant", "Hello");
    assertThatThrownBy(runtime::settle).hasMessage("a rule made no reply");
  }

  @SuppressWarnings("NullAway") // what a test may do that does not check its nulls
  private static Reply none() {
    return null;
  }

  @Test
  void so_does_whoever_settles_or_lets_time_pass_in_mid_answer() {
    runtime.models().answersNext(Reply.saying("a").thenDoes(runtime::settle));
    runtime.start("assistant", "Hello");
    assertThatThrownBy(runtime::settle)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("in the middle of something");
    runtime.models().answersNext(Reply.saying("b").thenDoes(() -> runtime.advance(MINUTE)));
    runtime.start("assistant", "Hello");
    assertThatThrownBy(runtime::settle).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"message.complete", ""})
  void a_crash_at_a_write_that_never_comes_is_refused(String type) {
    assertThatThrownBy(() -> Crash.beforeWriting(type)).hasMessageContaining('"' + type + '"');
    assertThatThrownBy(() -> Crash.afterWriting(type)).hasMessageContaining('"' + type + '"');
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -5})
  void so_is_one_at_a_call_that_never_comes(long number) {
    assertThatThrownBy(() -> Crash.beforeCall(number)).hasMessageContaining("" + number);
    assertThatThrownBy(() -> Crash.afterCall(number)).hasMessageContaining("" + number);
  }

  @Test
  void what_was_planned_and_did_not_happen_is_counted() {
    runtime.plan(Crash.never());
    runtime.plan(Crash.beforeWriting("message.completed"));
    runtime.plan(Crash.beforeWriting("run.canceled"));
    runtime.models().answersNext(Reply.saying("one"), Reply.saying("two"));
    assertThat(runtime.crashesPending()).isEqualTo(2);
    runtime.start("assistant", "Hello");
    runtime.advance(MINUTE);
    assertThat(runtime.crashesPending()).isOne();
    assertThat(runtime.models().repliesPending()).isOne();
  }

  @Test
  void what_a_run_refuses_fails_whoever_sends_it() {
    TestRun run = runtime.start("assistant", "Hello");
    assertThatThrownBy(() -> run.send("user_mesage", Json.Obj.EMPTY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the run refused user_mesage: UNKNOWN_FRAME_TYPE")
        .hasMessageContaining("run.created");
    runtime.settle();
    assertThatThrownBy(() -> run.say("more")).hasMessageContaining("ENDED");
    assertThat(run.trySend("note", Json.Obj.EMPTY)).isEqualTo(new Taken.Refused(Taken.Why.ENDED));
  }

  @Test
  void a_frame_may_be_sent_again_under_its_id() {
    TestRun run = runtime.start(NewRun.of("assistant").session());
    Json.Obj text = Json.object().put("text", "Hello").build();
    NewFrame frame =
        new NewFrame(new FrameId("frame-1"), "user_message", text, null, Instant.EPOCH);
    assertThat(run.trySend(frame)).isInstanceOf(Taken.Accepted.class);
    assertThat(run.trySend(frame)).isInstanceOf(Taken.Repeated.class);
    runtime.settle();
    assertThat(run).tookTurns(1);
  }

  @Test
  void who_approves_too_early_is_told_so() {
    TestRun run = runtime.start("assistant", "Hello");
    assertThatThrownBy(run::approve).hasMessageContaining("before settle()");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-3S", "PT0S", "PT0.000000001S"})
  void leases_that_are_over_at_once_are_refused(Duration ttl) {
    Setup setup = Setup.of(new Assistant());
    assertThatThrownBy(() -> setup.leaseTtl(ttl)).isInstanceOf(IllegalArgumentException.class);
  }
}
