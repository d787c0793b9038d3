package com.openagents.runtime.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentState;
import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.agent.Intent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whoever wrote an agent that throws learns where.
class AgentsThatThrowTest {

  private static final Duration HOUR = Duration.ofHours(1);

  /// Throws, asserts or decides null, as its message tells it.
  private record Faulty() implements AgentProgram {

    @Override
    public String name() {
      return "faulty";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public List<Intent> decide(AgentState state) {
      return switch (state.conversation().getLast().text()) {
        case "throw" -> throw new IllegalStateException("a bug in line 7");
        case "assert" -> throw new AssertionError("a check in line 8");
        case "null" -> none();
        default -> List.of(new Intent.Finish());
      };
    }

    @SuppressWarnings("NullAway") // what an agent may do that does not check its nulls
    private static List<Intent> none() {
      return null;
    }
  }

  private final TestRuntime runtime = TestRuntime.of(new Faulty(), new Assistant());

  @Test
  void an_exception_is_the_cause_of_the_failed_assertion() {
    TestRun run = runtime.start("faulty", "throw");
    runtime.advance(HOUR);
    assertThatThrownBy(() -> assertThat(run).completed())
        .hasMessageContaining("The agent threw java.lang.IllegalStateException: a bug in line 7")
        .hasRootCauseMessage("a bug in line 7");
    assertThat(run.log().thrown().orElseThrow().getStackTrace()[0].getMethodName())
        .isEqualTo("decide");
  }

  @Test
  void so_are_an_assertion_and_a_decision_of_null() {
    TestRun failed = runtime.start("faulty", "assert");
    TestRun decided = runtime.start("faulty", "null");
    runtime.settle();
    assertThatThrownBy(() -> assertThat(failed).completed())
        .hasRootCauseMessage("a check in line 8");
    assertThatThrownBy(() -> assertThat(decided).completed())
        .hasRootCauseMessage("it decided null");
  }

  @Test
  void what_one_run_threw_says_nothing_about_another() {
    runtime.start(NewRun.of("faulty").on("garden").saying("throw"));
    TestRun other = runtime.start(NewRun.of("faulty").on("garden").saying("Hello"));
    TestRun talk = runtime.start("assistant", "throw");
    runtime.settle();
    assertThat(other).completed();
    assertThat(other.log().thrown()).isEmpty();
    assertThat(talk.log().thrown()).isEmpty();
  }
}
