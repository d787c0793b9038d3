package com.openagents.runtime.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.testkit.engine.Crash;
import com.openagents.runtime.testkit.engine.Setup;
import com.openagents.runtime.testkit.engine.TestRun;
import com.openagents.runtime.testkit.engine.TestRuntime;
import com.openagents.runtime.testkit.generate.Seeds;
import com.openagents.runtime.testkit.generate.Values;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnythingSaidTest {

  static Stream<Long> seeds() {
    return Seeds.first(200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatever_is_said_and_wherever_a_node_crashes_the_answer_comes_once(long seed) {
    Values some = new Values(Seeds.random(seed));
    TestRuntime runtime = TestRuntime.of(Setup.of(new Assistant()).nodes(2).seed(seed));
    runtime.plan(Crash.beforeCall(1 + some.below(12)));
    TestRun run = runtime.start("assistant", some.text());
    runtime.advance(Duration.ofMinutes(1));
    assertThat(run).completed().said("ok");
  }
}
