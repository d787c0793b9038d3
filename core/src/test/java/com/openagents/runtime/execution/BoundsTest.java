package com.openagents.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// When a run is beyond a limit.
class BoundsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Limits LIMITS = Limits.defaults();

  /// A log of one event.
  private static final RunState FOLD =
      RunFold.apply(
          RunState.ABSENT, 1, new RunCreated(Asked.of("a").until(NOW).spec(), Digest.ofText("")));

  private static Bounds bounds(Limits limits) {
    return new Bounds(FOLD, limits, NOW.minusMillis(1));
  }

  @Test
  void a_log_that_reaches_a_limit_is_full() {
    assertThat(bounds(LIMITS.withEventsMax(1)).passed())
        .contains(
            new Bounds.Passed(
                ReasonClass.LOG_LIMIT, "the log of the run has 1 events; the limit is 1"));
    assertThat(bounds(LIMITS.withBytesMax(FOLD.bytes())).passed())
        .hasValueSatisfying(passed -> assertThat(passed.why()).isEqualTo(ReasonClass.LOG_LIMIT));
  }

  @Test
  void a_log_below_every_limit_is_not() {
    Limits near = LIMITS.withEventsMax(2).withBytesMax(FOLD.bytes() + 1);

    assertThat(bounds(near).passed()).isEmpty();
  }

  @Test
  void the_deadline_is_over_when_it_comes() {
    assertThat(new Bounds(FOLD, LIMITS, NOW).passed())
        .hasValueSatisfying(
            passed -> assertThat(passed.why()).isEqualTo(ReasonClass.DEADLINE_EXCEEDED));
  }
}
