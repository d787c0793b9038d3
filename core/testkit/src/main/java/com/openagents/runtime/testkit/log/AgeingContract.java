package com.openagents.runtime.testkit.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Ageing;
import com.openagents.runtime.log.Ageing.Look;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What letting pieces age promises: the floor and the record of what goes move together, only
/// forward, and what is removed is nothing else.
///
/// Not asserted: what may age, which is not the store's to know but for the types of events.
@Tag("G6")
public abstract class AgeingContract extends StoreContract {

  private static final Duration DAY = Duration.ofDays(1);
  private static final int PIECES = 10;

  /// The first event, ten pieces, and the whole of them: sequences 1, 2 to 11, and 12.
  private void spoken(RunId runId) {
    start(Drafts.start(runId));
    write(
        Drafts.deltas(
            runId, Precondition.OPEN, IntStream.range(0, PIECES).mapToObj(i -> "p" + i).toList()));
    write(Append.of(runId, Precondition.OPEN, List.of(Drafts.said("all of it"))));
  }

  private Ageing ageing() {
    return store().ageing();
  }

  private static AgedRange range(long from, long through) {
    return new AgedRange(
        from,
        through,
        Digest.ofText("hash of " + through),
        "key-" + from,
        "c2lnbmF0dXJl",
        Instant.parse("2026-01-02T03:04:05.678901Z"));
  }

  private Look look(long found, long floor, AgedRange... ranges) {
    return new Look(RUN, found, floor, List.of(ranges), store().now());
  }

  private void noted(Look look) {
    assertThat(ageing().note(look)).as("%s", look).isTrue();
  }

  private void removeAll() {
    int removed;
    int rounds = 0;
    do {
      removed = ageing().remove(1_000);
      assertThat(++rounds).as("rounds until nothing is left").isLessThan(100);
    } while (removed > 0);
  }

  @Test
  void what_is_noted_and_removed_is_gone_and_everything_else_stays() {
    spoken(RUN);
    spoken(Drafts.runId(2));
    noted(look(0, 12, range(2, 4), range(6, 11)));
    removeAll();
    assertThat(sequences(RUN)).containsExactly(1L, 5L, 12L);
    assertThat(sequences(Drafts.runId(2))).hasSize(PIECES + 2);
    assertThat(log().readDurable(RUN, 0, 100)).hasSize(2);
    assertThat(log().read(RUN, 4, 1))
        .singleElement()
        .satisfies(e -> assertThat(e.seq()).isEqualTo(5));
    assertThat(log().read(RUN, 5, 9))
        .singleElement()
        .satisfies(e -> assertThat(e.seq()).isEqualTo(12));
  }

  @Test
  void the_floor_stands_where_it_was_noted_before_anything_is_removed() {
    spoken(RUN);
    noted(look(0, 12, range(2, 11)));
    assertThat(head(RUN).floor()).isEqualTo(12);
    assertThat(sequences(RUN)).hasSize(PIECES + 2);
    assertThat(head(RUN).lastSeq()).isEqualTo(12);
  }

  @Test
  void what_was_signed_for_comes_back_as_it_was_by_sequence() {
    spoken(RUN);
    spoken(Drafts.runId(2));
    noted(look(0, 5, range(2, 4)));
    noted(look(5, 12, range(6, 11)));
    assertThat(store().seals().aged(RUN)).containsExactly(range(2, 4), range(6, 11));
    removeAll();
    assertThat(store().seals().aged(RUN)).containsExactly(range(2, 4), range(6, 11));
    assertThat(store().seals().aged(Drafts.runId(2))).isEmpty();
    assertThat(store().seals().keys()).containsExactlyInAnyOrder("key-2", "key-6");
  }

  @Test
  void a_look_at_a_floor_that_has_moved_since_notes_nothing() {
    spoken(RUN);
    noted(look(0, 5, range(2, 4)));
    assertThat(ageing().note(look(0, 12, range(2, 11)))).isFalse();
    assertThat(head(RUN).floor()).isEqualTo(5);
    assertThat(store().seals().aged(RUN)).containsExactly(range(2, 4));
    removeAll();
    assertThat(sequences(RUN)).hasSize(PIECES + 2 - 3);
  }

  @Test
  void a_floor_beyond_the_log_is_not_taken() {
    spoken(RUN);
    assertThat(ageing().note(look(0, 13, range(2, 11)))).isFalse();
    assertThat(ageing().note(new Look(Drafts.runId(7), 0, 1, List.of(), store().now()))).isFalse();
    assertThat(head(RUN).floor()).isZero();
    assertThat(ageing().remove(100)).isZero();
    assertThat(sequences(RUN)).hasSize(PIECES + 2);
  }

  @Test
  void nothing_but_pieces_is_removed_whatever_is_noted() {
    spoken(RUN);
    noted(look(0, 12, range(1, 12)));
    removeAll();
    assertThat(sequences(RUN)).containsExactly(1L, 12L);
  }

  @Test
  void as_much_is_removed_at_once_as_is_asked_for_from_the_beginning_of_a_range() {
    spoken(RUN);
    noted(look(0, 12, range(2, 4), range(5, 11)));
    assertThat(ageing().remove(1)).isEqualTo(1);
    assertThat(sequences(RUN))
        .isEqualTo(
            LongStream.concat(LongStream.of(1), LongStream.rangeClosed(3, 12)).boxed().toList());
    assertThat(ageing().remove(5)).isEqualTo(5);
    assertThat(sequences(RUN))
        .isEqualTo(
            LongStream.concat(LongStream.of(1), LongStream.rangeClosed(8, 12)).boxed().toList());
    assertThat(ageing().remove(100)).isEqualTo(4);
    assertThat(ageing().remove(100)).isZero();
  }

  @Test
  void of_concurrent_looks_one_is_noted() {
    spoken(RUN);
    assertThat(Race.of(8, _ -> ageing().note(look(0, 12, range(2, 11))))).containsOnlyOnce(true);
    assertThat(store().seals().aged(RUN)).containsExactly(range(2, 11));
    var removed = Race.of(8, _ -> ageing().remove(3));
    assertThat(removed.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(PIECES);
    removeAll();
    assertThat(sequences(RUN)).containsExactly(1L, 12L);
  }

  @Test
  void a_run_goes_on_behind_its_floor() {
    spoken(RUN);
    noted(look(0, 12, range(2, 11)));
    removeAll();
    assertThat(write(Drafts.deltas(RUN, Precondition.OPEN, "more")).firstSeq()).isEqualTo(13);
    assertThat(sequences(RUN)).containsExactly(1L, 12L, 13L);
    assertThat(head(RUN).floor()).isEqualTo(12);
    assertThat(head(RUN).lastSeq()).isEqualTo(13);
  }

  @Test
  void runs_are_due_by_the_first_event_that_was_not_looked_at() {
    for (int number = 1; number <= 4; number++) {
      spoken(Drafts.runId(number));
    }
    assertThat(ageing().due(DAY, 10)).isEmpty();
    assertThat(ageing().due(Duration.ZERO, 10)).hasSize(4).startsWith(RUN);
    Instant now = store().now();
    until(1, now.minus(DAY.multipliedBy(2)));
    until(2, now.minus(DAY.multipliedBy(3)));
    until(3, null);
    assertThat(head(Drafts.runId(3)).floor()).isZero();
    assertThat(ageing().due(DAY, 10)).containsExactly(Drafts.runId(2), RUN);
    assertThat(ageing().due(DAY, 1)).containsExactly(Drafts.runId(2));
    assertThat(ageing().due(Duration.ZERO, 10)).doesNotContain(Drafts.runId(3)).hasSize(3);
  }

  private void until(int number, @Nullable Instant lookedUntil) {
    noted(new Look(Drafts.runId(number), 0, 0, List.of(), lookedUntil));
  }
}
