package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Canceling a rebuild leaves no run untold: what the documents need is asked for again.
@Tag("G11")
class CanceledRebuildTest {

  private static final List<RunId> ALL =
      IntStream.rangeClosed(1, ProjectedRuns.COUNT).mapToObj(run -> runId(run)).toList();

  private final ProjectedRuns world = new ProjectedRuns();

  /// Does a step as a node does: it follows the log besides, from the place that it notes first.
  private Rebuild step() {
    Rebuild stands = world.rebuilding.step(world.epoch()).orElseThrow();
    world.projector.follow(world.epoch());
    return stands;
  }

  private void request(Scope scope, boolean compareOnly) {
    world.store.rebuilds().request(new Request(scope, compareOnly, "operator:test"));
  }

  private void cancel(Rebuild rebuild) {
    assertThat(world.store.rebuilds().cancel(rebuild.number())).isTrue();
  }

  /// Does steps until one is behind the beginning of the generations, and cancels it.
  private void cancelBegun() {
    Rebuild rebuild = step();
    while (rebuild.phase() != Phase.FOLDING) {
      rebuild = step();
    }
    cancel(rebuild);
  }

  private void assertAskedAgain() {
    assertThat(world.rebuilding.prepare(world.epoch())).isTrue();
    assertThat(world.store.rebuilds().unfinished().orElseThrow().request().requestedBy())
        .isEqualTo("runtime");
    while (world.store.rebuilds().unfinished().isPresent()) {
      step();
    }
    assertThat(world.store.projections().through(ALL)).containsOnlyKeys(ALL);
    assertNothingIsAskedFor();
  }

  private void assertNothingIsAskedFor() {
    assertThat(world.rebuilding.prepare(world.epoch())).isTrue();
    assertThat(world.store.rebuilds().unfinished()).isEmpty();
  }

  @Test
  void the_first_is_asked_for_again() {
    world.store.projections().wipe();
    assertThat(world.rebuilding.prepare(world.epoch())).isTrue();
    cancelBegun();
    assertThat(world.store.projections().through(ALL)).isEmpty();
    assertAskedAgain();
  }

  @Test
  void one_that_an_operator_began_with_no_documents_is_asked_for_again() {
    world.store.projections().wipe();
    request(new Scope.All(), false);
    cancelBegun();
    assertAskedAgain();
  }

  @Test
  void one_that_was_canceled_again_and_again_is_still_asked_for() {
    world.store.projections().wipe();
    assertThat(world.rebuilding.prepare(world.epoch())).isTrue();
    cancelBegun();
    assertThat(world.rebuilding.prepare(world.epoch())).isTrue();
    cancelBegun();
    request(new Scope.OneRun(runId(1)), false);
    step();
    request(new Scope.All(), true);
    while (world.store.rebuilds().unfinished().isPresent()) {
      step();
    }
    assertAskedAgain();
  }

  @Test
  void one_that_the_runtime_needed_beside_other_documents_is_asked_for_again() {
    world.store.rebuilds().request(new Request(new Scope.All(), false, "runtime"));
    cancelBegun();
    assertAskedAgain();
  }

  @Test
  void one_beside_documents_that_are_whole_stays_canceled() {
    request(new Scope.All(), false);
    cancelBegun();
    assertNothingIsAskedFor();
    assertThat(world.store.projections().through(ALL)).containsOnlyKeys(ALL);
  }

  @Test
  void a_comparison_stays_canceled() {
    request(new Scope.All(), true);
    cancel(step());
    assertNothingIsAskedFor();
  }

  @Test
  void one_from_under_which_all_was_dropped_as_it_began_begins_anew() {
    request(new Scope.All(), false);
    assertThat(step().phase()).isEqualTo(Phase.BEGINNING);
    world.store.projections().wipe();
    assertThat(step().phase()).isEqualTo(Phase.REQUESTED);
    cancelBegun();
    assertAskedAgain();
  }
}
