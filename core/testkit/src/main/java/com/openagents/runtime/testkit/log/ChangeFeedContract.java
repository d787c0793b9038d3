package com.openagents.runtime.testkit.log;

import static com.openagents.runtime.log.Precondition.OPEN;
import static com.openagents.runtime.testkit.Drafts.deltas;
import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.ChangeFeed.Change;
import com.openagents.runtime.log.ChangeFeed.Changes;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.Race;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a feed promises: whoever keeps looking hears of every change.
///
/// Not asserted: the order of runs within one look; whether a change of the lease alone is told;
/// commits that happen out of order, which need two sessions of the database.
public abstract class ChangeFeedContract extends StoreContract {

  @Test
  void tells_a_change_once_and_then_no_more() {
    start(1);
    Position before = changes().now();
    write(deltas(RUN, OPEN, "a", "b"));
    Changes seen = changes().since(before);
    assertThat(seen.changes()).containsExactly(new Change(RUN, 3));
    assertThat(changes().since(seen.next()).changes()).isEmpty();
  }

  @Test
  void tells_nothing_that_was_there_before_the_position() {
    start(1);
    Position after = changes().now();
    start(2);
    assertThat(changes().since(after).changes()).containsExactly(new Change(runId(2), 1));
  }

  @Test
  void tells_of_each_run_once_with_its_highest_sequence() {
    Position before = changes().now();
    start(1);
    start(2);
    write(deltas(runId(1), OPEN, "a"));
    write(deltas(runId(2), OPEN, "b", "c"));
    write(deltas(runId(1), OPEN, "d"));
    assertThat(changes().since(before).changes())
        .containsExactlyInAnyOrder(new Change(runId(1), 3), new Change(runId(2), 3));
  }

  @Test
  void tells_of_every_run_of_a_batch() {
    Position before = changes().now();
    List<RunId> runs = IntStream.rangeClosed(1, 30).mapToObj(Drafts::runId).toList();
    log().append(runs.stream().map(Drafts::start).toList());
    assertThat(changes().since(before).changes())
        .containsExactlyInAnyOrderElementsOf(runs.stream().map(run -> new Change(run, 1)).toList());
  }

  @Test
  void tells_everybody_who_looks_from_the_same_position() {
    Position before = changes().now();
    start(1);
    assertThat(changes().since(before).changes()).containsExactly(new Change(RUN, 1));
    assertThat(changes().since(before).changes()).containsExactly(new Change(RUN, 1));
  }

  @Test
  void a_long_gap_is_looked_through_in_parts() {
    Position before = changes().now();
    for (int run = 1; run <= 6; run++) {
      start(run);
    }
    write(deltas(runId(1), OPEN, "a", "b"));
    Changes first = changes().since(before, 2);
    assertThat(first.more()).isTrue();
    assertThat(first.changes()).isNotEmpty().hasSizeLessThan(6);
    Map<RunId, Long> heard = new HashMap<>();
    Changes look = first;
    for (int looks = 1; look.more(); looks++) {
      assertThat(looks).as("looks until there is no more").isLessThan(9);
      look.changes().forEach(change -> heard.merge(change.runId(), change.lastSeq(), Math::max));
      look = changes().since(look.next(), 2);
    }
    look.changes().forEach(change -> heard.merge(change.runId(), change.lastSeq(), Math::max));
    for (int run = 1; run <= 6; run++) {
      assertThat(heard).containsEntry(runId(run), head(runId(run)).lastSeq());
    }
    Changes after = changes().since(look.next(), 2);
    assertThat(after.changes()).isEmpty();
    assertThat(after.more()).isFalse();
    assertThat(changes().since(look.next()).changes()).isEmpty();
  }

  @Test
  void a_look_in_parts_at_little_tells_all_of_it() {
    start(1);
    Position before = changes().now();
    assertThat(changes().since(before, 1).changes()).isEmpty();
    write(deltas(RUN, OPEN, "a", "b"));
    Changes look = changes().since(before, 100);
    assertThat(look.changes()).containsExactly(new Change(RUN, 3));
    assertThat(look.more()).isFalse();
    start(2);
    assertThat(changes().since(look.next(), 100).changes())
        .containsExactly(new Change(runId(2), 1));
  }

  @Test
  void a_position_may_be_kept_as_text() {
    start(1);
    String kept = changes().now().token();
    start(2);
    assertThat(changes().since(new Position(kept)).changes())
        .containsExactly(new Change(runId(2), 1));
  }

  @Test
  void tells_nothing_of_what_was_refused_or_repeated() {
    start(1);
    write(Drafts.frame(RUN, "f1", "hello"));
    Position before = changes().now();
    log().append(deltas(RUN, OPEN.atSeq(9), "a"));
    log().append(Drafts.frame(RUN, "f1", "hello"));
    log().append(Drafts.start(RUN));
    start(2);
    assertThat(changes().since(before).changes()).containsExactly(new Change(runId(2), 1));
  }

  @Test
  @Tag("scenario-12")
  void whoever_keeps_looking_while_others_write_misses_nothing() {
    int writers = 8;
    IntStream.range(0, writers).forEach(this::start);
    Position before = changes().now();
    AtomicInteger writing = new AtomicInteger(writers);
    Map<RunId, Long> heard = new HashMap<>();
    Race.of(
        writers + 1,
        racer -> {
          if (racer == writers) {
            follow(before, writing, heard);
          } else {
            writeSteadily(racer, writing);
          }
          return racer;
        });
    for (int i = 0; i < writers; i++) {
      assertThat(heard).containsEntry(runId(i), head(runId(i)).lastSeq());
    }
  }

  private void writeSteadily(int number, AtomicInteger writing) {
    try {
      for (int i = 0; i < 15; i++) {
        write(deltas(runId(number), OPEN, "piece " + i));
      }
    } finally {
      writing.decrementAndGet();
    }
  }

  /// Looks from where the last look ended, and once more after the last write.
  private void follow(Position from, AtomicInteger writing, Map<RunId, Long> heard) {
    Position position = from;
    boolean over;
    do {
      over = writing.get() == 0;
      Changes seen = changes().since(position);
      seen.changes().forEach(change -> heard.merge(change.runId(), change.lastSeq(), Math::max));
      position = seen.next();
    } while (!over);
  }

  private ChangeFeed changes() {
    return store().changes();
  }
}
