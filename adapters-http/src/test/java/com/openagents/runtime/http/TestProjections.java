package com.openagents.runtime.http;

import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.projection.OperatingProjections;
import com.openagents.runtime.http.projection.OperatingSinks;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.inmemory.InMemorySink;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.ParkedRun;
import com.openagents.runtime.projection.ProjectionStore.Written;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import com.openagents.runtime.projector.AuditNotes;
import com.openagents.runtime.projector.AuditReport;
import com.openagents.runtime.projector.Auditor;
import com.openagents.runtime.projector.Auditor.Sample;
import com.openagents.runtime.projector.Comparison;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.DeliveryPorts;
import com.openagents.runtime.projector.DeliveryWatch;
import com.openagents.runtime.projector.Drift;
import com.openagents.runtime.projector.DriftNotes;
import com.openagents.runtime.projector.GenerationNotes;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.projector.RebuildPorts;
import com.openagents.runtime.projector.Rebuilding;
import com.openagents.runtime.projector.Recount;
import com.openagents.runtime.testkit.simulator.PortProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// The projections of a service in memory, with one sink. They move when a test says so.
final class TestProjections {

  static final String SINK = "memory";

  /// What the node that is asked delivers to, while another one writes.
  static final String SERVED = "served";

  /// A stream that the sink does not let go of, once a test says so.
  static final String STAYING = "tool_calls";

  private static final int AT_ONCE = 100;

  private final InMemoryStore store;
  private final Queue<Rebuild> canceled = new ConcurrentLinkedQueue<>();
  private final InMemorySink sink = new InMemorySink(SINK);
  private final Projector projector;
  private final Rebuilding rebuilding;
  private final Auditor auditor;
  private final Deliveries deliveries;
  private final DriftNotes drift;
  private long epoch;
  private volatile @Nullable RuntimeException silence;

  /// The first rebuild is asked for: of everything.
  TestProjections(InMemoryStore store) {
    this.store = store;
    RunProjections all = RunProjections.BUILT_IN;
    var kept = store.projections();
    Comparison comparison = new Comparison(new Recount(store.scan(), all), kept, store.changes());
    projector = new Projector(store.scan(), store.changes(), kept, all, Projector.Bounds.DEFAULT);
    rebuilding =
        new Rebuilding(
            new RebuildPorts(
                store.scan(), kept, store.knownSinks(), store.sinkBook(), store.rebuilds()),
            projector,
            comparison,
            all,
            AT_ONCE);
    auditor =
        new Auditor(
            store.scan(),
            store.index(),
            comparison,
            kept,
            store.knownSinks(),
            store.sinkBook(),
            all);
    deliveries =
        new Deliveries(
            sink,
            new DeliveryPorts(kept, store.knownSinks(), store.sinkBook(), store.sinkStreams()),
            all,
            new GenerationNotes(),
            DeliveryWatch.NONE,
            AT_ONCE);
    NodeId node = new NodeId("test-node");
    drift = new DriftNotes(node, Instant.EPOCH);
    epoch = store.writers().acquire(node, Duration.ofDays(1)).orElseThrow().epoch();
    store.knownSinks().register(epoch, SINK, AT_ONCE);
    rebuilding.prepare(epoch);
  }

  List<Route> routes() {
    OperatingProjections.Kept kept =
        new OperatingProjections.Kept(
            store.writers(),
            store.projections(),
            store.knownSinks(),
            store.sinkStreams(),
            store.rebuilds(),
            store.audits(),
            drift);
    List<Route> all = new ArrayList<>();
    all.addAll(
        new OperatingProjections(
                kept, RunProjections.BUILT_IN, this::audit, store.audit(), canceled::add)
            .routes());
    all.addAll(
        new OperatingSinks(
                store.knownSinks(),
                store.sinkBook(),
                store.sinkStreams(),
                RunProjections.BUILT_IN,
                Set.of(SERVED),
                store.audit())
            .routes());
    return all;
  }

  private AuditReport audit(Sample sample) {
    ProjectionSink heard =
        PortProxy.of(
            ProjectionSink.class,
            sink,
            (method, arguments, honest) -> {
              RuntimeException thrown = silence;
              if (thrown != null && !method.equals("name")) {
                throw thrown;
              }
              return honest.call(arguments);
            });
    AuditReport report = auditor.audit(List.of(heard), sample, () -> {});
    new AuditNotes(store.audits()).note(sample, report);
    return report;
  }

  /// Numbers of the rebuilds that were told of as canceled.
  List<Long> canceled() {
    return canceled.stream().map(Rebuild::number).toList();
  }

  /// Has the sink answer nobody, in this way.
  void silence(RuntimeException thrown) {
    silence = thrown;
  }

  /// Does what was asked to be rebuilt, and brings documents up to the log.
  void follow() {
    Optional<Rebuild> rebuild = rebuilding.step(epoch);
    while (rebuild.isPresent()) {
      rebuild = rebuilding.step(epoch);
    }
    projector.follow(epoch);
  }

  void deliver() {
    deliveries.step(epoch);
  }

  long epoch() {
    return epoch;
  }

  /// Has a delivery have met a drift.
  void drift(Drift met, Instant at) {
    drift.note(met, at);
  }

  /// Another node writes from now on, and has not said yet which sinks it delivers to.
  void handOver() {
    WriterLease lease = store.writers().current().orElseThrow();
    epoch = store.writers().raise(lease, 0, Duration.ofDays(1)).orElseThrow().epoch();
  }

  /// Asks for rebuilds that nobody carries out.
  void ask(int count) {
    for (int i = 0; i < count; i++) {
      store.rebuilds().request(new Rebuild.Request(new Rebuild.Scope.All(), false, "operator:k1"));
    }
  }

  /// Has the sink refuse what is due.
  void park(String reason) {
    SinkBook book = store.sinkBook();
    book.due(SINK, RunProjections.BUILT_IN.names(), AT_ONCE)
        .forEach(due -> book.park(epoch, SINK, due, reason));
  }

  /// Has the sink not let go of a stream that was written to and is told no more.
  void stay(String reason) {
    store.sinkStreams().reserve(epoch, SINK, STAYING, 1);
    store.sinkStreams().stays(epoch, SINK, STAYING, reason);
  }

  /// Keeps a document of a projection that is told by nobody any more.
  void leave(ProjectionId projection) {
    store.projections().begin(epoch, projection, 1);
    Document told = store.projections().page("run_summary", "", 1).getFirst().document();
    Document left = Document.kept(projection, told.entity(), told.seq(), told.owner(), "{}");
    List<Written> written = List.of(new Written(left, 1));
    store.projections().commit(epoch, new Commit(Map.of(), written, List.of(), List.of(), null));
  }

  void trouble(String trouble) {
    store.knownSinks().trouble(epoch, SINK, trouble);
  }

  void park(ParkedRun run) {
    store
        .projections()
        .commit(epoch, new Commit(Map.of(), List.of(), List.of(), List.of(run), null));
  }
}
