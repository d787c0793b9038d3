package com.openagents.runtime.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.projection.CheckpointRules.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is to be done with a form of a document, by what is there.
@Tag("G11")
class CheckpointRulesTest {

  private static Checkpoint at(long generation, long seq, int version, String text) {
    return new Checkpoint(generation, seq, version, Digest.ofText(text));
  }

  /// What is there is of generation 5, sequence 5 and version 5, and says `a`.
  @ParameterizedTest
  @CsvSource({
    "6, 1, 1, b, NEWER, true, false",
    "4, 9, 9, b, CHECKPOINT_AHEAD, false, true",
    "5, 6, 1, b, NEWER, true, false",
    "5, 4, 9, b, CHECKPOINT_AHEAD, false, true",
    "5, 5, 6, b, PROJECTION_VERSION_CHANGED, true, true",
    "5, 5, 4, b, PROJECTION_VERSION_BEHIND, false, true",
    "5, 5, 5, b, SUMMARY_HASH_MISMATCH, true, true",
    "5, 5, 5, a, SAME, false, false"
  })
  void generation_goes_before_sequence_before_version_before_text(
      long generation,
      long seq,
      int version,
      String text,
      Verdict verdict,
      boolean writes,
      boolean drift) {
    Verdict decided = CheckpointRules.decide(at(5, 5, 5, "a"), at(generation, seq, version, text));
    assertThat(decided).isEqualTo(verdict);
    assertThat(decided.writes()).isEqualTo(writes);
    assertThat(decided.drift()).isEqualTo(drift);
  }

  @Test
  void where_nothing_is_it_is_written() {
    Verdict first = CheckpointRules.decide(null, at(1, 1, 1, "a"));
    assertThat(first).isEqualTo(Verdict.FIRST);
    assertThat(first.writes()).isTrue();
    assertThat(first.drift()).isFalse();
    assertThat(first.word()).isEqualTo("first");
  }
}
