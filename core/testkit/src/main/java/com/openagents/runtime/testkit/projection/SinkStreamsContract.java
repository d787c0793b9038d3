package com.openagents.runtime.testkit.projection;

import static com.openagents.runtime.testkit.projection.DocumentDrafts.RUNS;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.TIMELINES;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.projection.KnownSinks.Forgotten;
import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.SinkStreams.Leaving;
import com.openagents.runtime.projection.WriterFenced;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What keeping the streams of sinks promises: where each stands, and how far it may, is known
/// until the sink shows nothing of it any more or is forgotten.
@Tag("G11")
public abstract class SinkStreamsContract extends SinkBookSuite {

  @Test
  void how_far_a_stream_may_stand_is_kept_step_by_step() {
    long epoch = registered();
    register(epoch, OTHER);
    assertThat(streams().reserved(SINK)).isEmpty();
    assertThat(streams().reserve(epoch, SINK, RUNS, 2)).as("moved by somebody else").isFalse();
    assertThat(streams().reserve(epoch, SINK, RUNS, 1)).isTrue();
    assertThat(streams().reserve(epoch, SINK, RUNS, 1)).as("sent again").isTrue();
    assertThat(streams().reserve(epoch, SINK, RUNS, 2)).isTrue();
    assertThat(streams().reserve(epoch, SINK, RUNS, 4)).isFalse();
    assertThat(streams().reserve(epoch, SINK, TIMELINES, 1)).isTrue();
    assertThat(streams().reserve(epoch, "unknown", RUNS, 1)).isFalse();
    assertThat(streams().reserved(SINK)).isEqualTo(Map.of(RUNS, 2L, TIMELINES, 1L));
    assertThat(streams().reserved(OTHER)).isEmpty();
    streams().stands(epoch, SINK, RUNS, new Standing(1, 1));
    assertThat(streams().reserved(SINK)).containsEntry(RUNS, 1L);
    streams().stands(epoch, SINK, RUNS, new Standing(1, 7));
    assertThat(streams().reserve(epoch, SINK, RUNS, 3)).isTrue();
    assertThat(streams().reserved(SINK)).containsEntry(RUNS, 7L);
    book().lost(epoch, SINK, Map.of(RUNS, new Standing(1, 5)));
    assertThat(streams().reserved(SINK)).containsEntry(RUNS, 5L);
    long next = takeOver();
    assertThatThrownBy(() -> streams().reserve(epoch, SINK, RUNS, 6))
        .isInstanceOf(WriterFenced.class);
    assertThat(streams().reserve(next, SINK, RUNS, 6)).isTrue();
    assertThat(streams().reserved(SINK)).containsEntry(RUNS, 6L);
  }

  @Test
  void where_a_sink_stands_is_kept() {
    long epoch = registered();
    register(epoch, OTHER);
    assertThat(streams().standing(SINK)).isEmpty();
    streams().stands(epoch, SINK, RUNS, new Standing(1, 7));
    streams().stands(epoch, SINK, TIMELINES, new Standing(1, 2));
    streams().stands(epoch, SINK, RUNS, new Standing(2, 8));
    streams().stands(epoch, "unknown", RUNS, new Standing(2, 8));
    assertThat(streams().standing(SINK))
        .isEqualTo(Map.of(RUNS, new Standing(2, 8), TIMELINES, new Standing(1, 2)));
    assertThat(streams().standing(OTHER)).isEmpty();
    assertThat(streams().standing("unknown")).isEmpty();
    takeOver();
    assertThatThrownBy(() -> streams().stands(epoch, SINK, RUNS, Standing.NOWHERE))
        .isInstanceOf(WriterFenced.class);
    assertThat(streams().standing(SINK)).containsEntry(RUNS, new Standing(2, 8));
  }

  @Test
  void where_a_forgotten_sink_stood_is_known_no_more() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3));
    streams().stands(epoch, SINK, RUNS, new Standing(1, 7));
    long next = forgetSink();
    clear(next, 10);
    register(next, SINK);
    assertThat(streams().standing(SINK)).isEmpty();
  }

  @Test
  void where_a_stream_stood_is_known_without_documents_until_it_ended() {
    long epoch = registered();
    keep(epoch, 1, run(1, 3));
    take(epoch, run(1, 3));
    streams().stands(epoch, SINK, RUNS, new Standing(1, 4));
    for (int step = 0; step < 3; step++) {
      retire(epoch, 10);
    }
    assertThat(store().projections().generations()).doesNotContainKey(RUNS);
    assertThat(streams().standing(SINK)).containsEntry(RUNS, new Standing(1, 4));

    streams().ended(epoch, SINK, RUNS);
    assertThat(streams().standing(SINK)).isEmpty();
    assertThat(streams().reserved(SINK)).isEmpty();
  }

  @Test
  void no_stream_ends_under_an_epoch_that_is_over() {
    long epoch = registered();
    streams().stands(epoch, SINK, RUNS, new Standing(1, 4));
    takeOver();
    assertThatThrownBy(() -> streams().ended(epoch, SINK, RUNS)).isInstanceOf(WriterFenced.class);
    assertThat(streams().standing(SINK)).containsKey(RUNS);
  }

  @Test
  void a_stream_of_what_is_neither_told_nor_kept_is_told_of_until_it_ended_or_is_let_go() {
    long epoch = registered();
    register(epoch, OTHER);
    keep(epoch, 1, run(1, 3));
    streams().stands(epoch, SINK, RUNS, new Standing(1, 4));
    streams().reserve(epoch, OTHER, RUNS, 1);
    streams().stays(epoch, SINK, RUNS, "no such table");
    assertThat(streams().leaving(List.of())).as("kept").isEmpty();
    assertThat(streams().letGo(SINK, RUNS)).as("kept").isFalse();

    for (int step = 0; step < 3; step++) {
      retire(epoch, 10);
    }
    assertThat(streams().leaving(List.of(RUNS))).as("told").isEmpty();
    assertThat(Set.copyOf(streams().leaving(List.of(TIMELINES))))
        .isEqualTo(
            Set.of(new Leaving(SINK, RUNS, "no such table"), new Leaving(OTHER, RUNS, null)));
    assertThat(streams().letGo(OTHER, RUNS)).as("nothing keeps it there").isFalse();
    assertThat(streams().letGo(SINK, RUNS)).isTrue();
    assertThat(streams().letGo(SINK, RUNS)).isFalse();
    assertThat(streams().leaving(List.of())).containsExactly(new Leaving(OTHER, RUNS, null));
    streams().ended(epoch, OTHER, RUNS);
    assertThat(streams().leaving(List.of())).isEmpty();
  }

  @Test
  void why_a_stream_stays_is_forgotten_once_it_moves_and_with_the_sink() {
    long epoch = registered();
    for (int step = 0; step < 3; step++) {
      retire(epoch, 10);
    }
    streams().stands(epoch, SINK, RUNS, new Standing(1, 4));
    streams().stays(epoch, SINK, RUNS, "no such table");
    streams().stays(epoch, SINK, TIMELINES, "never written to");
    streams().stands(epoch, SINK, RUNS, new Standing(1, 4));
    assertThat(streams().leaving(List.of())).containsExactly(new Leaving(SINK, RUNS, null));
    takeOver();
    assertThat(known().forget(SINK)).isEqualTo(Forgotten.FORGOTTEN);
    assertThat(streams().leaving(List.of())).isEmpty();
    assertThatThrownBy(() -> streams().stays(epoch, SINK, RUNS, "late"))
        .isInstanceOf(WriterFenced.class);
  }
}
