package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.Drafts.runId;
import static com.openagents.runtime.testkit.projector.ProjectedRuns.RUNS;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projection.RunSummaries;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.Digests;
import com.openagents.runtime.projector.RebuildPorts;
import com.openagents.runtime.projector.Rebuilding;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.simulator.PortProxy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Generations of documents and of sinks come together, whoever has left them apart.
@Tag("G11")
class SettlingTest {

  private final ProjectedRuns runs = new ProjectedRuns();

  private Rebuild ask() {
    return runs.store.rebuilds().request(new Request(new Scope.All(), false, "operator:test"));
  }

  private void assertShown() {
    for (ProjectionId id : runs.projections.ids()) {
      assertThat(runs.store.projections().outdated(id.name(), 1)).isEmpty();
      assertThat(Digests.of(runs.sink, id.name()))
          .isEqualTo(Digests.of(runs.store.projections(), id.name()));
    }
    assertThat(runs.store.sinkBook().parked(runs.sink.name(), 10)).isEmpty();
    assertThat(runs.comparison.of(runs.store.scan().runs(null, 100))).isEmpty();
  }

  private List<Long> shownGenerations() {
    return runs.sink.page(RUNS, "", 100).stream()
        .map(Shown::there)
        .map(there -> there.generation())
        .distinct()
        .toList();
  }

  @Test
  void what_a_canceled_rebuild_leaves_is_delivered_all_the_same() {
    runs.goOn(1);
    runs.projector.follow(runs.epoch());
    Rebuild rebuild = ask();
    runs.rebuilding.step(runs.epoch());
    runs.rebuilding.step(runs.epoch());
    assertThat(runs.store.projections().outdated(RUNS, 1)).isNotEmpty();
    assertThat(runs.store.rebuilds().cancel(rebuild.number())).isTrue();
    runs.settle();
    assertShown();
    assertThat(shownGenerations()).containsExactly(runs.generation().number());
  }

  @Test
  void what_another_version_left_is_told_again() {
    runs.store
        .projections()
        .begin(runs.epoch(), new ProjectionId(RUNS, runs.generation().version() + 1), 2);
    runs.settling.step(runs.epoch(), true);
    runs.settling.step(runs.epoch(), false);
    assertThat(runs.store.rebuilds().unfinished().orElseThrow().request())
        .isEqualTo(new Request(new Scope.Projection(RUNS), false, "runtime"));
    runs.settling.step(runs.epoch(), true);
    assertThat(runs.store.rebuilds().recent(10)).hasSize(2);
  }

  @Test
  void documents_are_brought_above_a_sink_that_is_further() {
    for (ProjectionId id : runs.projections.ids()) {
      assertThat(runs.sink.begin(runs.epoch(), id.name(), 41)).isEqualTo(41);
    }
    runs.raise();
    runs.settle();
    assertThat(runs.generation().number()).isEqualTo(42);
    assertShown();
    assertThat(shownGenerations()).containsExactly(42L);
  }

  @Test
  void a_wiped_store_is_brought_above_its_sinks() {
    ask();
    runs.settle();
    long before = runs.generation().number();
    runs.store.projections().wipe();
    runs.raise();
    assertThat(runs.rebuilding.prepare(runs.epoch())).isTrue();
    runs.projector.follow(runs.epoch());
    assertThat(runs.store.knownSinks().register(runs.epoch(), runs.sink.name(), 100)).isTrue();
    runs.settle();
    assertThat(runs.generation().number()).isGreaterThan(before);
    assertShown();
  }

  @Test
  void what_nothing_kept_knows_goes_from_the_sink_with_the_next_rebuild() {
    Document orphan =
        Document.kept(RunSummaries.INSTANCE.id(), Entity.of(runId(77)), 5, Drafts.OWNER, "{}");
    runs.paint(1, orphan);
    runs.settle();
    assertThat(runs.sink.page(RUNS, "", 10)).hasSize(6);
    ask();
    runs.settle();
    assertThat(runs.sink.page(RUNS, "", 10)).hasSize(5);
    assertShown();
  }

  @Test
  void nothing_goes_from_a_sink_that_has_not_taken_all() {
    ask();
    while (runs.store.rebuilds().unfinished().isPresent()) {
      runs.project();
    }
    runs.project();
    assertThat(runs.notes.whole(runs.epoch())).containsEntry(RUNS, runs.generation().number());
    Deliveries slow = runs.deliveries(1);
    for (int due = 15; due > 0; due--) {
      assertThat(runs.store.sinkBook().due(runs.sink.name(), runs.projections.names(), 100))
          .hasSize(due);
      assertThat(runs.sink.page(RUNS, "", 10)).hasSize(5);
      assertThat(slow.step(runs.epoch())).isEqualTo(1);
    }
    runs.settle();
    assertShown();
  }

  @Test
  void nothing_goes_from_a_sink_that_refuses_something() {
    Document refused = runs.store.projections().page(RUNS, "", 1).getFirst().document();
    ask();
    while (runs.store.rebuilds().unfinished().isPresent()) {
      runs.project();
    }
    runs.store.sinkBook().due(runs.sink.name(), runs.projections.names(), 100).stream()
        .filter(due -> due.entity().equals(refused.entity()))
        .forEach(
            due -> runs.store.sinkBook().park(runs.epoch(), runs.sink.name(), due, "too large"));
    runs.settle();
    assertThat(runs.sink.page(RUNS, "", 10)).hasSize(5);
    assertThat(shownGenerations()).hasSize(2);
    assertThat(runs.store.sinkBook().retry(runs.sink.name())).isPositive();
    runs.settle();
    assertShown();
  }

  @Test
  void a_run_told_again_goes_to_sinks_whatever_they_are_said_to_have() {
    Document run = runs.store.projections().page(RUNS, "", 1).getFirst().document();
    Document changed = Document.kept(run.projection(), run.entity(), run.seq(), run.owner(), "{}");
    runs.paint(runs.generation().number(), changed);
    runs.settle();
    assertThat(Digests.of(runs.sink, RUNS))
        .isNotEqualTo(Digests.of(runs.store.projections(), RUNS));
    runs.store.rebuilds().request(new Request(new Scope.OneRun(runId(1)), false, "operator:test"));
    runs.settle();
    assertShown();
  }

  @Test
  void a_node_that_knows_an_older_version_only_does_not_write() {
    runs.store
        .projections()
        .begin(runs.epoch(), new ProjectionId(RUNS, runs.generation().version() + 1), 9);
    assertThat(runs.rebuilding.prepare(runs.epoch())).isFalse();
    assertThat(runs.store.rebuilds().unfinished()).isEmpty();
  }

  @Test
  void one_projection_that_was_never_told_is_asked_for_alone_and_once() {
    runs.store.projections().wipe();
    runs.projector.follow(runs.epoch());
    runs.projections.ids().stream()
        .filter(id -> !id.name().equals(RUNS))
        .forEach(id -> runs.store.projections().begin(runs.epoch(), id, 1));
    assertThat(runs.rebuilding.prepare(runs.epoch())).isTrue();
    assertThat(runs.store.rebuilds().unfinished().orElseThrow().request())
        .isEqualTo(new Request(new Scope.Projection(RUNS), false, "runtime"));
    assertThat(runs.rebuilding.prepare(runs.epoch())).isTrue();
    assertThat(runs.store.rebuilds().recent(10)).hasSize(2);
  }

  @Test
  void a_rebuild_that_is_not_there_is_told_by_nothing() {
    assertThat(runs.rebuilding.step(runs.epoch())).isEmpty();
    ask();
    assertThat(runs.rebuilding.step(runs.epoch())).isPresent();
  }

  @Test
  void who_does_not_know_where_to_look_for_changes_tells_everything_again() {
    ProjectionStore lost =
        PortProxy.of(
            ProjectionStore.class,
            runs.store.projections(),
            (method, arguments, call) ->
                method.equals("position") ? Optional.empty() : call.call(arguments));
    var ports =
        new RebuildPorts(
            runs.store.scan(),
            lost,
            runs.store.knownSinks(),
            runs.store.sinkBook(),
            runs.store.rebuilds());
    var rebuilding = new Rebuilding(ports, runs.projector, runs.comparison, runs.projections, 2);
    assertThat(rebuilding.prepare(runs.epoch())).isTrue();
    assertThat(runs.store.rebuilds().unfinished().orElseThrow().request())
        .isEqualTo(new Request(new Scope.All(), false, "runtime"));
  }
}
