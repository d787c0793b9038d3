package com.openagents.runtime.testkit.projection;

import static com.openagents.runtime.testkit.projection.DocumentDrafts.RUNS;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.TIMELINES;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.key;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.run;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.thread;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.projection.KnownSinks.Behind;
import com.openagents.runtime.projection.KnownSinks.Forgotten;
import com.openagents.runtime.projection.KnownSinks.SinkState;
import com.openagents.runtime.projection.SinkBook.Older;
import com.openagents.runtime.projection.WriterFenced;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What keeping sinks promises: a new one is told of everything that is kept, how much each lacks
/// is counted, and one that nobody delivers to can be forgotten.
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
    assertThat(known().forget("unknown")).isEqualTo(Forgotten.UNKNOWN);
    assertThat(known().forget(SINK)).isEqualTo(Forgotten.SERVED);
    assertThat(state(SINK).pending()).isEqualTo(1);
    long next = takeOver();
    register(next, OTHER);
    assertThat(known().forget(OTHER)).isEqualTo(Forgotten.SERVED);
    assertThat(known().forget(SINK)).isEqualTo(Forgotten.FORGOTTEN);
    assertThat(known().forget(SINK)).isEqualTo(Forgotten.UNKNOWN);
    assertThat(known().sinks(TOLD)).extracting(SinkState::sink).containsExactly(OTHER);
    assertThat(book().older(SINK, RUNS, Instant.EPOCH)).isEqualTo(Older.DUE);
    assertThat(due(OTHER)).containsExactly(run(1, 3));
    store().passTime(MORE_THAN_TTL);
    assertThat(known().forget(OTHER)).as("the lease is over").isEqualTo(Forgotten.FORGOTTEN);
    assertThat(known().sinks(TOLD)).isEmpty();
  }

  @Test
  void what_is_known_of_a_forgotten_sink_goes_in_steps_and_is_no_more() {
    long epoch = registered();
    register(epoch, OTHER);
    keep(epoch, 1, run(1, 3), run(2, 3), run(3, 3), timeline(1, 3), timeline(2, 3));
    take(epoch, run(1, 3));
    long next = forgetSink();
    assertThat(known().clearing()).isTrue();
    assertThat(known().clear(next, 2)).isFalse();
    keep(next, 1, run(1, 4), run(4, 1));
    assertThatThrownBy(() -> known().clear(epoch, 2)).isInstanceOf(WriterFenced.class);
    assertThat(clear(next, 2)).as("steps").isBetween(2, 3);
    assertThat(known().clearing()).isFalse();
    assertThat(there(SINK, RUNS, key(1))).isEmpty();
    assertThat(dueTo(SINK, 10)).isEmpty();
    assertThat(due(OTHER)).hasSize(6).contains(run(1, 4));
  }

  @Test
  void a_sink_that_was_forgotten_is_new_when_it_comes_again() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3), run(2, 3), run(3, 3));
    take(epoch, run(1, 3));
    known().pause(SINK, true);
    long next = forgetSink();
    take(next, run(1, 3));
    keep(next, 1, run(2, 4));
    assertThat(known().register(next, SINK, 2)).as("what was known goes first").isFalse();
    assertThat(known().sinks(TOLD)).isEmpty();
    for (int step = 0; !known().register(next, SINK, 2); step++) {
      assertThat(step).as("steps until all are due").isLessThan(6);
    }
    assertThat(due(SINK)).containsExactlyInAnyOrder(run(1, 3), run(2, 4), run(3, 3));
    assertThat(dueTo(SINK, 10)).allMatch(due -> due.there() == null);
    assertThat(state(SINK).paused()).isFalse();
    assertThat(known().forget(SINK)).isEqualTo(Forgotten.SERVED);
  }

  @Test
  void what_a_sink_cannot_show_is_kept_for_it_and_does_not_count() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3), timeline(1, 3));
    known().unshown(epoch, SINK, Set.of(TIMELINES));
    SinkState state = known().sinks(TOLD).getFirst();
    assertThat(state.pending()).isOne();
    assertThat(known().unshown(SINK)).containsExactly(TIMELINES);
    assertThat(due(SINK)).containsExactlyInAnyOrder(run(1, 3), timeline(1, 3));
    book()
        .due(SINK, List.of(TIMELINES), 10)
        .forEach(due -> book().park(epoch, SINK, due, "refused"));
    assertThat(known().sinks(TOLD).getFirst().parked()).isZero();

    known().unshown(epoch, SINK, Set.of());
    assertThat(known().sinks(TOLD).getFirst().parked()).isOne();
    assertThat(known().unshown(SINK)).isEmpty();
    assertThat(known().unshown(OTHER)).as("not registered").isEmpty();
    takeOver();
    assertThatThrownBy(() -> known().unshown(epoch, SINK, Set.of(RUNS)))
        .isInstanceOf(WriterFenced.class);
    assertThat(known().forget(SINK)).isEqualTo(Forgotten.FORGOTTEN);
    assertThat(known().unshown(SINK)).isEmpty();
  }

  @Test
  void every_document_that_is_kept_is_due_for_a_new_sink() {
    long epoch = lead().epoch();
    begin(epoch, RUNS, 1);
    keep(epoch, 1, run(1, 3), run(2, 4), timeline(1, 3), thread("t", 7));
    assertThat(known().sinks(TOLD)).isEmpty();
    register(epoch, SINK);
    assertThat(due(SINK))
        .containsExactlyInAnyOrder(run(1, 3), run(2, 4), timeline(1, 3), thread("t", 7));
    assertThat(dueTo(SINK, 10)).allMatch(due -> due.there() == null);
    assertThat(dueTo(SINK, 3)).hasSize(3);
    assertThat(state(SINK).pending()).isEqualTo(4);
  }

  @Test
  void a_new_sink_is_told_of_many_documents_in_steps() {
    long epoch = lead().epoch();
    begin(epoch, RUNS, 1);
    keep(epoch, 1, run(1, 3), run(2, 4), run(3, 3), timeline(1, 3), thread("t", 7));
    assertThat(known().register(epoch, SINK, 2)).isFalse();
    assertThat(due(SINK)).hasSize(2);
    assertThat(state(SINK).marking()).isTrue();
    keep(epoch, 1, run(1, 4), run(3, 4), run(4, 1));
    for (int step = 0; !known().register(epoch, SINK, 2); step++) {
      assertThat(step).as("steps until all are due").isLessThan(5);
    }
    assertThat(due(SINK))
        .containsExactlyInAnyOrder(
            run(1, 4), run(2, 4), run(3, 4), run(4, 1), timeline(1, 3), thread("t", 7));
    assertThat(state(SINK).marking()).isFalse();
    keep(epoch, 1, run(5, 1));
    take(epoch, run(2, 4));
    assertThat(known().register(epoch, SINK, 1)).isTrue();
    assertThat(due(SINK)).hasSize(6).contains(run(5, 1)).doesNotContain(run(2, 4));
  }

  @Test
  void registering_a_sink_that_is_known_changes_nothing() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3), run(2, 3));
    take(epoch, run(1, 3));
    known().pause(SINK, true);
    register(epoch, SINK);
    assertThat(due(SINK)).containsExactly(run(2, 3));
    assertThat(state(SINK).paused()).isTrue();
  }

  @Test
  void a_sink_rests_and_goes_on() {
    long epoch = registered();
    register(epoch, OTHER);
    assertThat(state(SINK).paused()).isFalse();
    assertThat(known().paused(SINK)).isFalse();
    assertThat(known().paused("unknown")).isFalse();
    known().pause(SINK, true);
    assertThat(known().paused(SINK)).isTrue();
    assertThat(known().paused(OTHER)).isFalse();
    keep(epoch, 1, run(1, 3));
    assertThat(state(SINK).paused()).isTrue();
    assertThat(state(OTHER).paused()).isFalse();
    assertThat(state(SINK).pending()).isEqualTo(1);
    known().pause(SINK, false);
    assertThat(state(SINK).paused()).isFalse();
  }

  @Test
  void what_keeps_a_sink_from_taking_anything_is_kept_until_it_takes_again() {
    long epoch = registered();
    register(epoch, OTHER);
    known().trouble(epoch, SINK, "away: no route");
    assertThat(state(SINK).trouble()).isEqualTo("away: no route");
    assertThat(state(OTHER).trouble()).isNull();
    known().trouble(epoch, SINK, null);
    assertThat(state(SINK).trouble()).isNull();
    long next = takeOver();
    assertThatThrownBy(() -> known().trouble(epoch, SINK, "late")).isInstanceOf(WriterFenced.class);
    assertThat(state(SINK).trouble()).isNull();
    known().trouble(next, SINK, "refused");
    assertThat(state(SINK).trouble()).isEqualTo("refused");
  }

  @Test
  void it_tells_how_much_a_sink_lacks() {
    long epoch = registered();
    assertThat(state(SINK))
        .isEqualTo(new SinkState(SINK, false, false, 0, 0, Behind.NOTHING, null, null));
    keep(epoch, 1, run(1, 3), run(2, 5), timeline(1, 2));
    take(epoch, run(1, 3));
    keep(epoch, 1, run(1, 10));
    SinkState state = state(SINK);
    assertThat(state.pending()).isEqualTo(3);
    assertThat(state.behind().sum()).isEqualTo(7 + 5 + 2);
    assertThat(state.oldestDue()).isNotNull();
    assertThat(Duration.between(state.oldestDue(), store().now()).abs())
        .isLessThan(Duration.ofMinutes(1));
    book().reset(epoch, SINK, RUNS, key(1));
    assertThat(state(SINK).behind().sum()).isEqualTo(10 + 5 + 2);
  }

  @Test
  void it_tells_how_far_most_of_what_a_sink_lacks_is_behind() {
    long epoch = registered();
    keep(epoch, 1, run(1, 900));
    assertThat(state(SINK).behind().p95()).isEqualTo(900);
    for (int run = 2; run <= 19; run++) {
      keep(epoch, 1, run(run, run));
    }
    assertThat(state(SINK).behind().p95()).as("of 19").isEqualTo(900);
    keep(epoch, 1, run(20, 20));
    assertThat(state(SINK).behind().p95()).as("of 20").isEqualTo(20);
    take(epoch, run(20, 20));
    keep(epoch, 1, run(20, 25));
    assertThat(state(SINK).behind().p95()).as("of 20, one of which lacks 5").isEqualTo(19);
  }

  @Test
  void only_what_is_told_counts() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3), timeline(1, 4), run(2, 5));
    SinkState state = known().sinks(List.of(RUNS)).getFirst();
    assertThat(state.pending()).isEqualTo(2);
    assertThat(state.behind()).isEqualTo(new Behind(8, 5));
    assertThat(known().sinks(List.of()).getFirst())
        .isEqualTo(new SinkState(SINK, false, false, 0, 0, Behind.NOTHING, null, null));
    book().due(SINK, List.of(RUNS), 10).forEach(due -> book().park(epoch, SINK, due, "refused"));
    assertThat(known().sinks(List.of(RUNS)).getFirst().parked()).isEqualTo(2);
    assertThat(known().sinks(List.of(TIMELINES)).getFirst().parked()).isZero();
  }

  @Test
  void no_sink_is_registered_under_an_epoch_that_is_over() {
    long epoch = registered();
    long next = takeOver();
    for (long over : List.of(epoch, next + 1)) {
      assertThatThrownBy(() -> known().register(over, OTHER, 10)).isInstanceOf(WriterFenced.class);
    }
    assertThat(known().sinks(TOLD)).extracting(SinkState::sink).containsExactly(SINK);
  }
}
