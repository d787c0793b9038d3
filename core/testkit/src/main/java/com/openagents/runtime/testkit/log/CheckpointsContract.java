package com.openagents.runtime.testkit.log;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.log.Checkpoints.Checkpoint;
import com.openagents.runtime.testkit.Race;
import org.junit.jupiter.api.Test;

/// What a cache of folds promises: the newest comes back as it was.
///
/// Not asserted: that a checkpoint is ever found again; dropping all is allowed between tests.
public abstract class CheckpointsContract extends StoreContract {

  @Test
  void the_saved_fold_comes_back_as_it_was() {
    start(1);
    Checkpoint checkpoint = checkpoint(5, "{\"text\":\"naïve \\\" 日本語\"}");
    store().checkpoints().save(RUN, checkpoint);
    assertThat(store().checkpoints().latest(RUN)).contains(checkpoint);
  }

  @Test
  void a_large_fold_of_a_long_log_comes_back_whole() {
    start(1);
    Checkpoint large = checkpoint(3_000_000_000L, "\"" + "state ".repeat(200_000) + "\"");
    store().checkpoints().save(RUN, large);
    assertThat(store().checkpoints().latest(RUN)).contains(large);
  }

  @Test
  void a_newer_fold_replaces_an_older_one() {
    start(1);
    store().checkpoints().save(RUN, checkpoint(5, "{}"));
    store().checkpoints().save(RUN, checkpoint(9, "{\"newer\":true}"));
    assertThat(store().checkpoints().latest(RUN)).contains(checkpoint(9, "{\"newer\":true}"));
  }

  @Test
  void a_fold_of_the_same_sequence_replaces_one_in_an_older_format() {
    start(1);
    Checkpoint newer = new Checkpoint(5, 2, Digest.ofText("[]"), "[]");
    store().checkpoints().save(RUN, checkpoint(5, "{}"));
    store().checkpoints().save(RUN, newer);
    assertThat(store().checkpoints().latest(RUN)).contains(newer);
  }

  @Test
  void an_older_fold_changes_nothing() {
    start(1);
    store().checkpoints().save(RUN, checkpoint(9, "{\"newer\":true}"));
    store().checkpoints().save(RUN, checkpoint(5, "{}"));
    assertThat(store().checkpoints().latest(RUN)).contains(checkpoint(9, "{\"newer\":true}"));
  }

  @Test
  void runs_have_folds_of_their_own() {
    start(1);
    start(2);
    store().checkpoints().save(runId(1), checkpoint(5, "{}"));
    assertThat(store().checkpoints().latest(runId(2))).isEmpty();
    assertThat(store().checkpoints().latest(runId(1))).contains(checkpoint(5, "{}"));
  }

  @Test
  void of_concurrent_folds_the_newest_stays() {
    start(1);
    Race.of(
        20,
        i -> {
          store().checkpoints().save(RUN, checkpoint(i + 1, "{\"by\":" + i + "}"));
          return i;
        });
    assertThat(store().checkpoints().latest(RUN)).contains(checkpoint(20, "{\"by\":19}"));
  }

  @Test
  void folds_of_many_runs_that_are_saved_at_the_same_time_are_all_kept() {
    for (int number = 1; number <= 30; number++) {
      start(number);
    }
    Race.of(
        60,
        i -> {
          int number = i / 2 + 1;
          store().checkpoints().save(runId(number), checkpoint(i + 1, "{\"by\":" + i + "}"));
          return i;
        });
    for (int number = 1; number <= 30; number++) {
      int last = 2 * number - 1;
      assertThat(store().checkpoints().latest(runId(number)))
          .contains(checkpoint(last + 1, "{\"by\":" + last + "}"));
    }
  }

  private static Checkpoint checkpoint(long throughSeq, String state) {
    return new Checkpoint(throughSeq, 1, Digest.ofText(state), state);
  }
}
