package com.openagents.runtime.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.testkit.engine.Crash;
import com.openagents.runtime.testkit.engine.NewRun;
import com.openagents.runtime.testkit.engine.Reply;
import com.openagents.runtime.testkit.engine.TestRun;
import com.openagents.runtime.testkit.engine.TestRuntime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgentExamplesTest {

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
