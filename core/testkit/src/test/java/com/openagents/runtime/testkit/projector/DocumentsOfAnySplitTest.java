package com.openagents.runtime.testkit.projector;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.LogScan.From;
import com.openagents.runtime.log.LogScan.Reach;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.RunDocuments;
import com.openagents.runtime.projection.RunDocuments.Applied;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.ThreadSummary;
import com.openagents.runtime.projector.Comparison;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.projector.RebuildPorts;
import com.openagents.runtime.projector.Rebuilding;
import com.openagents.runtime.projector.Recount;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.generate.RandomRuns;
import com.openagents.runtime.testkit.generate.Seeds;
import com.openagents.runtime.testkit.generate.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Documents, rows and watermarks depend on the events and on nothing else: not on how they were
/// cut into passes and pages, how often they were told, or what had aged out by then.
@Tag("G10")
class DocumentsOfAnySplitTest {

  private static final int WRITES = 120;
  private static final RunProjections PROJECTIONS = RunProjections.BUILT_IN;

  static Stream<Long> seeds() {
    return Seeds.first(Integer.getInteger("core.seeds", 60));
  }

  /// A store, and somebody who projects it in pages of one size.
  private static final class Node {
    final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
    final InMemoryStore store = new InMemoryStore(time);
    final Projector projector;
    final Rebuilding rebuilding;
    final Comparison comparison;
    final long epoch;

    Node(Projector.Bounds bounds) {
      projector =
          new Projector(store.scan(), store.changes(), store.projections(), PROJECTIONS, bounds);
      comparison =
          new Comparison(
              new Recount(store.scan(), PROJECTIONS), store.projections(), store.changes());
      rebuilding =
          new Rebuilding(
              new RebuildPorts(
                  store.scan(),
                  store.projections(),
                  store.knownSinks(),
                  store.sinkBook(),
                  store.rebuilds()),
              projector,
              comparison,
              PROJECTIONS,
              bounds.runs());
      epoch = store.writers().acquire(Drafts.NODE, Duration.ofDays(1)).orElseThrow().epoch();
    }

    void begin() {
      assertThat(rebuilding.prepare(epoch)).isTrue();
      projector.follow(epoch);
      rebuild();
    }

    void catchUp() {
      while (!store.projections().position().filter(store.changes().now()::equals).isPresent()) {
        projector.follow(epoch);
      }
    }

    void rebuild() {
      while (rebuilding.step(epoch).isPresent()) {
        assertThat(store.rebuilds().recent(1)).hasSize(1);
      }
    }

    void rebuild(Rebuild.Scope scope) {
      store.rebuilds().request(new Rebuild.Request(scope, false, "operator:test"));
      rebuild();
    }

    /// Everything that is kept, but for generations and times of writing.
    Map<String, Object> kept() {
      Map<String, Object> all = new TreeMap<>();
      PROJECTIONS
          .ids()
          .forEach(id ->
              store
                  .projections()
                  .page(id.name(), "", 1_000)
                  .forEach(kept -> all.put(kept.document().id(), kept.document())));
      List<RunId> runs = store.scan().runs(null, 1_000).stream().map(Reach::runId).toList();
      store.projections().through(runs).forEach((run, seq) -> all.put("through " + run, seq));
      all.putAll(rows());
      return all;
    }

    Map<String, ReadRow> rows() {
      return store.projections().rows().stream().collect(toMap(ReadRow::id, Function.identity()));
    }
  }

  private static Projector.Bounds bounds(Values some) {
    return new Projector.Bounds(
        1 + some.below(6),
        1 + some.below(9),
        1 + some.below(20),
        1 + some.below(1_500),
        1 + some.below(9));
  }

  /// What must be kept, folded one event after the other.
  private static Map<String, Object> expected(InMemoryStore store) {
    Map<String, Object> all = new TreeMap<>();
    Map<String, ThreadSummary> threads = new TreeMap<>();
    for (Reach run : store.scan().runs(null, 1_000)) {
      RunDocuments documents = null;
      for (StoredEvent event : events(store, run.runId())) {
        Applied one = RunDocuments.apply(PROJECTIONS, documents, event);
        documents = one.after();
        one.rows().forEach(row -> all.put(row.id(), row));
        threads.compute(documents.subject().threadId().value(), (_, thread) -> one.thread(thread));
      }
      if (documents != null) {
        documents.documents().forEach(document -> all.put(document.id(), document));
        all.put("through " + run.runId(), documents.through());
      }
    }
    threads.values().forEach(thread -> all.put(thread.document().id(), thread.document()));
    return all;
  }

  private static List<StoredEvent> events(InMemoryStore store, RunId run) {
    return store.scan().read(List.of(new From(run, 0)), 10_000, 10_000, Long.MAX_VALUE);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void any_cut_of_a_life_into_passes_gives_the_same(long seed) {
    RandomGenerator random = Seeds.random(seed);
    Values some = new Values(random);
    Node node = new Node(bounds(some));
    RandomRuns runs = new RandomRuns(random, node.store.log(), 6, 2);
    int begins = some.below(WRITES);
    for (int write = 0; write < WRITES; write++) {
      runs.step();
      node.time.advance(Duration.ofMillis(some.below(3)));
      if (write == begins) {
        node.begin();
      }
      switch (some.below(12)) {
        case 0, 1, 2 -> node.projector.follow(node.epoch);
        case 3 -> runs.age(node.store.ageing());
        case 4 -> {
          if (write > begins) {
            node.projector.project(node.epoch, several(some, runs), some.chance());
          }
        }
        default -> {}
      }
    }
    node.catchUp();
    assertThat(node.kept()).isEqualTo(expected(node.store));
    assertThat(node.comparison.of(node.store.scan().runs(null, 1_000))).isEmpty();
  }

  private static List<RunId> several(Values some, RandomRuns runs) {
    return runs.ids().stream().filter(_ -> some.chance()).toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void any_rebuild_gives_the_same(long seed) {
    RandomGenerator random = Seeds.random(seed);
    Values some = new Values(random);
    Node node = new Node(bounds(some));
    RandomRuns runs = new RandomRuns(random, node.store.log(), 6, 2);
    node.begin();
    for (int write = 0; write < WRITES; write++) {
      runs.step();
      if (some.below(4) == 0) {
        node.projector.follow(node.epoch);
      }
      if (some.below(20) == 0) {
        node.rebuild(scope(some, runs));
      }
    }
    node.catchUp();
    assertThat(node.kept()).isEqualTo(expected(node.store));
  }

  private static Rebuild.Scope scope(Values some, RandomRuns runs) {
    return switch (some.below(4)) {
      case 0 -> new Rebuild.Scope.All();
      case 1 -> new Rebuild.Scope.Projection(some.oneOf(PROJECTIONS.ids()).name());
      case 2 ->
          runs.ids().isEmpty()
              ? new Rebuild.Scope.All()
              : new Rebuild.Scope.OneRun(some.oneOf(runs.ids()));
      default -> new Rebuild.Scope.OneThread(new ThreadId("thread-" + some.below(2)));
    };
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_document_that_was_kept_goes_on_as_the_one_that_was_not(long seed) {
    InMemoryStore store = written(seed);
    for (Reach run : store.scan().runs(null, 1_000)) {
      RunDocuments whole = null;
      RunDocuments kept = null;
      for (StoredEvent event : events(store, run.runId())) {
        whole = RunDocuments.apply(PROJECTIONS, whole, event).after();
        kept = again(RunDocuments.apply(PROJECTIONS, kept, event).after());
        assertThat(kept).isEqualTo(whole);
      }
    }
  }

  private static RunDocuments again(RunDocuments documents) {
    Map<String, Document> kept =
        documents.documents().stream()
            .map(d -> Document.kept(d.projection(), d.entity(), d.seq(), d.owner(), d.text()))
            .collect(toMap(d -> d.projection().name(), d -> d));
    return RunDocuments.read(PROJECTIONS, documents.through(), kept).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_last_document_of_a_run_says_how_it_stands(long seed) {
    Node node = new Node(Projector.Bounds.DEFAULT);
    RandomGenerator random = Seeds.random(seed);
    RandomRuns runs = new RandomRuns(random, node.store.log(), 6, 2);
    node.begin();
    List<String> statuses = new ArrayList<>();
    for (int write = 0; write < WRITES; write++) {
      runs.step();
      node.projector.follow(node.epoch);
    }
    for (RunId run : runs.ids()) {
      Json.Obj body = summary(node, run).body();
      String status = body.get("status") instanceof Json.Str(String text) ? text : "none";
      assertThat(status).isEqualTo(runs.run(run).status());
      assertThat(body.fields().containsKey("terminalAt")).isEqualTo(runs.run(run).ended());
      statuses.add(status);
    }
    assertThat(statuses).isNotEmpty();
  }

  private static Document summary(Node node, RunId run) {
    return node.store
        .projections()
        .find("run_summary", run.toString())
        .map(KeptDocument::document)
        .orElseThrow();
  }

  private static InMemoryStore written(long seed) {
    InMemoryStore store = new InMemoryStore(new VirtualTime(Instant.parse("2026-01-01T00:00:00Z")));
    RandomRuns runs = new RandomRuns(Seeds.random(seed), store.log(), 4, 2);
    for (int write = 0; write < WRITES; write++) {
      runs.step();
    }
    return store;
  }
}
