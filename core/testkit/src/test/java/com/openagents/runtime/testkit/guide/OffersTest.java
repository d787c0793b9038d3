package com.openagents.runtime.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.testkit.engine.Crash;
import com.openagents.runtime.testkit.engine.Reply;
import com.openagents.runtime.testkit.engine.Setup;
import com.openagents.runtime.testkit.engine.TestRun;
import com.openagents.runtime.testkit.engine.TestRuntime;
import com.openagents.runtime.testkit.generate.Seeds;
import com.openagents.runtime.testkit.generate.Values;
import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OffersTest {

  @Test
  void an_approved_offer_is_asked_about_after_thirty_days() {
    TestRuntime runtime = TestRuntime.of(Offers::new);
    runtime.models().answersNext(Reply.saying("Dear ACME"), Reply.saying("Have you read it?"));
    TestRun run = runtime.start("offers", "Ten seats for ACME");
    runtime.settle();
    assertThat(run).waitsFor(WaitingFor.APPROVAL).said("Dear ACME").askedModel("ACME");
    run.approve();
    runtime.settle();
    assertThat(run).waitsFor(WaitingFor.TIMER).waitsUntil(runtime.now().plus(Duration.ofDays(30)));
    runtime.advance(Duration.ofDays(30));
    assertThat(run).completed().said("Dear ACME", "sent", "Have you read it?");
  }

  @Test
  void an_offer_that_is_denied_is_not_sent() {
    TestRuntime runtime = TestRuntime.of(Offers::new);
    TestRun run = runtime.start("offers", "Ten seats for ACME");
    runtime.settle();
    run.deny("too cheap");
    runtime.settle();
    assertThat(run)
        .completed()
        .said("ok", "not sent")
        .emitted(
            ToolApprovalResolved.class,
            verdict -> assertThat(verdict.reason()).isEqualTo("too cheap"));
  }

  @Test
  void an_offer_that_nobody_approves_is_not_sent() {
    TestRuntime runtime = TestRuntime.of(Offers::new);
    TestRun run = runtime.start("offers", "Ten seats for ACME");
    runtime.advance(Duration.ofDays(2));
    assertThat(run).completed().said("ok", "not sent");
  }

  private static TestRuntime sent(Crash crash) {
    TestRuntime runtime = TestRuntime.of(Offers::new);
    runtime.plan(crash);
    TestRun run = runtime.start("offers", "Ten seats for ACME");
    runtime.advance(Duration.ofMinutes(1));
    run.approve();
    runtime.advance(Duration.ofDays(31));
    assertThat(run).completed().said("ok", "sent", "ok");
    return runtime;
  }

  static LongStream everyCall() {
    return LongStream.rangeClosed(1, sent(Crash.never()).calls());
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void a_crash_at_any_call_changes_nothing_that_matters(long call) {
    assertThat(sent(Crash.beforeCall(call)).nodesLost()).isEqualTo(1);
    assertThat(sent(Crash.afterCall(call)).nodesLost()).isEqualTo(1);
  }

  static Stream<Long> seeds() {
    return Seeds.first(200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothing_is_sent_without_approval_whatever_is_said_and_wherever_nodes_crash(long seed) {
    Values some = new Values(Seeds.random(seed));
    TestRuntime runtime = TestRuntime.of(Setup.of(Offers::new).nodes(2).seed(seed));
    runtime.models().answers(some.text());
    runtime.plan(Crash.beforeCall(1 + some.below(20)));
    TestRun run = runtime.start("offers", some.text());
    runtime.advance(Duration.ofMinutes(1));
    run.deny(some.text());
    runtime.advance(Duration.ofMinutes(1));
    assertThat(run).completed();
    assertThat(run.log().said()).endsWith("not sent").doesNotContain("sent");
  }
}
