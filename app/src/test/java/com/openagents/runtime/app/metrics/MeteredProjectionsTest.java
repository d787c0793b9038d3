package com.openagents.runtime.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.projection.CheckpointRules.Verdict;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.RunProjections;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeteredProjectionsTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MeteredProjections meters =
      new MeteredProjections(
          registry, InstantSource.system(), List.of("convex"), RunProjections.BUILT_IN.ids());

  private Counter drift(Verdict verdict) {
    return registry
        .get("runtime.projection.drift")
        .tags("sink", "convex", "projection", "run_summary", "reason_class", verdict.word())
        .counter();
  }

  /// A counter that comes to be with its first count has not risen for those who watch it.
  @Test
  void what_alerts_watch_is_there_before_it_happens() {
    assertThat(drift(Verdict.SUMMARY_HASH_MISMATCH).count()).isZero();
    assertThat(registry.find("runtime.projection.drift").counters())
        .hasSize(4 * RunProjections.BUILT_IN.ids().size());
    assertThat(
            registry
                .get("runtime.projection.replay")
                .tags("scope", "all", "result", "canceled")
                .timer()
                .count())
        .isZero();
    assertThat(registry.find("runtime.projection.replay").timers()).hasSize(8);
  }

  @Test
  void drift_is_counted_where_it_was_expected() {
    meters.drift("convex", "run_summary", new Entity("run", "r"), Verdict.CHECKPOINT_AHEAD);
    assertThat(drift(Verdict.CHECKPOINT_AHEAD).count()).isOne();
  }
}
