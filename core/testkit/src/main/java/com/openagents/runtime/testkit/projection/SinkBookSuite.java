package com.openagents.runtime.testkit.projection;

import static com.openagents.runtime.testkit.projection.DocumentDrafts.RUNS;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.THREADS;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.TIMELINES;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.KnownSinks.Forgotten;
import com.openagents.runtime.projection.KnownSinks.SinkState;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkBook.Due;
import com.openagents.runtime.projection.SinkBook.Held;
import com.openagents.runtime.projection.SinkBook.Taken;
import com.openagents.runtime.projection.SinkStreams;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the suites of sinks and their streams share: two sinks, and short ways to ask for what is
/// due.
abstract class SinkBookSuite extends ProjectionSuite {

  static final String SINK = "convex";
  static final String OTHER = "other-sink";

  /// The projections whose documents the suites keep.
  static final List<String> TOLD = List.of(RUNS, TIMELINES, THREADS);

  final KnownSinks known() {
    return store().knownSinks();
  }

  final SinkBook book() {
    return store().sinkBook();
  }

  final SinkStreams streams() {
    return store().sinkStreams();
  }

  final long registered() {
    long epoch = lead().epoch();
    register(epoch, SINK);
    begin(epoch, RUNS, 1);
    begin(epoch, TIMELINES, 1);
    return epoch;
  }

  final void register(long epoch, String sink) {
    assertThat(known().register(epoch, sink, 1_000)).as("all are due").isTrue();
  }

  final List<Document> due(String sink) {
    return dueTo(sink, 100).stream()
        .flatMap(due -> Stream.ofNullable(due.wanted()))
        .map(KeptDocument::document)
        .toList();
  }

  final List<Due> dueTo(String sink, int limit) {
    return book().due(sink, TOLD, limit);
  }

  final Due theDue() {
    List<Due> due = dueTo(SINK, 10);
    assertThat(due).hasSize(1);
    return due.getFirst();
  }

  final SinkState state(String sink) {
    return known().sinks(TOLD).stream()
        .filter(state -> state.sink().equals(sink))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no sink " + sink));
  }

  final Optional<Checkpoint> there(String sink, String projection, String entityId) {
    return Optional.ofNullable(book().held(sink, projection, List.of(entityId)).get(entityId))
        .map(Held::there);
  }

  final void take(long epoch, Document document, @Nullable Checkpoint there) {
    book()
        .taken(
            epoch,
            SINK,
            List.of(new Taken(document.projection().name(), document.entity(), there)));
  }

  final void take(long epoch, Document document) {
    take(epoch, document, Checkpoint.of(1, document));
  }

  /// Forgets a sink once another writer has come, and returns that writer's epoch.
  final long forgetSink() {
    long next = takeOver();
    assertThat(known().forget(SINK)).isEqualTo(Forgotten.FORGOTTEN);
    return next;
  }

  final int clear(long epoch, int limit) {
    int steps = 0;
    while (!known().clear(epoch, limit)) {
      steps++;
      assertThat(steps).as("steps until nothing is left").isLessThan(10);
    }
    return steps;
  }

  final int retire(long epoch, int limit) {
    return store().projections().retire(epoch, RUNS, limit);
  }
}
