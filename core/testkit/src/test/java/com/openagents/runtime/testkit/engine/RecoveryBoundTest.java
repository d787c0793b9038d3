package com.openagents.runtime.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.Assistant;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A run whose executor is gone goes on within a lease time and a second, wherever that happened.
@Tag("G7")
class RecoveryBoundTest {

  private static final Duration TTL = Duration.ofSeconds(15);
  private static final Duration BOUND = TTL.plusSeconds(1);

  private static TestRuntime runtime() {
    return TestRuntime.of(Setup.of(new Assistant()).nodes(2).leaseTtl(TTL));
  }

  static LongStream everyCall() {
    TestRuntime undisturbed = runtime();
    undisturbed.start("assistant", "Hello");
    undisturbed.settle();
    return LongStream.rangeClosed(1, undisturbed.calls());
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void it_goes_on_within_the_bound_after_a_crash_before_any_call(long call) {
    goesOnAfter(Crash.beforeCall(call));
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void it_goes_on_within_the_bound_after_a_crash_behind_any_call(long call) {
    goesOnAfter(Crash.afterCall(call));
  }

  private static void goesOnAfter(Crash crash) {
    TestRuntime runtime = runtime();
    runtime.plan(crash);
    TestRun run = runtime.start("assistant", "Hello");
    runtime.advance(BOUND);
    assertThat(runtime.nodesLost()).isOne();
    assertThat(run).completed();
  }
}
