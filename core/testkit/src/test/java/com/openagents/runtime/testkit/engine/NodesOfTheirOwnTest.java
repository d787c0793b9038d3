package com.openagents.runtime.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Json;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What nodes share and what they do not, and what a model does for a node that was lost.
class NodesOfTheirOwnTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /// Keeps in a field what belongs into the log.
  private static final class Forgetful implements AgentProgram {

    private int decisions;

    @Override
    public String name() {
      return "forgetful";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public List<Intent> decide(AgentState state) {
      decisions++;
      return state.turnBegins()
          ? List.of(new Intent.Predict("forgetful/Answer.v1", Json.Obj.EMPTY))
          : List.of(new Intent.Say("decision " + decisions), new Intent.Finish());
    }
  }

  private static TestRun crashed(Setup setup) {
    TestRuntime runtime = TestRuntime.of(setup);
    runtime.plan(Crash.beforeWriting("message.completed"));
    TestRun run = runtime.start("forgetful", "Hello");
    runtime.advance(MINUTE);
    assertThat(run).completed().lostExecutors(1);
    return run;
  }

  @Test
  void what_an_agent_keeps_in_a_field_is_lost_with_its_node() {
    assertThat(crashed(Setup.of(Forgetful::new))).said("ok", "decision 1");
    assertThat(crashed(Setup.of(Forgetful::new, Assistant::new))).said("ok", "decision 1");
  }

  @Test
  void an_object_is_shared_by_all_nodes() {
    assertThat(crashed(Setup.of(new Forgetful()))).said("ok", "decision 3");
  }

  @Test
  void a_runtime_of_one_node_takes_a_constructor() {
    TestRuntime runtime = TestRuntime.of(Assistant::new);
    TestRun run = runtime.start("assistant", "Hello");
    runtime.settle();
    assertThat(run).completed();
  }

  @Test
  void a_question_that_is_asked_again_after_a_crash_gets_its_queued_reply_again() {
    TestRuntime runtime = TestRuntime.of(Assistant::new);
    runtime.models().answersNext(Reply.saying("one"), Reply.saying("two"));
    runtime.plan(Crash.beforeWriting("message.completed"));
    TestRun first = runtime.start("assistant", "Hello");
    runtime.settle();
    runtime.plan(Crash.beforeWriting("message.completed"));
    runtime.advance(Duration.ofMinutes(2));
    TestRun second = runtime.start("assistant", "Hello");
    runtime.settle();
    assertThat(first).completed().said("one").lostExecutors(2).askedModel(3);
    assertThat(second).completed().said("two");
  }

  @Test
  void what_a_reply_did_before_the_crash_it_does_not_do_again() {
    TestRuntime runtime = TestRuntime.of(Assistant::new);
    TestRun run = runtime.start("assistant", "Hello");
    Reply reply =
        Reply.saying("half an ")
            .thenThinks("hm")
            .thenWaits(MINUTE)
            .thenDoes(runtime::crashNow)
            .thenSays("answer");
    runtime.models().answersNext(reply, Reply.saying("unwanted"));
    runtime.advance(Duration.ofMinutes(5));
    assertThat(run).completed().said("half an answer").lostExecutors(1).askedModel(2);
    assertThat(runtime.models().repliesPending()).isOne();
  }

  @Test
  void a_reply_that_failed_is_not_given_again() {
    TestRuntime runtime = TestRuntime.of(Assistant::new);
    runtime.models().answersNext(Reply.saying("half").thenBreaksOff(), Reply.saying("whole"));
    runtime.plan(Crash.beforeWriting("message.completed"));
    TestRun run = runtime.start("assistant", "Hello");
    runtime.advance(MINUTE);
    assertThat(run).completed().said("whole");
  }

  @Test
  void one_settling_carries_out_more_than_a_node_takes_on_at_once() {
    TestRuntime runtime = TestRuntime.of(new Assistant());
    List<TestRun> runs =
        Stream.generate(() -> runtime.start("assistant", "Hello")).limit(1_001).toList();
    runtime.settle();
    assertThat(runs).allMatch(run -> run.state().run().ended());
  }

  @Test
  void one_settling_carries_out_what_becomes_due_by_it() {
    TestRuntime runtime = TestRuntime.of(new Hasty());
    TestRun run = runtime.start("hasty", "Hello");
    runtime.settle();
    assertThat(run).completed();
  }

  /// Asks for an approval that nobody can give in time.
  private record Hasty() implements AgentProgram {

    @Override
    public String name() {
      return "hasty";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public List<Intent> decide(AgentState state) {
      return state.turnBegins()
          ? List.of(new Intent.RequestApproval("hurry", Json.Obj.EMPTY, Duration.ZERO))
          : List.of(new Intent.Finish());
    }
  }
}
