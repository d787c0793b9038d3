package com.openagents.runtime.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.intake.LoadLimits.Limit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// When a node is too loaded for more.
class LoadLimitsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MORE = SECOND.plusNanos(1);
  private static final LoadLimits LIMITS = new LoadLimits(10, 100, SECOND, SECOND, SECOND);

  @Test
  void a_node_at_its_thresholds_takes_runs_and_frames() {
    Load busy = new Load(9, 99, SECOND, SECOND, SECOND);
    assertThat(LIMITS.againstStart(busy)).isEmpty();
    assertThat(LIMITS.againstFrame(busy)).isEmpty();
  }

  @Test
  void each_threshold_keeps_new_runs_away() {
    assertThat(LIMITS.againstStart(Load.NONE.executing(10))).contains(Limit.EXECUTING);
    assertThat(LIMITS.againstStart(new Load(0, 0, MORE, SECOND, SECOND))).contains(Limit.POOL_WAIT);
    assertThat(LIMITS.againstStart(new Load(0, 0, SECOND, MORE, SECOND)))
        .contains(Limit.APPEND_LATENCY);
    assertThat(LIMITS.againstStart(new Load(0, 0, SECOND, SECOND, MORE)))
        .contains(Limit.MAILBOX_AGE);
    assertThat(LIMITS.againstStart(new Load(0, 100, SECOND, SECOND, SECOND)))
        .contains(Limit.QUEUED_FRAMES);
  }

  @Test
  void frames_of_accepted_runs_are_taken_by_a_degraded_node_until_too_many_wait() {
    assertThat(LIMITS.againstFrame(new Load(10, 99, MORE, MORE, MORE))).isEmpty();
    assertThat(LIMITS.againstFrame(new Load(0, 100, SECOND, SECOND, SECOND)))
        .contains(Limit.QUEUED_FRAMES);
  }
}
