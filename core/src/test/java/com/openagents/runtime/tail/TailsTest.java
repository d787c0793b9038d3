package com.openagents.runtime.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.stream.Published;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G6")
class TailsTest {

  private static final int PAGE = 10;

  private final ObservedLog log =
      new ObservedLog(new InMemoryStore(new VirtualTime(Instant.EPOCH)).log());
  private final ManualExecutor executor = new ManualExecutor();
  private final Tails tails =
      new Tails(
          log,
          new OpeningReads(log, OpeningReads.Bounds.DEFAULT, System::nanoTime),
          executor,
          PAGE);
  private final GrowingRun run = new GrowingRun(log, 1);

  private static List<Long> seqs(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void a_reader_gets_what_is_there_and_what_comes() {
    run.grow(24);
    Reader reader = new Reader();
    tails.subscribe(run.id(), 3, reader);
    executor.runAll();
    assertThat(reader.got()).isEqualTo(seqs(4, 25));

    run.grow(5);
    tails.wake(run.id(), 30);
    executor.runAll();
    assertThat(reader.got()).isEqualTo(seqs(4, 30));
  }

  @Test
  void a_reader_is_told_once_a_page_is_at_its_end() {
    run.grow(4);
    Reader reader = new Reader();
    tails.subscribe(run.id(), 0, reader);
    executor.runAll();
    assertThat(reader.flushed()).containsExactly(5L);

    run.grow(3, tails);
    executor.runAll();
    assertThat(reader.flushed()).containsExactly(5L, 8L);
  }

  @Test
  void a_reader_that_has_no_room_is_told_too() {
    run.grow(4);
    Reader reader = new Reader(2);
    tails.subscribe(run.id(), 0, reader);
    executor.runAll();
    assertThat(reader.flushed()).containsExactly(2L);
  }

  @Test
  void nothing_is_lost_that_comes_while_the_past_is_read() {
    run.grow(4);
    Reader reader = new Reader();
    log.afterRead(() -> {
      run.grow(1);
      tails.wake(run.id(), 6);
    });
    tails.subscribe(run.id(), 0, reader);
    executor.runAll();
    assertThat(reader.got()).isEqualTo(seqs(1, 6));
  }

  @Test
  void a_wake_up_before_the_subscription_is_not_missed() {
    run.grow(4);
    tails.wake(run.id(), 5);
    Reader reader = new Reader();
    tails.subscribe(run.id(), 0, reader);
    executor.runAll();
    assertThat(reader.got()).isEqualTo(seqs(1, 5));
  }

  @Test
  void a_wake_up_for_what_everybody_has_reads_nothing() {
    run.grow(4);
    tails.subscribe(run.id(), 0, new Reader());
    executor.runAll();
    int reads = log.reads().size();
    tails.wake(run.id(), 5);
    tails.wake(run.id(), 3);
    assertThat(executor.waiting()).isZero();
    assertThat(log.reads()).hasSize(reads);
  }

  @Test
  void wake_ups_that_come_twice_are_one_read() {
    tails.subscribe(run.id(), 0, new Reader());
    executor.runAll();
    int reads = log.reads().size();
    run.grow(1);
    tails.wake(run.id(), 2);
    tails.wake(run.id(), 2);
    assertThat(executor.waiting()).isOne();
    executor.runAll();
    assertThat(log.reads()).hasSize(reads + 1);
  }

  @Test
  void what_the_node_wrote_itself_is_not_read_again() {
    Reader reader = new Reader();
    tails.subscribe(run.id(), 0, reader);
    executor.runAll();
    log.reads().clear();

    for (int i = 0; i < 5; i++) {
      run.grow(3, tails);
      executor.runAll();
    }
    assertThat(reader.got()).isEqualTo(seqs(1, 16));
    assertThat(log.reads()).isEmpty();
  }

  @Test
  void what_another_node_wrote_in_between_is_read() {
    Reader reader = new Reader();
    tails.subscribe(run.id(), 0, reader);
    executor.runAll();
    log.reads().clear();

    run.grow(1);
    run.grow(1, tails);
    executor.runAll();
    assertThat(reader.got()).isEqualTo(seqs(1, 3));
    assertThat(log.reads()).containsExactly(1L);
  }

  @Test
  void what_another_node_wrote_between_two_writes_of_this_one_is_read() {
    Reader reader = new Reader();
    tails.subscribe(run.id(), 0, reader);
    executor.runAll();

    run.grow(1, tails);
    run.grow(1);
    run.grow(1, tails);
    executor.runAll();
    assertThat(reader.got()).isEqualTo(seqs(1, 4));
  }

  @Test
  void what_another_node_wrote_behind_it_and_told_before_is_read() {
    Reader reader = new Reader();
    tails.subscribe(run.id(), 0, reader);
    executor.runAll();

    Runnable late = run.growAndTellLater(tails);
    run.grow(1);
    tails.wake(run.id(), 3);
    late.run();
    executor.runAll();
    assertThat(reader.got()).isEqualTo(seqs(1, 3));
  }

  @Test
  void writes_that_are_told_in_another_order_come_in_order_and_once() {
    Reader reader = new Reader();
    tails.subscribe(run.id(), 0, reader);
    executor.runAll();

    Runnable first = run.growAndTellLater(tails);
    Runnable second = run.growAndTellLater(tails);
    second.run();
    first.run();
    executor.runAll();
    assertThat(reader.got()).isEqualTo(seqs(1, 3));
  }

  @Test
  void what_was_written_while_a_reader_had_no_room_is_read_when_it_has() {
    Reader reader = new Reader(1);
    Subscription place = tails.subscribe(run.id(), 0, reader);
    executor.runAll();
    run.grow(PAGE * 3, tails);
    executor.runAll();
    reader.room(Long.MAX_VALUE);
    place.ready();
    executor.runAll();
    assertThat(reader.got()).isEqualTo(seqs(1, 1 + PAGE * 3L));
  }

  @Test
  void more_than_a_page_written_at_once_comes_page_by_page() {
    Reader reader = new Reader();
    tails.subscribe(run.id(), 0, reader);
    executor.runAll();
    log.reads().clear();
    run.grow(PAGE * 3 + 1, tails);
    executor.runAll();
    assertThat(reader.got()).isEqualTo(seqs(1, PAGE * 3L + 2));
    assertThat(log.reads()).isEmpty();
  }

  @Test
  void a_wake_up_ahead_of_what_can_be_read_does_not_spin() {
    Reader reader = new Reader();
    tails.subscribe(run.id(), 0, reader);
    tails.wake(run.id(), 99);
    executor.runAll();
    assertThat(reader.got()).containsExactly(1L);
    assertThat(log.reads()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void a_thousand_readers_of_a_run_read_the_log_once() {
    run.grow(24);
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Reader reader = new Reader();
      readers.add(reader);
      tails.subscribe(run.id(), 0, reader);
    }
    executor.runAll();
    assertThat(log.eventsRead()).isEqualTo(25);

    run.grow(1);
    tails.wake(run.id(), 26);
    executor.runAll();
    assertThat(log.eventsRead()).isEqualTo(26);
    assertThat(readers).allSatisfy(reader -> assertThat(reader.got()).isEqualTo(seqs(1, 26)));
  }

  @Test
  void a_reader_of_a_long_past_does_not_hold_up_the_others() {
    run.grow(199);
    Reader present = new Reader();
    tails.subscribe(run.id(), 200, present);
    executor.runAll();
    log.reads().clear();

    Reader past = new Reader();
    tails.subscribe(run.id(), 0, past);
    run.grow(1);
    log.afterRead(() -> {
      tails.wake(run.id(), 201);
      executor.runAll();
      assertThat(present.got()).containsExactly(201L);
    });
    executor.runAll();
    assertThat(past.got()).isEqualTo(seqs(1, 201));
    assertThat(log.reads()).startsWith(0L, 200L);
  }

  @Test
  @Tag("scenario-18")
  void a_reader_without_room_is_passed_over_and_catches_up_from_the_log() {
    run.grow(24);
    Reader slow = new Reader(7);
    Reader other = new Reader();
    Subscription subscription = tails.subscribe(run.id(), 0, slow);
    tails.subscribe(run.id(), 0, other);
    executor.runAll();
    assertThat(slow.got()).isEqualTo(seqs(1, 7));
    assertThat(other.got()).isEqualTo(seqs(1, 25));

    run.grow(1);
    tails.wake(run.id(), 26);
    executor.runAll();
    assertThat(slow.got()).isEqualTo(seqs(1, 7));
    assertThat(other.got()).isEqualTo(seqs(1, 26));

    slow.room(Long.MAX_VALUE);
    subscription.ready();
    executor.runAll();
    assertThat(slow.got()).isEqualTo(seqs(1, 26));
  }

  @Test
  void room_that_comes_while_the_listener_says_there_is_none_is_not_missed() {
    run.grow(4);
    List<Long> got = new ArrayList<>();
    List<Subscription> subscription = new ArrayList<>();
    Listener listener =
        new Listener() {
          private boolean refused;

          @Override
          public Reception next(Published event) {
            if (!refused) {
              refused = true;
              subscription.getFirst().ready();
              return Reception.FULL;
            }
            got.add(event.envelope().seq());
            return Reception.TAKEN;
          }

          @Override
          public void failed(RuntimeException cause) {
            throw new AssertionError(cause);
          }
        };
    subscription.add(tails.subscribe(run.id(), 0, listener));
    executor.runAll();
    assertThat(got).isEqualTo(seqs(1, 5));
  }

  @Test
  void a_listener_that_is_done_is_dropped() {
    run.grow(24);
    Reader reader = new Reader().until(12);
    tails.subscribe(run.id(), 0, reader);
    executor.runAll();
    assertThat(reader.got()).isEqualTo(seqs(1, 12));
    assertThat(tails.followed()).isZero();
  }

  @Test
  void a_run_that_nobody_reads_is_not_followed() {
    Subscription one = tails.subscribe(run.id(), 0, new Reader());
    Subscription other = tails.subscribe(run.id(), 0, new Reader());
    executor.runAll();
    one.cancel();
    assertThat(tails.followed()).isOne();
    other.cancel();
    assertThat(tails.followed()).isZero();
    run.grow(1);
    tails.wake(run.id(), 2);
    assertThat(executor.waiting()).isZero();
  }

  @Test
  void a_listener_that_throws_is_dropped_alone() {
    run.grow(4);
    List<RuntimeException> told = new ArrayList<>();
    Listener broken =
        new Listener() {
          @Override
          public Reception next(Published event) {
            throw new IllegalStateException("broken");
          }

          @Override
          public void failed(RuntimeException cause) {
            told.add(cause);
            throw new IllegalStateException("broken again");
          }
        };
    Reader reader = new Reader();
    tails.subscribe(run.id(), 0, broken);
    tails.subscribe(run.id(), 0, reader);
    executor.runAll();
    assertThat(reader.got()).isEqualTo(seqs(1, 5));
    assertThat(told).singleElement().isInstanceOf(IllegalStateException.class);
  }

  @Test
  void readers_wait_while_the_store_is_out_of_reach() {
    run.grow(4);
    Reader reader = new Reader();
    log.unavailable(true);
    tails.subscribe(run.id(), 0, reader);
    executor.runAll();
    assertThat(reader.got()).isEmpty();
    assertThat(reader.failure()).isNull();

    log.unavailable(false);
    tails.retry();
    executor.runAll();
    assertThat(reader.got()).isEqualTo(seqs(1, 5));
    tails.retry();
    assertThat(executor.waiting()).isZero();
  }

  @Test
  void a_damaged_event_fails_the_readers_of_its_run_alone() {
    GrowingRun other = new GrowingRun(log, 2);
    log.damage(event -> event.runId().equals(run.id()) ? damaged(event) : event);
    Reader reader = new Reader();
    Reader ofOther = new Reader();
    tails.subscribe(run.id(), 0, reader);
    tails.subscribe(other.id(), 0, ofOther);
    executor.runAll();
    assertThat(reader.failure()).isNotNull();
    assertThat(ofOther.got()).containsExactly(1L);
    assertThat(tails.followed()).isOne();
  }

  private static StoredEvent damaged(StoredEvent event) {
    return new StoredEvent(
        event.runId(), event.seq(), event.type(), 1, "{", event.occurredAt(), null, null);
  }
}
