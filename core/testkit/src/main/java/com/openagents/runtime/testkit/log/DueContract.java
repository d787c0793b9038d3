package com.openagents.runtime.testkit.log;

import static com.openagents.runtime.log.Precondition.OPEN;
import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.OTHER_NODE;
import static com.openagents.runtime.testkit.Drafts.acquire;
import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the searches for runs that need somebody promise: whatever is due or expired is found, and
/// a run that waits legitimately never.
///
/// Not asserted: that two nodes are given different runs; the lease decides between them.
public abstract class DueContract extends StoreContract {

  @Test
  void a_run_is_due_when_its_time_has_come() {
    start(Drafts.start(RUN).with(new Wake.After(Duration.ofHours(1))));
    assertThat(due()).isEmpty();
    store().passTime(Duration.ofMinutes(59));
    assertThat(due()).isEmpty();
    store().passTime(Duration.ofMinutes(2));
    assertThat(due()).containsExactly(RUN);
  }

  @Test
  void a_run_without_a_time_is_never_due() {
    start(Drafts.start(RUN).with(Wake.NEVER));
    start(2);
    store().passTime(Duration.ofDays(400));
    assertThat(due()).containsExactly(runId(2));
  }

  @Test
  void a_run_with_an_executor_is_not_due() {
    long epoch = startAndAcquire(RUN, NODE);
    assertThat(due()).isEmpty();
    write(
        Append.of(RUN, Precondition.executor(epoch), List.of())
            .with(LeaseChange.RELEASE)
            .with(Wake.NOW));
    assertThat(due()).containsExactly(RUN);
  }

  @Test
  void a_run_whose_lease_was_broken_is_due_after_its_pause() {
    startAndAcquire(RUN, NODE);
    store().passTime(MORE_THAN_TTL);
    assertThat(due()).isEmpty();
    write(
        Append.of(RUN, OPEN, List.of())
            .with(LeaseChange.BREAK)
            .with(new Wake.After(Duration.ofMinutes(30))));
    assertThat(due()).isEmpty();
    store().passTime(Duration.ofMinutes(31));
    assertThat(due()).containsExactly(RUN);
  }

  @Test
  void a_run_that_ended_is_not_due_whatever_its_time() {
    start(2);
    long epoch = startAndAcquire(RUN, NODE);
    write(Drafts.complete(RUN, epoch).with(Wake.NOW));
    assertThat(due()).containsExactly(runId(2));
  }

  @Test
  void lists_the_longest_due_first_and_no_more_than_asked_for() {
    start(Drafts.start(runId(1)).with(new Wake.After(Duration.ofMinutes(30))));
    start(Drafts.start(runId(2)).with(new Wake.After(Duration.ofMinutes(10))));
    start(Drafts.start(runId(3)).with(new Wake.After(Duration.ofMinutes(20))));
    store().passTime(Duration.ofHours(1));
    assertThat(due()).containsExactly(runId(2), runId(3), runId(1));
    assertThat(store().index().due(2))
        .extracting(RunHead::runId)
        .containsExactly(runId(2), runId(3));
  }

  @Test
  void a_due_row_is_the_row_of_the_run() {
    start(1);
    assertThat(store().index().due(1).stream().map(StoreContract::timeless))
        .containsExactly(head(RUN));
  }

  @Test
  @Tag("scenario-8")
  void a_lease_is_expired_when_its_time_is_over() {
    startAndAcquire(RUN, NODE);
    assertThat(expired()).isEmpty();
    store().passTime(MORE_THAN_TTL);
    assertThat(expired()).containsExactly(RUN);
    assertThat(store().index().expired(1).stream().map(StoreContract::timeless))
        .containsExactly(head(RUN));
  }

  @Test
  void a_lease_that_was_extended_released_broken_or_taken_over_is_not_expired() {
    startAndAcquire(runId(1), NODE);
    startAndAcquire(runId(2), NODE);
    startAndAcquire(runId(3), NODE);
    startAndAcquire(runId(4), NODE);
    startAndAcquire(runId(5), NODE);
    write(under(2, LeaseChange.RELEASE));
    write(under(3, new LeaseChange.Extend(Duration.ofDays(2))));
    store().passTime(MORE_THAN_TTL);
    write(Append.of(runId(4), OPEN, List.of()).with(LeaseChange.BREAK));
    write(acquire(runId(5), OTHER_NODE));
    assertThat(expired()).containsExactly(runId(1));
  }

  @Test
  void lists_the_longest_expired_first_and_no_more_than_asked_for() {
    acquireFor(1, Duration.ofMinutes(30));
    acquireFor(2, Duration.ofMinutes(10));
    acquireFor(3, Duration.ofMinutes(20));
    acquireFor(4, Duration.ofHours(5));
    store().passTime(Duration.ofHours(1));
    assertThat(expired()).containsExactly(runId(2), runId(3), runId(1));
    assertThat(store().index().expired(1)).extracting(RunHead::runId).containsExactly(runId(2));
  }

  @Test
  void a_run_that_ended_is_not_listed_as_expired() {
    startAndAcquire(runId(1), NODE);
    startAndAcquire(runId(2), NODE);
    write(Drafts.deltas(runId(2), OPEN, "ended").with(Drafts.ENDED));
    store().passTime(MORE_THAN_TTL);
    assertThat(expired()).containsExactly(runId(1));
  }

  private void acquireFor(int number, Duration ttl) {
    start(number);
    write(Append.of(runId(number), OPEN, List.of()).with(new LeaseChange.Acquire(NODE, ttl)));
  }

  private static Append under(int number, LeaseChange change) {
    return Append.of(runId(number), Precondition.executor(1), List.of()).with(change);
  }

  private List<RunId> due() {
    return store().index().due(100).stream().map(RunHead::runId).toList();
  }

  private List<RunId> expired() {
    return store().index().expired(100).stream().map(RunHead::runId).toList();
  }
}
