package com.openagents.runtime.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.tail.OpeningReads.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many readers come at once; the log answers when the test lets it.
@Tag("G6")
class OpeningReadsTest {

  private static final Duration LONG = Duration.ofMinutes(2);

  private final EventLog store = new InMemoryStore(new VirtualTime(Instant.EPOCH)).log();
  private final GrowingRun run = new GrowingRun(store, 1);
  private final HeldLog log = new HeldLog(store).hold();

  @AfterEach
  void release() {
    log.release();
  }

  @Test
  void all_who_come_during_a_read_share_the_next() throws Exception {
    OpeningReads reads = new OpeningReads(log, new Bounds(4, 100, LONG), System::nanoTime);
    Asking first = new Asking(reads, run);
    await(() -> log.reads() == 1);
    run.grow(1);
    List<Asking> others = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      others.add(new Asking(reads, run));
    }
    await(() -> others.stream().allMatch(Asking::waits));
    assertThat(log.reads()).isOne();

    log.release();
    assertThat(first.answer().lastSeq()).isEqualTo(1);
    for (Asking other : others) {
      assertThat(other.answer().lastSeq()).isEqualTo(2);
    }
    assertThat(log.reads()).isEqualTo(2);
  }

  @Test
  void no_more_read_at_a_time_than_may() throws Exception {
    OpeningReads reads = new OpeningReads(log, new Bounds(2, 100, LONG), System::nanoTime);
    List<Asking> all = new ArrayList<>();
    for (int i = 2; i < 12; i++) {
      all.add(new Asking(reads, new GrowingRun(store, i)));
    }
    await(() -> all.stream().allMatch(Asking::waits));
    assertThat(reads.waiting()).isEqualTo(10);
    assertThat(log.reads()).isEqualTo(2);

    log.release();
    for (Asking each : all) {
      assertThat(each.answer().lastSeq()).isOne();
    }
    assertThat(log.insideMost()).isEqualTo(2);
    assertThat(reads.waiting()).isZero();
  }

  @Test
  void whoever_comes_when_too_many_wait_is_refused_at_once() throws Exception {
    OpeningReads reads = new OpeningReads(log, new Bounds(1, 2, LONG), System::nanoTime);
    Asking one = new Asking(reads, run);
    Asking other = new Asking(reads, run);
    await(() -> reads.waiting() == 2);
    assertThatThrownBy(() -> reads.head(run.id())).isInstanceOf(Crowded.class);
    assertThatThrownBy(() -> reads.read(() -> "a list")).isInstanceOf(Crowded.class);
    assertThat(reads.refused()).isEqualTo(2);

    log.release();
    assertThat(List.of(one.answer(), other.answer())).hasSize(2);
    assertThat(reads.head(run.id())).isPresent();
  }

  @Test
  void those_who_are_refused_are_not_counted_against_others() throws Exception {
    OpeningReads reads = new OpeningReads(log, new Bounds(1, 2, LONG), System::nanoTime);
    List<Asking> waiting = List.of(new Asking(reads, run), new Asking(reads, run));
    await(() -> reads.waiting() == 2);
    List<FutureTask<Integer>> refused = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      FutureTask<Integer> most = new FutureTask<>(() -> mostWaitingDuringRefusals(reads));
      refused.add(most);
      Thread.ofPlatform().start(most);
    }
    for (FutureTask<Integer> most : refused) {
      assertThat(most.get()).isEqualTo(2);
    }

    log.release();
    for (Asking each : waiting) {
      assertThat(each.answer()).isNotNull();
    }
  }

  private int mostWaitingDuringRefusals(OpeningReads reads) {
    int most = 0;
    for (int i = 0; i < 10_000; i++) {
      assertThatThrownBy(() -> reads.head(run.id())).isInstanceOf(Crowded.class);
      most = Math.max(most, reads.waiting());
    }
    return most;
  }

  @Test
  void whoever_waits_too_long_is_refused_and_takes_nobody_s_place() throws Exception {
    OpeningReads reads =
        new OpeningReads(log, new Bounds(1, 100, Duration.ofMillis(20)), System::nanoTime);
    Asking first = new Asking(reads, new GrowingRun(store, 2));
    await(() -> log.reads() == 1);
    assertThatThrownBy(() -> reads.head(run.id())).isInstanceOf(Crowded.class);
    assertThatThrownBy(() -> reads.durable(run.id(), 0, 10)).isInstanceOf(Crowded.class);
    assertThat(reads.waiting()).isOne();

    log.release();
    assertThat(first.answer()).isNotNull();
    assertThat(reads.head(run.id())).isPresent();
    assertThat(reads.durable(run.id(), 0, 10)).hasSize(1);
  }

  @Test
  void whoever_shares_a_read_that_is_given_up_makes_it() throws Exception {
    OpeningReads reads = new OpeningReads(log, new Bounds(1, 100, LONG), System::nanoTime);
    Asking inside = new Asking(reads, new GrowingRun(store, 2));
    await(() -> log.reads() == 1);
    Asking leader = new Asking(reads, run);
    await(leader::waits);
    Asking follower = new Asking(reads, run);
    await(follower::waits);
    leader.thread.interrupt();
    assertThatThrownBy(leader::answer).hasRootCauseInstanceOf(Crowded.class);

    log.release();
    assertThat(follower.answer().lastSeq()).isOne();
    assertThat(inside.answer().lastSeq()).isOne();
  }

  @Test
  void a_read_that_fails_fails_those_who_asked_and_is_made_anew_for_the_next() {
    ObservedLog failing = new ObservedLog(store);
    OpeningReads reads = new OpeningReads(failing, new Bounds(1, 100, LONG), System::nanoTime);
    failing.unavailable(true);
    assertThatThrownBy(() -> reads.page(run.id(), 0, 10)).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> reads.head(run.id())).isInstanceOf(StoreUnavailable.class);
    failing.unavailable(false);
    assertThat(reads.page(run.id(), 0, 10)).hasSize(1);
    assertThat(reads.head(run.id())).isPresent();
    assertThat(reads.refused()).isZero();
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come to be");
      }
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
  }

  /// A reader that asks for a run on a thread of its own.
  private static final class Asking {
    private final FutureTask<RunHead> task;
    private final Thread thread;

    Asking(OpeningReads reads, GrowingRun run) {
      task = new FutureTask<>(() -> reads.head(run.id()).orElseThrow());
      thread = Thread.ofVirtual().start(task);
    }

    boolean waits() {
      return thread.getState() == Thread.State.WAITING
          || thread.getState() == Thread.State.TIMED_WAITING;
    }

    RunHead answer() throws Exception {
      try {
        return task.get(60, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause());
      }
    }
  }
}
