package com.openagents.runtime.testkit.projection;

import static com.openagents.runtime.testkit.projection.DocumentDrafts.RUNS;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.TIMELINES;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.key;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.run;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.thread;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.SinkBook.Behind;
import com.openagents.runtime.projection.SinkBook.Forgotten;
import com.openagents.runtime.projection.SinkBook.Older;
import com.openagents.runtime.projection.SinkBook.SinkState;
import com.openagents.runtime.projection.WriterFenced;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What keeping book of sinks promises of the sinks themselves: one that nobody delivers to can be
/// forgotten, one that has lost something is given everything again, and none is given what is told
/// no more.
///
/// Not asserted: what is due for a sink that was forgotten, before all that was known of it is
/// gone.
@Tag("G11")
public abstract class KnownSinksContract extends SinkBookSuite {

  @Test
  void a_sink_is_forgotten_when_the_writer_does_not_serve_it() {
    long epoch = registered();
    register(epoch, OTHER);
    keep(epoch, 1, run(1, 3));
    assertThat(book().forget("unknown")).isEqualTo(Forgotten.UNKNOWN);
    assertThat(book().forget(SINK)).isEqualTo(Forgotten.SERVED);
    assertThat(state(SINK).pending()).isEqualTo(1);
    long next = takeOver();
    register(next, OTHER);
    assertThat(book().forget(OTHER)).isEqualTo(Forgotten.SERVED);
    assertThat(book().forget(SINK)).isEqualTo(Forgotten.FORGOTTEN);
    assertThat(book().forget(SINK)).isEqualTo(Forgotten.UNKNOWN);
    assertThat(book().sinks(TOLD)).extracting(SinkState::sink).containsExactly(OTHER);
    assertThat(book().older(SINK, RUNS, Instant.EPOCH)).isEqualTo(Older.DUE);
    assertThat(due(OTHER)).containsExactly(run(1, 3));
    store().passTime(MORE_THAN_TTL);
    assertThat(book().forget(OTHER)).as("the lease is over").isEqualTo(Forgotten.FORGOTTEN);
    assertThat(book().sinks(TOLD)).isEmpty();
  }

  @Test
  void what_is_known_of_a_forgotten_sink_goes_in_steps_and_is_no_more() {
    long epoch = registered();
    register(epoch, OTHER);
    keep(epoch, 1, run(1, 3), run(2, 3), run(3, 3), timeline(1, 3), timeline(2, 3));
    take(epoch, run(1, 3));
    long next = forgetSink();
    assertThat(book().clearing()).isTrue();
    assertThat(book().clear(next, 2)).isFalse();
    keep(next, 1, run(1, 4), run(4, 1));
    assertThatThrownBy(() -> book().clear(epoch, 2)).isInstanceOf(WriterFenced.class);
    assertThat(clear(next, 2)).as("steps").isBetween(2, 3);
    assertThat(book().clearing()).isFalse();
    assertThat(there(SINK, RUNS, key(1))).isEmpty();
    assertThat(dueTo(SINK, 10)).isEmpty();
    assertThat(due(OTHER)).hasSize(6).contains(run(1, 4));
  }

  @Test
  void a_sink_that_was_forgotten_is_new_when_it_comes_again() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3), run(2, 3), run(3, 3));
    take(epoch, run(1, 3));
    book().pause(SINK, true);
    long next = forgetSink();
    take(next, run(1, 3));
    keep(next, 1, run(2, 4));
    assertThat(book().register(next, SINK, 2)).as("what was known goes first").isFalse();
    assertThat(book().sinks(TOLD)).isEmpty();
    for (int step = 0; !book().register(next, SINK, 2); step++) {
      assertThat(step).as("steps until all are due").isLessThan(6);
    }
    assertThat(due(SINK)).containsExactlyInAnyOrder(run(1, 3), run(2, 4), run(3, 3));
    assertThat(dueTo(SINK, 10)).allMatch(due -> due.there() == null);
    assertThat(state(SINK).paused()).isFalse();
    assertThat(book().forget(SINK)).isEqualTo(Forgotten.SERVED);
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
    assertThat(book().marking(SINK)).isFalse();

    book().lost(epoch, SINK, Map.of(RUNS, new Standing(1, 2), TIMELINES, Standing.NOWHERE));
    assertThat(streams().standing(SINK))
        .isEqualTo(Map.of(RUNS, new Standing(1, 2), TIMELINES, Standing.NOWHERE));
    assertThat(book().marking(SINK)).isTrue();
    assertThat(book().marking(OTHER)).isFalse();
    assertThat(book().older(SINK, RUNS, Instant.EPOCH)).isEqualTo(Older.DUE);
    assertThat(book().register(epoch, SINK, 2)).isFalse();
    assertThat(due(SINK)).hasSize(2);
    keep(epoch, 1, run(4, 1));
    for (int step = 0; !book().register(epoch, SINK, 2); step++) {
      assertThat(step).as("steps until all are due").isLessThan(5);
    }
    assertThat(due(SINK)).hasSize(6).containsAll(all).contains(run(4, 1));
    assertThat(dueTo(SINK, 10)).allMatch(due -> due.there() == null);
    assertThat(book().parked(SINK, 10)).isEmpty();
    assertThat(book().marking(SINK)).isFalse();
    assertThat(book().older(SINK, RUNS, Instant.EPOCH)).as("it may have some").isEqualTo(Older.DUE);
  }

  @Test
  void a_loss_is_not_noted_by_a_former_writer_nor_of_a_sink_that_is_not_known() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3));
    take(epoch, run(1, 3));
    book().lost(epoch, "unknown", Map.of(RUNS, Standing.NOWHERE));
    assertThat(book().marking("unknown")).isFalse();
    assertThat(streams().standing("unknown")).isEmpty();
    takeOver();
    assertThatThrownBy(() -> book().lost(epoch, SINK, Map.of(RUNS, Standing.NOWHERE)))
        .isInstanceOf(WriterFenced.class);
    assertThat(book().marking(SINK)).isFalse();
    assertThat(due(SINK)).isEmpty();
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
    SinkState state = book().sinks(List.of(RUNS)).getFirst();
    assertThat(state.pending()).isEqualTo(2);
    assertThat(state.behind()).isEqualTo(new Behind(8, 5));
    assertThat(book().sinks(List.of()).getFirst())
        .isEqualTo(new SinkState(SINK, false, false, 0, 0, Behind.NOTHING, null, null));
    book().due(SINK, List.of(RUNS), 10).forEach(due -> book().park(epoch, SINK, due, "refused"));
    assertThat(book().sinks(List.of(RUNS)).getFirst().parked()).isEqualTo(2);
    assertThat(book().sinks(List.of(TIMELINES)).getFirst().parked()).isZero();
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
  void what_a_sink_cannot_show_is_kept_for_it_and_does_not_count() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3), timeline(1, 3));
    book().unshown(epoch, SINK, Set.of(TIMELINES));
    SinkState state = book().sinks(TOLD).getFirst();
    assertThat(state.pending()).isOne();
    assertThat(book().unshown(SINK)).containsExactly(TIMELINES);
    assertThat(due(SINK)).containsExactlyInAnyOrder(run(1, 3), timeline(1, 3));
    book()
        .due(SINK, List.of(TIMELINES), 10)
        .forEach(due -> book().park(epoch, SINK, due, "refused"));
    assertThat(book().sinks(TOLD).getFirst().parked()).isZero();

    book().unshown(epoch, SINK, Set.of());
    assertThat(book().sinks(TOLD).getFirst().parked()).isOne();
    assertThat(book().unshown(SINK)).isEmpty();
    assertThat(book().unshown(OTHER)).as("not registered").isEmpty();
    takeOver();
    assertThatThrownBy(() -> book().unshown(epoch, SINK, Set.of(RUNS)))
        .isInstanceOf(WriterFenced.class);
    assertThat(book().forget(SINK)).isEqualTo(Forgotten.FORGOTTEN);
    assertThat(book().unshown(SINK)).isEmpty();
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
}
