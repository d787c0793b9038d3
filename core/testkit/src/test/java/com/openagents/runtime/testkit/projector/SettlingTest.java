package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.inmemory.InMemorySink;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.RunSummaries;
import com.openagents.runtime.projector.Comparison;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.DeliveryWatch;
import com.openagents.runtime.projector.Digests;
import com.openagents.runtime.projector.GenerationNotes;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.projector.RebuildPorts;
import com.openagents.runtime.projector.Rebuilding;
import com.openagents.runtime.projector.Recount;
import com.openagents.runtime.projector.Settling;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Generations of documents and of sinks come together, whoever has left them apart.
@Tag("G11")
class SettlingTest {

  private static final Duration TTL = Duration.ofSeconds(30);
  private static final String RUNS = RunSummaries.INSTANCE.id().name();
  private static final int ROUNDS = 40;

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemoryStore store = new InMemoryStore(time);
  private final RunProjections projections = RunProjections.BUILT_IN;
  private final Projector projector =
      new Projector(
          store.scan(),
          store.changes(),
          store.projections(),
          projections,
          Projector.Bounds.DEFAULT);
  private final Comparison comparison =
      new Comparison(new Recount(store.scan(), projections), store.projections());
  private final Rebuilding rebuilding =
      new Rebuilding(
          new RebuildPorts(store.scan(), store.projections(), store.sinks(), store.rebuilds()),
          projector,
          comparison,
          projections,
          2);
  private final GenerationNotes notes = new GenerationNotes();
  private final Settling settling =
      new Settling(
          new RebuildPorts(store.scan(), store.projections(), store.sinks(), store.rebuilds()),
          projector,
          projections,
          notes);
  private final InMemorySink sink = new InMemorySink("memory");
  private final Deliveries deliveries =
      new Deliveries(sink, store.projections(), store.sinks(), notes, DeliveryWatch.NONE, 100);
  private long epoch;

  @BeforeEach
  void begin() {
    epoch = store.writers().acquire(Drafts.NODE, TTL).orElseThrow().epoch();
    assertThat(rebuilding.prepare()).isTrue();
    assertThat(store.sinks().register(epoch, sink.name(), 100)).isTrue();
    for (int run = 1; run <= 5; run++) {
      store
          .log()
          .append(
              Drafts.start(runId(run), Drafts.spec(new ThreadId("thread-" + run), Drafts.OWNER)));
    }
    settle();
  }

  private void project() {
    boolean rebuilt = rebuilding.step(epoch).isPresent();
    settling.step(epoch, rebuilt);
    projector.follow(epoch);
  }

  private void settle() {
    for (int round = 0; round < ROUNDS; round++) {
      project();
      deliveries.step(epoch);
    }
  }

  private Rebuild ask() {
    return store.rebuilds().request(new Request(new Scope.All(), false, "operator:test"));
  }

  private Generation generation() {
    return store.projections().generations().getOrDefault(RUNS, new Generation(0, 0));
  }

  private void assertShown() {
    for (ProjectionId id : projections.ids()) {
      assertThat(store.projections().outdated(id.name(), 1)).isEmpty();
      assertThat(Digests.of(sink, id.name())).isEqualTo(Digests.of(store.projections(), id.name()));
    }
    assertThat(store.sinks().parked(sink.name(), 10)).isEmpty();
    assertThat(comparison.of(store.scan().runs(null, 100))).isEmpty();
  }

  private List<Long> shownGenerations() {
    return sink.page(RUNS, "", 100).stream()
        .map(Shown::there)
        .map(there -> there.generation())
        .distinct()
        .toList();
  }

  @Test
  void what_a_canceled_rebuild_leaves_is_delivered_all_the_same() {
    store
        .log()
        .append(Append.of(runId(1), Precondition.OPEN, List.of(new RunStarted(Drafts.NODE))));
    projector.follow(epoch);
    Rebuild rebuild = ask();
    rebuilding.step(epoch);
    rebuilding.step(epoch);
    assertThat(store.projections().outdated(RUNS, 1)).isNotEmpty();
    assertThat(store.rebuilds().cancel(rebuild.number())).isTrue();
    settle();
    assertShown();
    assertThat(shownGenerations()).containsExactly(generation().number());
  }

  @Test
  void what_another_version_left_is_told_again() {
    store.projections().begin(epoch, new ProjectionId(RUNS, generation().version() + 1), 2);
    settling.step(epoch, true);
    settling.step(epoch, false);
    assertThat(store.rebuilds().unfinished().orElseThrow().request())
        .isEqualTo(new Request(new Scope.Projection(RUNS), false, "runtime"));
    settling.step(epoch, true);
    assertThat(store.rebuilds().recent(10)).hasSize(2);
  }

  @Test
  void documents_are_brought_above_a_sink_that_is_further() {
    for (ProjectionId id : projections.ids()) {
      assertThat(sink.begin(epoch, id.name(), 41)).isEqualTo(41);
    }
    var lease = store.writers().current().orElseThrow();
    epoch = store.writers().raise(lease, 0, TTL).orElseThrow().epoch();
    settle();
    assertThat(generation().number()).isEqualTo(42);
    assertShown();
    assertThat(shownGenerations()).containsExactly(42L);
  }

  @Test
  void a_wiped_store_is_brought_above_its_sinks() {
    ask();
    settle();
    long before = generation().number();
    store.projections().wipe();
    assertThat(rebuilding.prepare()).isTrue();
    projector.follow(epoch);
    assertThat(store.sinks().register(epoch, sink.name(), 100)).isTrue();
    settle();
    assertThat(generation().number()).isGreaterThan(before);
    assertShown();
  }

  @Test
  void what_nothing_kept_knows_goes_from_the_sink_with_the_next_rebuild() {
    Document orphan =
        Document.kept(RunSummaries.INSTANCE.id(), Entity.of(runId(77)), 5, Drafts.OWNER, "{}");
    sink.deliver(epoch, RUNS, 1, List.of(new Change.Upsert(orphan, Instant.EPOCH)));
    settle();
    assertThat(sink.page(RUNS, "", 10)).hasSize(6);
    ask();
    settle();
    assertThat(sink.page(RUNS, "", 10)).hasSize(5);
    assertShown();
  }

  @Test
  void nothing_goes_from_a_sink_that_has_not_taken_all() {
    ask();
    while (store.rebuilds().unfinished().isPresent()) {
      project();
    }
    project();
    assertThat(notes.whole(epoch)).containsEntry(RUNS, generation().number());
    Deliveries slow =
        new Deliveries(sink, store.projections(), store.sinks(), notes, DeliveryWatch.NONE, 1);
    for (int due = 15; due > 0; due--) {
      assertThat(store.sinks().due(sink.name(), 100)).hasSize(due);
      assertThat(sink.page(RUNS, "", 10)).hasSize(5);
      assertThat(slow.step(epoch)).isEqualTo(1);
    }
    settle();
    assertShown();
  }

  @Test
  void nothing_goes_from_a_sink_that_refuses_something() {
    Document refused = store.projections().page(RUNS, "", 1).getFirst().document();
    ask();
    while (store.rebuilds().unfinished().isPresent()) {
      project();
    }
    store.sinks().due(sink.name(), 100).stream()
        .filter(due -> due.entity().equals(refused.entity()))
        .forEach(due -> store.sinks().park(epoch, sink.name(), due, "too large"));
    settle();
    assertThat(sink.page(RUNS, "", 10)).hasSize(5);
    assertThat(shownGenerations()).hasSize(2);
    assertThat(store.sinks().retry(sink.name())).isPositive();
    settle();
    assertShown();
  }

  @Test
  void a_run_told_again_goes_to_sinks_whatever_they_are_said_to_have() {
    Document run = store.projections().page(RUNS, "", 1).getFirst().document();
    Document changed = Document.kept(run.projection(), run.entity(), run.seq(), run.owner(), "{}");
    sink.deliver(
        epoch, RUNS, generation().number(), List.of(new Change.Upsert(changed, Instant.EPOCH)));
    settle();
    assertThat(Digests.of(sink, RUNS)).isNotEqualTo(Digests.of(store.projections(), RUNS));
    store.rebuilds().request(new Request(new Scope.OneRun(runId(1)), false, "operator:test"));
    settle();
    assertShown();
  }
}
