package com.openagents.runtime.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.testkit.engine.TestRun;
import com.openagents.runtime.testkit.engine.TestRuntime;
import org.junit.jupiter.api.Test;

class FirstTest {

  @Test
  void the_assistant_answers() {
    TestRuntime runtime = TestRuntime.of(new Assistant());
    runtime.models().answers("Good morning");
    TestRun run = runtime.start("assistant", "Hello");
    runtime.settle();
    assertThat(run).completed().said("Good morning").askedModel("Hello");
  }
}
