package com.openagents.runtime.testkit.log;

import static com.openagents.runtime.log.Appended.Refusal.FENCED;
import static com.openagents.runtime.log.Appended.Refusal.HELD;
import static com.openagents.runtime.log.Appended.Refusal.NOT_HELD;
import static com.openagents.runtime.log.Precondition.OPEN;
import static com.openagents.runtime.log.Precondition.executor;
import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.OTHER_NODE;
import static com.openagents.runtime.testkit.Drafts.TTL;
import static com.openagents.runtime.testkit.Drafts.acquire;
import static com.openagents.runtime.testkit.Drafts.deltas;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a lease promises: one executor at a time, and nothing from the one before.
///
/// The single cells of lease, precondition and change are in [LeaseTableContract]. Not asserted:
/// the very microsecond of expiry, which a test on a real clock cannot hit; a pause inside the
/// statement, which needs two sessions of the database.
public abstract class LeaseContract extends StoreContract {

  @Test
  void the_first_executor_acts_under_epoch_1_until_its_time_is_over() {
    start(1);
    Written acquired = write(acquire(RUN, NODE));
    assertThat(acquired.epoch()).isEqualTo(1);
    assertThat(head(RUN).lease()).isEqualTo(new Lease.Held(1, NODE, acquired.at().plus(TTL)));
    store().passTime(TTL.minusMinutes(1));
    write(deltas(RUN, executor(1), "just in time"));
    store().passTime(Duration.ofMinutes(2));
    assertRefused(deltas(RUN, executor(1), "too late"), FENCED);
  }

  @Test
  @Tag("G3")
  @Tag("scenario-3")
  void the_epoch_rises_at_every_acquisition_also_by_the_same_node() {
    long first = startAndAcquire(RUN, NODE);
    write(under(first, LeaseChange.RELEASE));
    long second = write(acquire(RUN, NODE)).epoch();
    write(under(second, LeaseChange.RELEASE));
    long third = write(acquire(RUN, NODE)).epoch();
    assertThat(List.of(first, second, third)).containsExactly(1L, 2L, 3L);
  }

  @Test
  @Tag("G3")
  @Tag("scenario-3")
  void the_epoch_rises_when_a_node_takes_its_own_expired_lease_again() {
    long first = startAndAcquire(RUN, NODE);
    store().passTime(MORE_THAN_TTL);
    long second = write(acquire(RUN, NODE)).epoch();
    assertThat(second).isEqualTo(first + 1);
    assertRefused(deltas(RUN, executor(first), "by the paused thread of the same node"), FENCED);
    write(deltas(RUN, executor(second), "by the new one"));
    assertThat(texts(RUN)).containsExactly("by the new one");
  }

  @Test
  @Tag("G3")
  @Tag("scenario-1")
  void a_zombie_writes_nothing_after_a_thief_took_its_lease() {
    long zombie = startAndAcquire(RUN, NODE);
    store().passTime(MORE_THAN_TTL);
    long thief = write(acquire(RUN, OTHER_NODE)).epoch();
    assertRefused(deltas(RUN, executor(zombie), "a"), FENCED);
    assertRefused(Drafts.complete(RUN, zombie), FENCED);
    assertRefused(under(zombie, LeaseChange.RELEASE), FENCED);
    assertRefused(under(zombie, new LeaseChange.Extend(TTL)), FENCED);
    write(deltas(RUN, executor(thief), "by the thief"));
    assertThat(texts(RUN)).containsExactly("by the thief");
  }

  @Test
  @Tag("G3")
  @Tag("scenario-1")
  void an_expired_lease_is_worth_nothing_even_when_nobody_took_it() {
    long epoch = startAndAcquire(RUN, NODE);
    store().passTime(MORE_THAN_TTL);
    assertRefused(deltas(RUN, executor(epoch), "a"), FENCED);
    assertRefused(under(epoch, new LeaseChange.Extend(TTL)), FENCED);
    assertThat(head(RUN).lastSeq()).isEqualTo(1);
  }

  @Test
  @Tag("G3")
  void an_epoch_that_was_never_given_out_is_worth_nothing() {
    long epoch = startAndAcquire(RUN, NODE);
    assertRefused(deltas(RUN, executor(epoch + 1), "a"), FENCED);
    write(deltas(RUN, executor(epoch), "b"));
  }

  @Test
  void who_released_may_not_act() {
    long epoch = startAndAcquire(RUN, NODE);
    write(under(epoch, LeaseChange.RELEASE));
    assertThat(head(RUN).lease()).isEqualTo(new Lease.Free(epoch));
    assertRefused(deltas(RUN, executor(epoch), "a"), FENCED);
  }

  @Test
  void a_write_and_its_release_are_one() {
    long epoch = startAndAcquire(RUN, NODE);
    write(deltas(RUN, executor(epoch), "last words").with(LeaseChange.RELEASE));
    assertThat(head(RUN).lease()).isEqualTo(new Lease.Free(epoch));
    assertThat(texts(RUN)).containsExactly("last words");
  }

  @Test
  void a_write_whose_lease_change_is_refused_writes_no_event() {
    startAndAcquire(RUN, NODE);
    assertRefused(deltas(RUN, OPEN, "a").with(acquire(RUN, OTHER_NODE).lease()), HELD);
    assertThat(texts(RUN)).isEmpty();
  }

  @Test
  @Tag("G3")
  void breaking_an_expired_lease_fences_its_holder_at_once() {
    long epoch = startAndAcquire(RUN, NODE);
    assertRefused(deltas(RUN, OPEN, "lost").with(LeaseChange.BREAK), HELD);
    store().passTime(MORE_THAN_TTL);
    Written broken = write(deltas(RUN, OPEN, "lost").with(LeaseChange.BREAK));
    assertThat(broken.epoch()).isEqualTo(epoch + 1);
    assertThat(head(RUN).lease()).isEqualTo(new Lease.Free(epoch + 1));
    assertRefused(deltas(RUN, executor(epoch), "a"), FENCED);
    assertRefused(deltas(RUN, executor(epoch + 1), "a"), FENCED);
    assertThat(write(acquire(RUN, OTHER_NODE)).epoch()).isEqualTo(epoch + 2);
  }

  @Test
  @Tag("scenario-8")
  void of_many_who_break_one_lease_one_does() {
    startAndAcquire(RUN, NODE);
    store().passTime(MORE_THAN_TTL);
    List<Appended> outcomes =
        Race.of(20, _ -> log().append(deltas(RUN, OPEN, "lost").with(LeaseChange.BREAK)));
    assertThat(outcomes).filteredOn(Written.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(Refused.class::isInstance)
        .hasSize(19)
        .containsOnly(new Refused(NOT_HELD, 2, 2));
    assertThat(texts(RUN)).containsExactly("lost");
  }

  @Test
  void an_extension_counts_from_its_own_time() {
    long epoch = startAndAcquire(RUN, NODE);
    store().passTime(TTL.minusMinutes(10));
    Instant at = write(under(epoch, new LeaseChange.Extend(TTL))).at();
    assertThat(head(RUN).lease()).isEqualTo(new Lease.Held(epoch, NODE, at.plus(TTL)));
    store().passTime(TTL.minusMinutes(1));
    write(deltas(RUN, executor(epoch), "still alive"));
  }

  @Test
  void a_write_of_the_executor_may_extend_its_lease() {
    long epoch = startAndAcquire(RUN, NODE);
    store().passTime(TTL.minusMinutes(10));
    write(deltas(RUN, executor(epoch), "a").with(new LeaseChange.Extend(TTL)));
    store().passTime(Duration.ofMinutes(30));
    write(deltas(RUN, executor(epoch), "b"));
    assertThat(texts(RUN)).containsExactly("a", "b");
  }

  @Test
  void one_batch_extends_the_leases_that_are_left_and_tells_which_are_lost() {
    List<RunId> runs = IntStream.rangeClosed(1, 20).mapToObj(Drafts::runId).toList();
    runs.forEach(run -> startAndAcquire(run, NODE));
    store().passTime(MORE_THAN_TTL);
    runs.subList(0, 5).forEach(run -> write(acquire(run, OTHER_NODE)));
    runs.subList(5, 20).forEach(run -> write(acquire(run, NODE)));
    List<Appended> outcomes =
        log()
            .append(
                runs.stream()
                    .map(run -> Append.of(run, executor(2), List.of()))
                    .map(append -> append.with(new LeaseChange.Extend(TTL)))
                    .toList());
    assertThat(outcomes).hasOnlyElementsOfType(Written.class);
    List<Appended> zombies =
        log()
            .append(
                runs.stream()
                    .map(run -> Append.of(run, executor(1), List.of()))
                    .map(append -> append.with(new LeaseChange.Extend(TTL)))
                    .toList());
    assertThat(zombies).containsOnly(new Refused(FENCED, 1, 2));
  }

  @Test
  void the_leases_of_different_runs_have_nothing_to_do_with_each_other() {
    long epoch = startAndAcquire(RUN, NODE);
    RunId other = start(2);
    assertThat(write(acquire(other, OTHER_NODE)).epoch()).isEqualTo(1);
    write(Append.of(other, executor(1), List.of()).with(LeaseChange.RELEASE));
    write(deltas(RUN, executor(epoch), "untouched"));
    assertThat(texts(RUN)).containsExactly("untouched");
  }

  @Test
  void the_end_of_a_run_by_somebody_else_ends_the_lease_of_its_executor() {
    long epoch = startAndAcquire(RUN, NODE);
    write(deltas(RUN, OPEN, "ended").with(Drafts.ENDED).with(LeaseChange.END));
    assertThat(head(RUN).lease()).isEqualTo(new Lease.Free(epoch));
    assertThat(log().append(deltas(RUN, executor(epoch), "a"))).isInstanceOf(Refused.class);
    assertThat(texts(RUN)).containsExactly("ended");
  }

  @Test
  @Tag("G3")
  void a_visit_waits_for_the_end_of_a_pause_like_an_acquisition() {
    start(Drafts.start(RUN).with(new Wake.After(TTL)));
    Append visit = Append.of(RUN, Precondition.OPEN, List.of()).with(LeaseChange.VISIT);
    assertRefused(visit, HELD);
    store().passTime(MORE_THAN_TTL);
    assertThat(write(visit).epoch()).isEqualTo(1);
    assertThat(head(RUN).lease()).isEqualTo(new Lease.Free(1));
  }

  @Test
  @Tag("scenario-4")
  void of_200_racers_for_an_expired_lease_one_wins() {
    startAndAcquire(RUN, NODE);
    store().passTime(MORE_THAN_TTL);
    List<Appended> outcomes = Race.of(200, i -> log().append(acquire(RUN, racer(i))));
    assertThat(outcomes).filteredOn(Written.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(Refused.class::isInstance)
        .hasSize(199)
        .containsOnly(new Refused(HELD, 1, 2));
    Lease.Held held = (Lease.Held) head(RUN).lease();
    assertThat(outcomes.get(Integer.parseInt(held.owner().value().substring(6))))
        .isInstanceOf(Written.class);
  }

  @Test
  @Tag("scenario-4")
  void of_200_racers_for_a_live_lease_none_wins() {
    startAndAcquire(RUN, NODE);
    List<Appended> outcomes = Race.of(200, i -> log().append(acquire(RUN, racer(i))));
    assertThat(outcomes).hasSize(200).containsOnly(new Refused(HELD, 1, 1));
    assertThat(head(RUN).lease()).matches(l -> l instanceof Lease.Held h && h.owner().equals(NODE));
  }

  private static NodeId racer(int number) {
    return new NodeId("racer-" + number);
  }

  private static Append under(long epoch, LeaseChange change) {
    return Append.of(RUN, executor(epoch), List.of()).with(change);
  }
}
