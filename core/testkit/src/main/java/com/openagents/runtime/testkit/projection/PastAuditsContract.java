package com.openagents.runtime.testkit.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.projection.PastAudit;
import com.openagents.runtime.projection.PastAudit.Found;
import com.openagents.runtime.projection.PastAudit.Sample;
import com.openagents.runtime.projection.PastAudits;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What keeping past audits promises: the last one of each sample, as it was found.
@Tag("G11")
public abstract class PastAuditsContract extends ProjectionSuite {

  private static final Found CLEAN = new Found(Map.of("kept", 3L), Map.of(), true, null);

  private static final Found FAR =
      new Found(
          Map.of("kept", 1L << 40, "convex", 0L),
          Map.of("kept", Map.of("missing", 1L, "lag", 1L << 41), "convex", Map.of("orphan", 2L)),
          false,
          "convex/run_summary/" + Drafts.runId(7));

  private PastAudits audits() {
    return store().audits();
  }

  @Test
  void an_audit_is_kept_as_it_was_found_and_when() {
    assertThat(audits().latest()).isEmpty();
    audits().keep(Sample.WALK, FAR);
    assertThat(audits().latest())
        .singleElement()
        .satisfies(past -> {
          assertThat(past.sample()).isEqualTo(Sample.WALK);
          assertThat(past.found()).isEqualTo(FAR);
          assertThat(Duration.between(past.at(), store().now()).abs())
              .isLessThan(Duration.ofMinutes(1));
        });
  }

  @Test
  void the_last_audit_of_each_sample_is_told_the_newest_first() {
    for (Sample sample : Sample.values()) {
      audits().keep(sample, FAR);
    }
    audits().keep(Sample.ALL, CLEAN);
    assertThat(audits().latest())
        .extracting(PastAudit::sample)
        .containsExactly(Sample.ALL, Sample.NEWEST, Sample.WALK);
    assertThat(audits().latest()).extracting(PastAudit::found).containsExactly(CLEAN, FAR, FAR);
  }
}
