package com.openagents.runtime.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.event.WaitingFor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A deploy in the middle of a run.
class DeploysTest {

  private static final Duration DAY = Duration.ofDays(1);

  /// Sleeps for a day, and says its version.
  ///
  /// @param oldest the oldest version that it continues
  private record Sleeper(int version, int oldest) implements AgentProgram {

    @Override
    public String name() {
      return "sleeper";
    }

    @Override
    public boolean continues(int olderVersion) {
      return oldest <= olderVersion && olderVersion <= version;
    }

    @Override
    public List<Intent> decide(AgentState state) {
      return state.turnBegins()
          ? List.of(new Intent.SleepUntil(state.now().plus(DAY)))
          : List.of(new Intent.Say("version " + version), new Intent.Finish());
    }
  }

  private final TestRuntime runtime = TestRuntime.of(new Sleeper(1, 1));

  private TestRun asleep() {
    TestRun run = runtime.start("sleeper", "Good night");
    runtime.settle();
    assertThat(run).waitsFor(WaitingFor.TIMER);
    return run;
  }

  @Test
  void a_run_goes_on_under_the_new_version() {
    TestRun run = asleep();
    runtime.deploy(new Sleeper(2, 1));
    runtime.advance(DAY);
    assertThat(run).completed().said("version 2");
    assertThat(runtime.nodesLost()).isZero();
    assertThat(asleep().state().specified().agent().version()).isEqualTo(2);
  }

  @Test
  void one_that_the_new_version_does_not_continue_stays_where_it_is() {
    TestRun run = asleep();
    runtime.deploy(new Sleeper(3, 2));
    runtime.advance(DAY.multipliedBy(2));
    assertThat(run).hasNotEnded().saidNothing();
    runtime.deploy(new Sleeper(4, 1));
    runtime.settle();
    assertThat(run).completed().said("version 4");
  }

  @Test
  void an_agent_that_is_gone_is_started_no_more() {
    runtime.deploy(new Assistant());
    assertThatThrownBy(() -> runtime.start("sleeper", "Good night"))
        .hasMessageContaining("UNKNOWN_AGENT");
  }

  @Test
  void nobody_deploys_in_mid_answer() {
    runtime.deploy(new Assistant());
    runtime.models().answersNext(Reply.saying("a").thenDoes(() -> runtime.deploy(new Assistant())));
    runtime.start("assistant", "Hello");
    assertThatThrownBy(runtime::settle).hasMessageContaining("in the middle of something");
  }
}
