package com.openagents.runtime.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.model.ModelRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestRuntimeTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static TestRuntime assistant() {
    return TestRuntime.of(new Assistant());
  }

  /// All that one seed does with two nodes, a crash and two runs.
  private static List<String> life(long seed) {
    TestRuntime runtime = TestRuntime.of(Setup.of(new Assistant()).nodes(2).seed(seed));
    runtime.plan(Crash.afterWriting("step.started"));
    TestRun one = runtime.start("assistant", "one");
    TestRun two = runtime.start(NewRun.of("assistant").session().saying("two"));
    runtime.advance(MINUTE);
    two.say("three");
    runtime.advance(MINUTE);
    List<Envelope> log = new ArrayList<>(one.events());
    log.addAll(two.events());
    return log.stream().map(event -> event.occurredAt() + " " + EventCodec.toJson(event)).toList();
  }

  @Test
  void the_same_seed_gives_the_same_logs() {
    Set<List<String>> lives = new HashSet<>();
    for (long seed = 1; seed <= 8; seed++) {
      assertThat(life(seed)).isEqualTo(life(seed));
      lives.add(life(seed));
    }
    assertThat(lives).hasSize(8);
  }

  @Test
  void nothing_happens_by_itself() {
    TestRuntime runtime = assistant();
    TestRun run = runtime.start("assistant", "Hello");
    assertThat(run).emittedExactly("run.created", "frame.accepted");
    assertThat(runtime.calls()).isZero();
  }

  @Test
  void any_node_may_be_the_one_that_works() {
    Set<NodeId> workers = new HashSet<>();
    for (long seed = 1; seed <= 20; seed++) {
      TestRuntime runtime = TestRuntime.of(Setup.of(new Assistant()).nodes(3).seed(seed));
      TestRun run = runtime.start("assistant", "Hello");
      runtime.settle();
      workers.add(run.log().eventsOf(RunStarted.class).getFirst().node());
    }
    assertThat(workers).hasSize(3);
  }

  @Test
  void a_run_is_taken_over_only_when_the_lease_has_run_out() {
    TestRuntime runtime = TestRuntime.of(Setup.of(new Assistant()).leaseTtl(MINUTE));
    runtime.plan(Crash.afterWriting("step.started"));
    TestRun run = runtime.start("assistant", "Hello");
    runtime.advance(MINUTE);
    assertThat(run).hasNotEnded();
    runtime.advance(Duration.ofMillis(1));
    assertThat(run).completed().lostExecutors(1).startedSteps(1);
    assertThat(runtime.nodesLost()).isOne();
    assertThat(run.log().eventsOf(RunResumed.class).getFirst().node())
        .isEqualTo(new NodeId("node-2"));
  }

  @Test
  void what_is_planned_before_a_write_keeps_it_from_the_log_and_after_it_does_not() {
    TestRuntime before = assistant();
    before.plan(Crash.beforeWriting("run.completed"));
    TestRun lost = before.start("assistant", "Hello");
    before.settle();
    assertThat(lost).neverEmitted("run.completed");
    TestRuntime after = assistant();
    after.plan(Crash.afterWriting("run.completed"));
    TestRun written = after.start("assistant", "Hello");
    after.settle();
    assertThat(written).completed();
    assertThat(after.nodesLost()).isOne();
  }

  @Test
  void a_planned_crash_happens_once() {
    TestRuntime runtime = assistant();
    runtime.plan(Crash.beforeWriting("step.started"));
    TestRun one = runtime.start("assistant", "one");
    TestRun other = runtime.start("assistant", "two");
    runtime.advance(MINUTE);
    assertThat(runtime.nodesLost()).isOne();
    assertThat(one).completed();
    assertThat(other).completed();
  }

  @Test
  void a_node_may_go_down_in_the_middle_of_an_answer() {
    TestRuntime runtime = assistant();
    Reply reply = Reply.saying("half an ").thenDoes(runtime::crashNow).thenSays("answer");
    runtime.models().answersNext(reply);
    TestRun run = runtime.start("assistant", "Hello");
    runtime.advance(MINUTE);
    assertThat(run).completed().said("half an answer").askedModel(2);
    assertThat(runtime.models().asked())
        .extracting(ModelRequest::callId)
        .containsOnly(run.id() + ":1.1.0");
  }

  @Test
  void the_calls_of_a_node_are_those_to_the_store_and_those_to_the_model() {
    TestRuntime runtime = assistant();
    runtime.start("assistant", "Hello");
    runtime.settle();
    long calls = runtime.calls();
    TestRuntime longer = assistant();
    longer.models().answersNext(Reply.saying("o").thenSays("k"));
    longer.start("assistant", "Hello");
    longer.settle();
    assertThat(longer.calls()).isEqualTo(calls + 1);
  }

  @Test
  void an_executor_that_listens_for_long_keeps_its_lease() {
    TestRuntime runtime = TestRuntime.of(Setup.of(new Assistant()).nodes(2));
    runtime.models().answersNext(Reply.silentFor(Duration.ofMinutes(10)).thenSays("at last"));
    TestRun run = runtime.start("assistant", "Hello");
    Instant begin = runtime.now();
    runtime.settle();
    assertThat(run).completed().said("at last").lostExecutors(0);
    assertThat(runtime.now()).isEqualTo(begin.plus(Duration.ofMinutes(10)));
  }

  @Test
  void a_model_that_says_nothing_is_given_up_at_the_deadline_of_each_try() {
    TestRuntime runtime = assistant();
    runtime.models().answers(_ -> Reply.silentFor(Duration.ofDays(1)));
    TestRun run = runtime.start("assistant", "Hello");
    runtime.advance(Duration.ofDays(1));
    assertThat(run).failedWith(ReasonClass.RECOVERY_EXHAUSTED).askedModel(4).saidNothing();
  }

  @Test
  void a_message_in_mid_answer_may_interrupt_it() {
    TestRuntime runtime = assistant();
    NewRun asked = NewRun.of("assistant").session().whileBusy(WhileBusy.INTERRUPT);
    TestRun run = runtime.start(asked.saying("one"));
    runtime
        .models()
        .answersNext(Reply.saying("never ").thenDoes(() -> run.say("two")).thenSays("heard"));
    runtime.settle();
    assertThat(run).said("ok").tookTurns(2).askedModel("two");
  }

  @Test
  void several_runs_share_a_thread() {
    TestRuntime runtime = assistant();
    runtime.models().answers("noted");
    runtime.start(NewRun.of("assistant").on("garden").saying("I have a cat"));
    runtime.settle();
    TestRun second = runtime.start(NewRun.of("assistant").on("garden").saying("What have I?"));
    runtime.settle();
    assertThat(second).completed().questions().hasSize(1);
    assertThat(runtime.models().asked().getLast().turns())
        .extracting(ModelRequest.Turn::text)
        .contains("I have a cat", "noted", "What have I?");
  }

  @Test
  void a_thread_is_of_the_one_who_began_it() {
    TestRuntime runtime = assistant();
    NewRun asked = NewRun.of("assistant").on("garden");
    runtime.start(asked);
    assertThatThrownBy(() -> runtime.start(asked.ownedBy(new Principal.User(2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NOT_FOUND");
  }

  @Test
  void a_session_ends_when_it_idles_too_long_and_a_run_at_its_deadline() {
    TestRuntime runtime = assistant();
    TestRun idle = runtime.start(NewRun.of("assistant").session().saying("Hello").idleFor(MINUTE));
    TestRun late =
        runtime.start(NewRun.of("assistant").session().until(runtime.now().plus(MINUTE)));
    runtime.advanceTo(runtime.now().plus(MINUTE));
    assertThat(idle).failedWith(ReasonClass.IDLE_TIMEOUT).tookTurns(1);
    assertThat(late).failedWith(ReasonClass.DEADLINE_EXCEEDED);
  }

  @Test
  void frames_of_every_kind_reach_a_run() {
    TestRuntime runtime = assistant();
    TestRun run = runtime.start(NewRun.of("assistant").session().saying("Hello"));
    runtime.settle();
    run.send("note", Json.object().put("text", "likes tea").build());
    runtime.settle();
    assertThat(run).waitsFor(WaitingFor.FRAMES).tookTurns(1);
    run.say("What do I like?");
    runtime.settle();
    assertThat(run).tookTurns(2);
    assertThat(runtime.models().asked().getLast().turns())
        .extracting(ModelRequest.Turn::text)
        .contains("Note: likes tea");
    run.send("finish", Json.Obj.EMPTY);
    runtime.settle();
    assertThat(run).completed();
  }

  @Test
  void the_newest_rule_that_fits_answers_and_what_is_queued_comes_before_it() {
    TestRuntime runtime = assistant();
    runtime
        .models()
        .answers("standing")
        .answersTo("rain", Reply.saying("wet"))
        .answersWhen(request -> request.turns().size() > 3, Reply.thinking("hm").thenSays("long"));
    TestRun run = runtime.start(NewRun.of("assistant").session().saying("Hello"));
    runtime.settle();
    run.say("rain?");
    runtime.settle();
    assertThat(run).said("standing", "long").emitted("reasoning.completed");
    runtime.models().answersNext(Reply.saying("queued"));
    TestRun rain = runtime.start("assistant", "rain?");
    TestRun more = runtime.start("assistant", "more rain?");
    runtime.settle();
    assertThat(rain).said("queued");
    assertThat(more).said("wet");
  }

  @Test
  void what_makes_no_sense_is_refused_with_a_reason() {
    TestRuntime runtime = assistant();
    TestRun run = runtime.start("assistant", "Hello");
    assertThatThrownBy(run::approve)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("asks for no approval");
    assertThatThrownBy(() -> runtime.start("nobody", "Hello"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("UNKNOWN_AGENT");
    assertThatThrownBy(() -> runtime.advance(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(runtime::crashNow).isInstanceOf(IllegalStateException.class);
    List<Throwable> refusals = new ArrayList<>();
    runtime
        .models()
        .answersNext(
            Reply.silentFor(MINUTE).thenDoes(() -> refusals.add(catchThrowable(runtime::settle))));
    runtime.settle();
    assertThat(refusals).singleElement().isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Setup.of().nodes(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
