package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.Drafts.runId;
import static com.openagents.runtime.testkit.projector.ProjectedRuns.RUNS;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.DocumentsDigest;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.ProjectionStore.ParkedRun;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projector.Digests;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What was told of a run whose log cannot be read any more stays through every rebuild.
@Tag("G11")
class UnreadAnyMoreTest {

  private static final RunId RUN = runId(3);
  private static final String THREADS = "thread_summary";

  private final ProjectedRuns runs = new ProjectedRuns();

  private void rebuild(Scope scope) {
    long before = runs.generation().number();
    runs.store.rebuilds().request(new Request(scope, false, "operator:test"));
    runs.settle();
    if (scope instanceof Scope.All) {
      assertThat(runs.generation().number()).isGreaterThan(before);
    }
  }

  private List<DocumentsDigest> kept() {
    return runs.projections.ids().stream()
        .map(id -> Digests.of(runs.store.projections(), id.name()))
        .toList();
  }

  private List<DocumentsDigest> shown() {
    return runs.projections.ids().stream().map(id -> Digests.of(runs.sink, id.name())).toList();
  }

  private Optional<KeptDocument> document(String projection, String entity) {
    return runs.store.projections().find(projection, entity);
  }

  private void note(RunId run) {
    runs.store
        .log()
        .append(Append.of(run, Precondition.OPEN, List.of(new RunLimitWarning("events", 8, 10))));
  }

  private void assertParked(RunId... parked) {
    assertThat(runs.store.projections().parked(10))
        .extracting(ParkedRun::runId)
        .containsExactly(parked);
  }

  @Test
  void its_documents_and_its_thread_stay_whatever_is_told_again() {
    runs.goOn(3);
    note(RUN);
    runs.settle();
    List<DocumentsDigest> before = kept();
    for (long seq = 1; seq <= 3; seq++) {
      for (Scope scope :
          List.of(
              new Scope.All(),
              new Scope.Projection(RUNS),
              new Scope.Projection(THREADS),
              new Scope.OneRun(RUN))) {
        runs.scan.mend();
        runs.scan.spoil(RUN, seq);
        rebuild(scope);
        assertThat(kept()).as("event %d, %s", seq, scope).isEqualTo(before);
        assertThat(shown()).isEqualTo(before);
        assertThat(runs.store.projections().outdated(RUNS, 10)).isEmpty();
        assertThat(runs.store.sinkBook().parked(runs.sink.name(), 10)).isEmpty();
      }
    }
    assertParked(RUN);
  }

  @Test
  void it_goes_on_behind_the_event_that_cannot_be_read() {
    runs.goOn(3);
    runs.settle();
    runs.scan.spoil(RUN, 1);
    rebuild(new Scope.All());
    note(RUN);
    runs.settle();
    assertThat(runs.summary(3).seq()).isEqualTo(3);
    assertThat(document(THREADS, "thread-3").orElseThrow().document().seq()).isEqualTo(3);
    assertParked();
    assertThat(shown()).isEqualTo(kept());
  }

  @Test
  void what_is_new_of_it_is_told_with_the_rebuild() {
    runs.goOn(3);
    runs.settle();
    runs.scan.spoil(RUN, 1);
    runs.store
        .projections()
        .begin(runs.epoch(), new ProjectionId(RUNS, 1), runs.generation().number() + 1);
    note(RUN);
    runs.projector.follow(runs.epoch());
    assertThat(runs.summary(3).seq()).isEqualTo(3);
    assertThat(document(THREADS, "thread-3").orElseThrow().document().seq()).isEqualTo(3);
  }

  @Test
  void what_another_version_told_of_it_stays_as_it_is() {
    runs.goOn(3);
    runs.settle();
    Document now = runs.summary(3);
    Document old =
        Document.kept(new ProjectionId(RUNS, 2), now.entity(), now.seq(), now.owner(), now.text());
    for (ProjectionId id : runs.projections.ids()) {
      runs.store.projections().begin(runs.epoch(), id, runs.generation().number() + 1);
    }
    runs.forge(old);
    runs.scan.spoil(RUN, 2);
    rebuild(new Scope.All());
    KeptDocument stays = document(RUNS, RUN.toString()).orElseThrow();
    assertThat(stays.document()).isEqualTo(old);
    assertThat(stays.generation()).isEqualTo(runs.generation().number());
    assertThat(document("timeline_slice", RUN.toString())).isPresent();
    assertThat(document(THREADS, "thread-3").orElseThrow().document().seq()).isEqualTo(1);
    assertThat(runs.store.rebuilds().unfinished()).isEmpty();
  }
}
