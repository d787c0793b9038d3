package com.openagents.runtime.testkit.projection;

import static com.openagents.runtime.testkit.projection.DocumentDrafts.RUNS;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.TIMELINES;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.key;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.run;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.thread;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.SinkBook.Due;
import com.openagents.runtime.projection.SinkBook.Held;
import com.openagents.runtime.projection.SinkBook.Older;
import com.openagents.runtime.projection.SinkBook.ParkedDocument;
import com.openagents.runtime.projection.SinkBook.Taken;
import com.openagents.runtime.projection.WriterFenced;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What keeping book of sinks promises: what a sink lacks is due, in its newest form, until it is
/// taken in that form; and one that has lost something is given everything again.
///
/// Not asserted: the order of what came due in one commit.
@Tag("G11")
public abstract class SinkBookContract extends SinkBookSuite {

  @Test
  void what_is_written_is_due_for_every_sink_on_its_own() {
    long epoch = registered();
    register(epoch, OTHER);
    keep(epoch, 1, run(1, 3));
    take(epoch, run(1, 3));
    assertThat(due(SINK)).isEmpty();
    assertThat(due(OTHER)).containsExactly(run(1, 3));
    keep(epoch, 1, run(1, 4));
    assertThat(due(SINK)).containsExactly(run(1, 4));
    assertThat(due(OTHER)).containsExactly(run(1, 4));
    assertThat(there(SINK, RUNS, key(1))).contains(Checkpoint.of(1, run(1, 3)));
    assertThat(there(OTHER, RUNS, key(1))).isEmpty();
  }

  @Test
  void the_newest_form_is_due_once() {
    long epoch = registered();
    for (long seq = 1; seq <= 5; seq++) {
      keep(epoch, 1, run(1, seq));
    }
    Due due = theDue();
    assertThat(due.projection()).isEqualTo(RUNS);
    assertThat(due.entity()).isEqualTo(run(1, 5).entity());
    assertThat(due.wanted()).isEqualTo(store().projections().find(RUNS, key(1)).orElseThrow());
    assertThat(due.there()).isNull();
  }

  @Test
  void what_is_taken_is_due_no_longer() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3), timeline(1, 3));
    take(epoch, run(1, 3));
    assertThat(due(SINK)).containsExactly(timeline(1, 3));
    assertThat(there(SINK, RUNS, key(1))).contains(Checkpoint.of(1, run(1, 3)));
    assertThat(there(SINK, TIMELINES, key(1))).isEmpty();
  }

  @Test
  void what_a_sink_has_is_known_with_whether_it_will_not_change_it() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3), run(2, 3), run(3, 3));
    take(epoch, run(1, 3));
    take(epoch, run(2, 3));
    keep(epoch, 1, run(2, 4));
    dueTo(SINK, 10).forEach(due -> book().park(epoch, SINK, due, "refused"));
    assertThat(book().held(SINK, RUNS, List.of(key(1), key(2), key(3), key(4))))
        .isEqualTo(
            Map.of(
                key(1), new Held(Checkpoint.of(1, run(1, 3)), false),
                key(2), new Held(Checkpoint.of(1, run(2, 3)), true)));
    assertThat(book().held(SINK, RUNS, List.of())).isEmpty();
    assertThat(book().held(SINK, RUNS, List.of(key(1), "\u0000"))).containsOnlyKeys(key(1));
    assertThat(book().held(OTHER, RUNS, List.of(key(1)))).isEmpty();
  }

  @Test
  void what_is_written_again_without_a_change_is_not_due() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3));
    assertThat(due(SINK)).containsExactly(run(1, 3));
    take(epoch, run(1, 3));
    keep(epoch, 1, run(1, 3));
    keep(epoch, 1, run(1, 2));
    assertThat(due(SINK)).isEmpty();
  }

  @Test
  void what_moved_while_it_was_delivered_stays_due() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3));
    Due sent = theDue();
    keep(epoch, 1, run(1, 4));
    take(epoch, run(1, 3));
    assertThat(due(SINK)).containsExactly(run(1, 4));
    assertThat(theDue().there()).isEqualTo(Checkpoint.of(1, run(1, 3)));
    assertThat(sent.there()).isNull();
  }

  @Test
  void what_a_rebuild_will_tell_again_is_not_due_until_it_is_told() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3), run(2, 3), timeline(1, 3));
    take(epoch, run(1, 3));
    begin(epoch, RUNS, 2);
    assertThat(due(SINK)).containsExactly(timeline(1, 3));
    keep(epoch, 2, run(1, 3));
    assertThat(due(SINK)).containsExactlyInAnyOrder(run(1, 3), timeline(1, 3));
    assertThat(state(SINK).pending()).isEqualTo(2);
    take(epoch, run(1, 3), Checkpoint.of(2, run(1, 3)));
    assertThat(due(SINK)).containsExactly(timeline(1, 3));
  }

  @Test
  void what_is_swept_is_due_to_go_from_where_it_is() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3), run(2, 3));
    take(epoch, run(1, 3));
    begin(epoch, RUNS, 2);
    assertThat(store().projections().sweep(epoch, RUNS, 10)).isEqualTo(2);
    Due gone = theDue();
    assertThat(gone)
        .isEqualTo(new Due(RUNS, run(1, 3).entity(), null, Checkpoint.of(1, run(1, 3))));
    take(epoch, run(1, 3), null);
    assertThat(dueTo(SINK, 10)).isEmpty();
    assertThat(there(SINK, RUNS, key(1))).isEmpty();
  }

  @Test
  void what_was_swept_while_it_was_delivered_is_due_to_go() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3));
    assertThat(theDue().wanted()).isNotNull();
    begin(epoch, RUNS, 2);
    assertThat(store().projections().sweep(epoch, RUNS, 10)).isEqualTo(1);
    take(epoch, run(1, 3));
    assertThat(theDue().wanted()).isNull();
    assertThat(theDue().there()).isEqualTo(Checkpoint.of(1, run(1, 3)));
  }

  @Test
  void what_is_parked_is_not_due_until_it_changes() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3), run(2, 3));
    take(epoch, run(2, 3));
    book().park(epoch, SINK, theDue(), "too large: ı");
    assertThat(dueTo(SINK, 10)).isEmpty();
    assertThat(state(SINK).parked()).isEqualTo(1);
    assertThat(state(SINK).pending()).isZero();
    ParkedDocument parked = book().parked(SINK, 10).getFirst();
    assertThat(parked)
        .isEqualTo(
            new ParkedDocument(
                RUNS,
                run(1, 3).entity(),
                Checkpoint.of(1, run(1, 3)),
                "too large: ı",
                parked.since()));
    assertThat(Duration.between(parked.since(), store().now()).abs())
        .isLessThan(Duration.ofMinutes(1));
    keep(epoch, 1, run(1, 4));
    assertThat(due(SINK)).containsExactly(run(1, 4));
    assertThat(book().parked(SINK, 10)).isEmpty();
    assertThat(state(SINK).parked()).isZero();
  }

  @Test
  void a_form_that_has_moved_on_is_not_parked() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3));
    Due sent = theDue();
    keep(epoch, 1, run(1, 4));
    book().park(epoch, SINK, sent, "too large");
    assertThat(due(SINK)).containsExactly(run(1, 4));
    assertThat(book().parked(SINK, 10)).isEmpty();
    assertThat(state(SINK).parked()).isZero();
  }

  @Test
  void a_removal_is_parked_like_a_form() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3));
    take(epoch, run(1, 3));
    begin(epoch, RUNS, 2);
    assertThat(store().projections().sweep(epoch, RUNS, 10)).isEqualTo(1);
    book().park(epoch, SINK, theDue(), "checkpoint_ahead");
    assertThat(dueTo(SINK, 10)).isEmpty();
    assertThat(book().parked(SINK, 10))
        .singleElement()
        .satisfies(parked -> assertThat(parked.wanted()).isNull());
    keep(epoch, 2, run(1, 4));
    assertThat(due(SINK)).containsExactly(run(1, 4));
    assertThat(theDue().there()).isEqualTo(Checkpoint.of(1, run(1, 3)));
  }

  @Test
  void what_is_parked_is_tried_again_when_somebody_says_so() {
    long epoch = registered();
    register(epoch, OTHER);
    keep(epoch, 1, run(1, 3), run(2, 3), run(3, 3));
    dueTo(SINK, 2).forEach(due -> book().park(epoch, SINK, due, "refused"));
    book().park(epoch, OTHER, dueTo(OTHER, 1).getFirst(), "refused");
    assertThat(book().parked(SINK, 10)).hasSize(2);
    assertThat(book().parked(SINK, 1)).hasSize(1);
    assertThat(book().retry(SINK)).isEqualTo(2);
    assertThat(due(SINK)).hasSize(3);
    assertThat(book().parked(SINK, 10)).isEmpty();
    assertThat(book().parked(OTHER, 10)).hasSize(1);
    assertThat(book().retry(SINK)).isZero();
  }

  @Test
  void what_was_due_longest_comes_first() {
    long epoch = registered();
    keep(epoch, 1, run(1, 1));
    keep(epoch, 1, run(2, 1));
    keep(epoch, 1, run(3, 1));
    keep(epoch, 1, run(1, 2));
    assertThat(due(SINK)).containsExactly(run(1, 2), run(2, 1), run(3, 1));
    take(epoch, run(1, 2));
    keep(epoch, 1, run(1, 3));
    assertThat(due(SINK)).containsExactly(run(2, 1), run(3, 1), run(1, 3));
    assertThat(dueTo(SINK, 1)).extracting(due -> due.entity().id()).containsExactly(key(2));
  }

  @Test
  void a_sink_that_lost_a_projection_is_given_all_of_it() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3), run(2, 3), run(3, 3), timeline(1, 3));
    take(epoch, run(1, 3));
    take(epoch, run(2, 3));
    take(epoch, timeline(1, 3));
    book().park(epoch, SINK, theDue(), "refused");
    book().reset(epoch, SINK, RUNS, key(2));
    assertThat(due(SINK)).containsExactly(run(2, 3));
    assertThat(theDue().there()).isNull();
    book().reset(epoch, SINK, RUNS, null);
    assertThat(due(SINK)).containsExactlyInAnyOrder(run(1, 3), run(2, 3), run(3, 3));
    assertThat(there(SINK, RUNS, key(1))).isEmpty();
    assertThat(there(SINK, TIMELINES, key(1))).isPresent();
    assertThat(book().parked(SINK, 10)).isEmpty();
  }

  private Older older(String projection, Instant until) {
    return book().older(SINK, projection, until);
  }

  private Older older() {
    return older(RUNS, Instant.EPOCH);
  }

  private Instant unknownUntil() {
    return book().unknownUntil(SINK, RUNS).orElseThrow();
  }

  @Test
  void of_what_a_sink_was_never_given_it_may_have_what_was_due_when_it_came() {
    long epoch = lead().epoch();
    begin(epoch, RUNS, 1);
    keep(epoch, 1, run(1, 3), run(2, 3), timeline(1, 3));
    assertThat(older()).as("nobody knows the sink").isEqualTo(Older.DUE);
    assertThat(known().register(epoch, SINK, 1)).isFalse();
    assertThat(older()).as("not all are due yet").isEqualTo(Older.DUE);
    register(epoch, SINK);
    take(epoch, run(1, 3));
    assertThat(older()).as("it may have the other").isEqualTo(Older.DUE);
    store().passTime(Duration.ofMillis(1));
    keep(epoch, 1, run(3, 1));
    Instant until = unknownUntil();
    take(epoch, run(2, 3));
    assertThat(older()).as("what is new").isEqualTo(Older.NONE);
    assertThat(older(RUNS, until)).as("it is not, it is said").isEqualTo(Older.DUE);
    store().passTime(Duration.ofMillis(1));
    keep(epoch, 1, run(4, 1));
    take(epoch, run(3, 1));
    assertThat(unknownUntil()).isAfter(until);
    assertThat(older(RUNS, until)).isEqualTo(Older.NONE);
    take(epoch, run(4, 1));
    assertThat(book().unknownUntil(SINK, RUNS)).isEmpty();
    assertThat(book().unknownUntil(SINK, TIMELINES)).isPresent();
    register(epoch, OTHER);
    assertThat(book().unknownUntil(OTHER, RUNS)).isPresent();
    assertThat(book().unknownUntil(SINK, RUNS)).isEmpty();
  }

  @Test
  void what_a_sink_has_is_older_until_the_newer_generation_is_taken_whatever_else_is_due() {
    long epoch = registered();
    store().passTime(Duration.ofMillis(1));
    keep(epoch, 1, run(1, 3), run(2, 3));
    take(epoch, run(1, 3));
    take(epoch, run(2, 3));
    keep(epoch, 1, run(1, 4), run(3, 1), timeline(1, 4));
    assertThat(dueTo(SINK, 10)).hasSize(3);
    assertThat(older()).as("what goes on, and what is new").isEqualTo(Older.NONE);
    begin(epoch, RUNS, 2);
    keep(epoch, 2, run(1, 4));
    assertThat(older()).isEqualTo(Older.DUE);
    assertThat(older(TIMELINES, Instant.EPOCH)).isEqualTo(Older.NONE);
    book().reset(epoch, SINK, RUNS, key(1));
    assertThat(older()).as("it is there still").isEqualTo(Older.DUE);
    take(epoch, run(1, 4), Checkpoint.of(2, run(1, 4)));
    assertThat(older()).isEqualTo(Older.NONE);
    assertThat(store().projections().sweep(epoch, RUNS, 10)).isEqualTo(2);
    assertThat(older()).as("what is to go may go").isEqualTo(Older.NONE);
  }

  @Test
  void what_is_parked_is_older_in_a_way_of_its_own() {
    long epoch = registered();
    store().passTime(Duration.ofMillis(1));
    keep(epoch, 1, run(1, 3), run(2, 3));
    take(epoch, run(1, 3));
    book().park(epoch, SINK, theDue(), "too large");
    assertThat(older()).as("it may be there").isEqualTo(Older.PARKED);
    assertThat(older(TIMELINES, Instant.EPOCH)).isEqualTo(Older.NONE);
    Instant until = unknownUntil();
    store().passTime(Duration.ofMillis(1));
    keep(epoch, 1, run(2, 4));
    assertThat(older(RUNS, until)).as("it is not new by that").isEqualTo(Older.DUE);
    begin(epoch, RUNS, 2);
    keep(epoch, 2, run(1, 3), run(2, 4));
    assertThat(older()).isEqualTo(Older.DUE);
    take(epoch, run(2, 4), Checkpoint.of(2, run(2, 4)));
    book().park(epoch, SINK, theDue(), "too large");
    assertThat(older()).as("it is there").isEqualTo(Older.PARKED);
    assertThat(book().retry(SINK)).isEqualTo(1);
    assertThat(older()).isEqualTo(Older.DUE);
    take(epoch, run(1, 3), Checkpoint.of(2, run(1, 3)));
    assertThat(older()).isEqualTo(Older.NONE);
    keep(epoch, 2, run(1, 4));
    book().park(epoch, SINK, theDue(), "too large");
    assertThat(older()).as("it is there in the same generation").isEqualTo(Older.NONE);
  }

  @Test
  void nothing_is_noted_under_an_epoch_that_is_over() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3), run(2, 3));
    take(epoch, run(2, 3));
    Due due = theDue();
    long next = takeOver();
    List<Taken> taken = List.of(new Taken(RUNS, due.entity(), Checkpoint.of(1, run(1, 3))));
    for (long over : List.of(epoch, next + 1)) {
      assertThatThrownBy(() -> book().taken(over, SINK, taken)).isInstanceOf(WriterFenced.class);
      assertThatThrownBy(() -> book().park(over, SINK, due, "no")).isInstanceOf(WriterFenced.class);
      assertThatThrownBy(() -> book().reset(over, SINK, RUNS, null))
          .isInstanceOf(WriterFenced.class);
    }
    assertThat(theDue()).isEqualTo(due);
    assertThat(book().parked(SINK, 10)).isEmpty();
    book().taken(next, SINK, taken);
    assertThat(dueTo(SINK, 10)).isEmpty();
  }

  @Test
  void a_sink_that_has_lost_something_is_given_everything_in_steps() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3), run(2, 3), run(3, 3), timeline(1, 3), thread("t", 7));
    List<Document> all = List.of(run(1, 3), run(2, 3), run(3, 3), timeline(1, 3), thread("t", 7));
    all.subList(0, 4).forEach(document -> take(epoch, document));
    book().park(epoch, SINK, theDue(), "too large");
    register(epoch, OTHER);
    streams().stands(epoch, SINK, RUNS, new Standing(1, 7));
    assertThat(known().marking(SINK)).isFalse();

    book().lost(epoch, SINK, Map.of(RUNS, new Standing(1, 2), TIMELINES, Standing.NOWHERE));
    assertThat(streams().standing(SINK))
        .isEqualTo(Map.of(RUNS, new Standing(1, 2), TIMELINES, Standing.NOWHERE));
    assertThat(known().marking(SINK)).isTrue();
    assertThat(known().marking(OTHER)).isFalse();
    assertThat(book().older(SINK, RUNS, Instant.EPOCH)).isEqualTo(Older.DUE);
    assertThat(known().register(epoch, SINK, 2)).isFalse();
    assertThat(due(SINK)).hasSize(2);
    keep(epoch, 1, run(4, 1));
    for (int step = 0; !known().register(epoch, SINK, 2); step++) {
      assertThat(step).as("steps until all are due").isLessThan(5);
    }
    assertThat(due(SINK)).hasSize(6).containsAll(all).contains(run(4, 1));
    assertThat(dueTo(SINK, 10)).allMatch(due -> due.there() == null);
    assertThat(book().parked(SINK, 10)).isEmpty();
    assertThat(known().marking(SINK)).isFalse();
    assertThat(book().older(SINK, RUNS, Instant.EPOCH)).as("it may have some").isEqualTo(Older.DUE);
  }

  @Test
  void a_loss_is_not_noted_by_a_former_writer_nor_of_a_sink_that_is_not_known() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3));
    take(epoch, run(1, 3));
    book().lost(epoch, "unknown", Map.of(RUNS, Standing.NOWHERE));
    assertThat(known().marking("unknown")).isFalse();
    assertThat(streams().standing("unknown")).isEmpty();
    takeOver();
    assertThatThrownBy(() -> book().lost(epoch, SINK, Map.of(RUNS, Standing.NOWHERE)))
        .isInstanceOf(WriterFenced.class);
    assertThat(known().marking(SINK)).isFalse();
    assertThat(due(SINK)).isEmpty();
  }

  @Test
  void documents_that_are_told_no_more_go_in_steps_with_what_sinks_have_of_them() {
    long epoch = registered();
    register(epoch, OTHER);
    keep(epoch, 1, run(1, 3), run(2, 3), run(3, 3), timeline(1, 3));
    take(epoch, run(1, 3));
    assertThat(retire(epoch, 2)).isEqualTo(2);
    assertThat(store().projections().generations())
        .as("whoever tells it again tells all of it")
        .containsEntry(RUNS, new Generation(1, 0));
    assertThat(retire(epoch, 2)).isEqualTo(1);
    for (int step = 0; store().projections().generations().containsKey(RUNS); step++) {
      assertThat(step).as("steps until nothing is left").isLessThan(5);
      assertThat(retire(epoch, 2)).isZero();
    }
    assertThat(store().projections().page(RUNS, "", 10)).isEmpty();
    assertThat(store().projections().generations()).containsOnlyKeys(TIMELINES);
    assertThat(due(SINK)).containsExactly(timeline(1, 3));
    assertThat(due(OTHER)).containsExactly(timeline(1, 3));
    assertThat(there(SINK, RUNS, key(1))).isEmpty();
  }

  @Test
  void what_was_to_go_from_a_sink_is_forgotten_with_the_documents() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3), run(2, 3));
    take(epoch, run(1, 3));
    begin(epoch, RUNS, 2);
    store().projections().sweep(epoch, RUNS, 10);
    assertThat(dueTo(SINK, 10)).as("to go").hasSize(1);
    assertThat(retire(epoch, 10)).as("documents that were left").isZero();
    retire(epoch, 10);
    assertThat(dueTo(SINK, 10)).isEmpty();
    assertThat(store().projections().generations()).doesNotContainKey(RUNS);
  }

  @Test
  void nothing_is_retired_under_an_epoch_that_is_over() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3));
    takeOver();
    assertThatThrownBy(() -> retire(epoch, 10)).isInstanceOf(WriterFenced.class);
    assertThat(due(SINK)).containsExactly(run(1, 3));
    assertThat(store().projections().generations()).containsEntry(RUNS, new Generation(1, 1));
  }

  @Test
  void only_what_is_told_is_due() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3), timeline(1, 4), run(2, 5));
    assertThat(book().due(SINK, List.of(TIMELINES), 10))
        .extracting(due -> due.entity().id())
        .containsExactly(key(1));
    assertThat(book().due(SINK, List.of(RUNS), 1)).hasSize(1);
    assertThat(book().due(SINK, List.of("invoices", RUNS), 10)).hasSize(2);
    assertThat(book().due(SINK, List.of(), 10)).isEmpty();
  }
}
