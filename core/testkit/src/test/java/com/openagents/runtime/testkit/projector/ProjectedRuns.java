package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.Drafts.runId;

import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.inmemory.InMemorySink;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.ProjectionStore.Written;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.RunSummaries;
import com.openagents.runtime.projector.Comparison;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.DeliveryPorts;
import com.openagents.runtime.projector.DeliveryWatch;
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
import java.util.Map;
import java.util.function.UnaryOperator;

/// Five runs in five threads whose documents are kept, and shown in a sink.
final class ProjectedRuns {

  static final String RUNS = RunSummaries.INSTANCE.id().name();
  static final int COUNT = 5;

  private static final Duration TTL = Duration.ofSeconds(30);
  private static final int ROUNDS = 40;

  final InMemoryStore store =
      new InMemoryStore(new VirtualTime(Instant.parse("2026-01-01T00:00:00Z")));
  final SpoiledScan scan = new SpoiledScan(store.scan());
  final RunProjections projections = RunProjections.BUILT_IN;
  final Projector projector =
      new Projector(
          scan, store.changes(), store.projections(), projections, Projector.Bounds.DEFAULT);
  final Comparison comparison =
      new Comparison(new Recount(scan, projections), store.projections(), store.changes());
  final GenerationNotes notes = new GenerationNotes();
  final Rebuilding rebuilding;
  final Settling settling;
  final InMemorySink honest = new InMemorySink("memory");
  final ProjectionSink sink;
  private final Deliveries deliveries;
  private long epoch;

  ProjectedRuns() {
    this(sink -> sink);
  }

  /// @param seen may put something before the sink
  ProjectedRuns(UnaryOperator<ProjectionSink> seen) {
    sink = seen.apply(honest);
    RebuildPorts ports =
        new RebuildPorts(
            scan, store.projections(), store.knownSinks(), store.sinkBook(), store.rebuilds());
    rebuilding = new Rebuilding(ports, projector, comparison, projections, 2);
    settling = new Settling(ports, projector, projections, notes);
    deliveries = deliveries(100);
    epoch = store.writers().acquire(Drafts.NODE, TTL).orElseThrow().epoch();
    rebuilding.prepare(epoch);
    store.knownSinks().register(epoch, sink.name(), 100);
    for (int run = 1; run <= COUNT; run++) {
      store
          .log()
          .append(
              Drafts.start(runId(run), Drafts.spec(new ThreadId("thread-" + run), Drafts.OWNER)));
    }
    settle();
  }

  /// @param limit documents in one step
  Deliveries deliveries(int limit) {
    return deliveries(limit, DeliveryWatch.NONE);
  }

  Deliveries deliveries(int limit, DeliveryWatch watch) {
    return new Deliveries(
        sink,
        new DeliveryPorts(
            store.projections(), store.knownSinks(), store.sinkBook(), store.sinkStreams()),
        projections,
        notes,
        watch,
        limit);
  }

  /// Lets a run go on by an event; its documents do not follow by themselves.
  void goOn(int run) {
    store
        .log()
        .append(Append.of(runId(run), Precondition.OPEN, List.of(new RunStarted(Drafts.NODE))));
  }

  /// The summary of a run as it is kept.
  Document summary(int run) {
    return store
        .projections()
        .find(RUNS, runId(run).toString())
        .map(KeptDocument::document)
        .orElseThrow();
  }

  /// Puts a document beside the log that the log did not tell.
  void forge(Document document) {
    long generation =
        store
            .projections()
            .generations()
            .getOrDefault(document.projection().name(), new Generation(1, 1))
            .number();
    store
        .projections()
        .commit(
            epoch,
            new Commit(
                Map.of(), List.of(new Written(document, generation)), List.of(), List.of(), null));
  }

  /// Puts a document into the sink as somebody does who changes its data by hand: its stream does
  /// not move by that.
  void paint(long generation, Document document) {
    String projection = document.projection().name();
    Change change = new Change.Upsert(document, Instant.EPOCH);
    sink.deliver(epoch, projection, generation, List.of(change));
    Standing stands = new Standing(generation().number(), sink.position(projection));
    store.sinkStreams().stands(epoch, sink.name(), projection, stands);
  }

  long epoch() {
    return epoch;
  }

  void raise() {
    var lease = store.writers().current().orElseThrow();
    epoch = store.writers().raise(lease, 0, TTL).orElseThrow().epoch();
  }

  void project() {
    boolean rebuilt = rebuilding.step(epoch).isPresent();
    settling.step(epoch, rebuilt);
    projector.follow(epoch);
  }

  int deliver() {
    return deliveries.step(epoch);
  }

  void settle() {
    for (int round = 0; round < ROUNDS; round++) {
      project();
      deliver();
    }
  }

  Generation generation() {
    return store.projections().generations().getOrDefault(RUNS, new Generation(0, 0));
  }
}
