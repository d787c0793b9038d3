package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.Written;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.Rebuild.Proof;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projector.Comparison;
import com.openagents.runtime.projector.Digests;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.projector.RebuildPorts;
import com.openagents.runtime.projector.Rebuilding;
import com.openagents.runtime.projector.Recount;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is new waits for one step of a rebuild, so a step has a bound in runs and in events.
@Tag("G11")
class RebuildStepsTest {

  private static final RunProjections PROJECTIONS = RunProjections.BUILT_IN;
  private static final Event.Known NOTE = new RunLimitWarning("events", 8, 10);

  private final InMemoryStore store =
      new InMemoryStore(new VirtualTime(Instant.parse("2026-01-01T00:00:00Z")));
  private final Projector projector =
      new Projector(
          store.scan(),
          store.changes(),
          store.projections(),
          PROJECTIONS,
          Projector.Bounds.DEFAULT);
  private final Rebuilding rebuilding =
      new Rebuilding(
          new RebuildPorts(
              store.scan(),
              store.projections(),
              store.knownSinks(),
              store.sinkBook(),
              store.rebuilds()),
          projector,
          new Comparison(
              new Recount(store.scan(), PROJECTIONS), store.projections(), store.changes()),
          PROJECTIONS,
          3);
  private final long epoch =
      store.writers().acquire(Drafts.NODE, Duration.ofDays(1)).orElseThrow().epoch();

  private void run(int number, int events) {
    store
        .log()
        .append(
            Drafts.start(runId(number), Drafts.spec(new ThreadId("t-" + number), Drafts.OWNER)));
    List<Event.Known> notes = Collections.nCopies(events - 1, NOTE);
    if (!notes.isEmpty()) {
      store.log().append(Append.of(runId(number), Precondition.OPEN, notes));
    }
  }

  /// How many runs were done after each step that folds.
  private List<Long> steps() {
    assertThat(rebuilding.prepare(epoch)).isTrue();
    List<Long> done = new ArrayList<>();
    Rebuild last = rebuilding.step(epoch).orElseThrow();
    while (!last.phase().ended()) {
      long before = last.progress().runs();
      last = rebuilding.step(epoch).orElseThrow();
      if (last.phase() == Phase.FOLDING && last.progress().runs() > before) {
        done.add(last.progress().runs());
      }
    }
    return done;
  }

  @Test
  void a_step_takes_as_many_runs_as_it_may() {
    for (int number = 1; number <= 7; number++) {
      run(number, 2);
    }
    assertThat(steps()).containsExactly(3L, 6L, 7L);
  }

  @Test
  void a_step_ends_before_the_run_whose_events_have_no_room() {
    run(1, 1);
    run(2, 19_999);
    run(3, 1);
    run(4, 30_000);
    run(5, 1);
    assertThat(steps()).containsExactly(2L, 3L, 4L, 5L);
  }

  /// More than a step reads for its proof; no log tells of them.
  private static final int MANY = 12_000;

  private void keepMany() {
    PROJECTIONS.ids().forEach(each -> store.projections().begin(epoch, each, 1));
    projector.follow(epoch);
    keep(IntStream.range(0, MANY).mapToObj(number -> written(number, 1)).toList());
  }

  private static Written written(int number, long seq) {
    ProjectionId id = PROJECTIONS.ids().getFirst();
    Entity entity = Entity.of(runId(1_000 + number));
    String text = "{\"n\":" + seq + "}";
    return new Written(Document.kept(id, entity, seq, Drafts.OWNER, text), 1);
  }

  private void keep(List<Written> documents) {
    store.projections().commit(epoch, new Commit(Map.of(), documents, List.of(), List.of(), null));
  }

  @Test
  void a_proof_over_many_documents_is_made_in_steps() {
    keepMany();
    run(1, 2);
    Rebuild asked = store.rebuilds().request(new Request(new Scope.All(), false, "operator:test"));
    Rebuild step = rebuilding.step(epoch).orElseThrow();
    assertThat(step.phase()).isEqualTo(Phase.REQUESTED);
    projector.follow(epoch);
    assertThat(store.projections().through(List.of(runId(1))))
        .as("what is new is told meanwhile")
        .containsEntry(runId(1), 2L);
    while (!step.phase().ended()) {
      step = rebuilding.step(epoch).orElseThrow();
    }
    assertThat(step.number()).isEqualTo(asked.number());
    assertThat(step.progress().removed()).isEqualTo(MANY);
    assertThat(step.progress().proof())
        .extracting(Proof::moment, proof -> proof.digest().count())
        .as("what was told behind the place it had come to is not counted")
        .contains(tuple("before", (long) MANY), tuple("after", 1L));
  }

  /// What was half made when another rebuild took its place is not taken for its own.
  @Test
  void a_proof_that_was_left_is_begun_again() {
    keepMany();
    Rebuild left = store.rebuilds().request(new Request(new Scope.All(), true, "operator:test"));
    rebuilding.step(epoch);
    store.rebuilds().cancel(left.number());
    keep(List.of(written(0, 2)));
    store.rebuilds().request(new Request(new Scope.All(), true, "operator:test"));
    Rebuild step = rebuilding.step(epoch).orElseThrow();
    while (step.phase() == Phase.REQUESTED) {
      step = rebuilding.step(epoch).orElseThrow();
    }
    assertThat(step.progress().proof().getFirst().digest())
        .isEqualTo(Digests.of(store.projections(), PROJECTIONS.ids().getFirst().name()));
  }

  /// A walk that was left in the middle is begun again.
  @Test
  void a_comparison_finds_the_documents_of_which_no_log_tells() {
    keepMany();
    run(1, 2);
    projector.follow(epoch);
    Rebuild left = store.rebuilds().request(new Request(new Scope.All(), true, "operator:test"));
    Rebuild step = rebuilding.step(epoch).orElseThrow();
    while (step.progress().runs() == 0) {
      step = rebuilding.step(epoch).orElseThrow();
    }
    for (int looks = 0; looks < 3; looks++) {
      step = rebuilding.step(epoch).orElseThrow();
      assertThat(step.phase())
          .as("no release before removes anything then")
          .isEqualTo(Phase.FOLDING);
    }
    store.rebuilds().cancel(left.number());
    keep(List.of(written(-500, 1)));
    store.rebuilds().request(new Request(new Scope.All(), true, "operator:test"));
    Rebuild compared = rebuilding.step(epoch).orElseThrow();
    while (!compared.phase().ended()) {
      compared = rebuilding.step(epoch).orElseThrow();
    }
    assertThat(compared.number()).isNotEqualTo(left.number());
    assertThat(compared.progress().differing()).isEqualTo(MANY + 1);
    assertThat(compared.progress().evidence())
        .hasSize(20)
        .allMatch(line -> line.startsWith("kept orphan run_summary "));
    assertThat(Digests.of(store.projections(), PROJECTIONS.ids().getFirst().name()).count())
        .as("what is only compared stays")
        .isEqualTo(MANY + 2);
  }

  @Test
  void a_run_that_is_told_again_is_proven_by_its_documents() {
    run(1, 2);
    run(2, 2);
    steps();
    store.rebuilds().request(new Request(new Scope.OneRun(runId(1)), false, "operator:test"));
    Rebuild done = rebuilding.step(epoch).orElseThrow();
    assertThat(done.progress().proof())
        .extracting(Proof::moment, Proof::projection, proof -> proof.digest().count())
        .containsExactlyInAnyOrder(
            tuple("before", "run_summary", 1L),
            tuple("before", "timeline_slice", 1L),
            tuple("after", "run_summary", 1L),
            tuple("after", "timeline_slice", 1L));
    assertThat(done.progress().proof().getFirst().digest())
        .isEqualTo(done.progress().proof().get(2).digest());
  }

  @Test
  void what_comes_behind_the_first_rebuild_is_taken_in_although_nothing_followed_before() {
    run(1, 2);
    steps();
    store.log().append(Append.of(runId(1), Precondition.OPEN, List.of(NOTE)));
    projector.follow(epoch);
    assertThat(store.projections().through(List.of(runId(1)))).containsEntry(runId(1), 3L);
  }
}
