package com.openagents.runtime.testkit.log;

import static com.openagents.runtime.log.Precondition.OPEN;
import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.acquire;
import static com.openagents.runtime.testkit.Drafts.deltas;
import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a write promises of the time at which its run next needs an executor.
///
/// Not asserted: how soon somebody notices.
public abstract class WakeContract extends StoreContract {

  @Test
  void a_run_that_starts_due_is_due_at_its_creation() {
    Instant at = write(Drafts.start(RUN)).at();
    assertThat(head(RUN).wakeAt()).isEqualTo(at);
    assertThat(store().index().due(10)).extracting(RunHead::runId).containsExactly(RUN);
  }

  @Test
  void a_run_that_nobody_is_needed_for_has_no_time() {
    start(Drafts.start(RUN).with(Wake.NEVER));
    assertThat(head(RUN).wakeAt()).isNull();
    write(woken(Wake.NOW));
    write(woken(Wake.NEVER));
    assertThat(head(RUN).wakeAt()).isNull();
  }

  @Test
  void a_write_that_keeps_the_time_leaves_it() {
    Instant at = write(Drafts.start(RUN)).at();
    write(deltas(RUN, OPEN, "a"));
    assertThat(head(RUN).wakeAt()).isEqualTo(at);
    write(woken(Wake.NEVER));
    write(deltas(RUN, OPEN, "b"));
    assertThat(head(RUN).wakeAt()).isNull();
  }

  @Test
  void waking_now_sets_a_time_where_there_was_none() {
    start(Drafts.start(RUN).with(Wake.NEVER));
    Instant at = write(woken(Wake.NOW)).at();
    assertThat(head(RUN).wakeAt()).isEqualTo(at);
  }

  @Test
  void waking_now_brings_a_later_time_forward() {
    start(Drafts.start(RUN).with(new Wake.At(store().now().plus(Duration.ofHours(5)))));
    Instant at = write(woken(Wake.NOW)).at();
    assertThat(head(RUN).wakeAt()).isEqualTo(at);
  }

  @Test
  void waking_now_leaves_an_earlier_time_so_that_nobody_loses_his_place() {
    start(1);
    store().passTime(Duration.ofMinutes(10));
    Instant due = head(RUN).wakeAt();
    write(woken(Wake.NOW));
    assertThat(head(RUN).wakeAt()).isEqualTo(due);
  }

  @Test
  void waking_after_a_pause_counts_from_this_write_whatever_was_set_before() {
    start(1);
    Instant later = write(woken(new Wake.After(Duration.ofHours(2)))).at();
    assertThat(head(RUN).wakeAt()).isEqualTo(later.plus(Duration.ofHours(2)));
    Instant sooner = write(woken(new Wake.After(Duration.ofMinutes(3)))).at();
    assertThat(head(RUN).wakeAt()).isEqualTo(sooner.plus(Duration.ofMinutes(3)));
  }

  @Test
  void what_arrives_in_a_pause_does_not_cut_it_short() {
    start(Drafts.start(RUN).with(new Wake.After(Duration.ofHours(5))));
    Instant due = head(RUN).wakeAt();
    write(woken(Wake.NOW));
    assertThat(head(RUN).wakeAt()).isEqualTo(due);
    write(woken(Wake.NEVER));
    write(woken(Wake.NOW));
    assertThat(head(RUN).wakeAt()).isEqualTo(due);
    log().append(List.of(woken(Wake.NEVER), Drafts.start(runId(2))));
    log().append(List.of(woken(Wake.NOW), Drafts.start(runId(3))));
    assertThat(head(RUN).wakeAt()).isEqualTo(due);
  }

  @Test
  void nobody_takes_a_run_in_a_pause() {
    start(Drafts.start(RUN).with(new Wake.After(Duration.ofHours(5))));
    write(woken(Wake.NOW));
    assertRefused(acquire(RUN, NODE), Refusal.HELD);
    store().passTime(Duration.ofHours(6));
    write(acquire(RUN, NODE));
  }

  @Test
  void a_pause_that_is_over_delays_nobody() {
    start(Drafts.start(RUN).with(new Wake.After(Duration.ofMinutes(1))));
    store().passTime(Duration.ofMinutes(2));
    write(woken(Wake.NEVER));
    Instant at = write(woken(Wake.NOW)).at();
    assertThat(head(RUN).wakeAt()).isEqualTo(at);
  }

  @Test
  void a_pause_of_no_length_ends_a_longer_one() {
    start(Drafts.start(RUN).with(new Wake.After(Duration.ofHours(5))));
    Instant at = write(woken(new Wake.After(Duration.ZERO))).at();
    assertThat(head(RUN).wakeAt()).isEqualTo(at);
    write(acquire(RUN, NODE));
  }

  @Test
  void waking_at_a_time_keeps_that_time_in_microseconds() {
    start(1);
    Instant time = store().now().truncatedTo(ChronoUnit.MICROS).plus(Duration.ofDays(3));
    write(woken(new Wake.At(time)));
    assertThat(head(RUN).wakeAt()).isEqualTo(time);
  }

  @Test
  void a_refused_write_wakes_nobody() {
    start(Drafts.start(RUN).with(Wake.NEVER));
    log().append(deltas(RUN, OPEN.atSeq(9), "a").with(Wake.NOW));
    assertThat(head(RUN).wakeAt()).isNull();
  }

  private static Append woken(Wake wake) {
    return deltas(RUN, OPEN, "x").with(wake);
  }
}
