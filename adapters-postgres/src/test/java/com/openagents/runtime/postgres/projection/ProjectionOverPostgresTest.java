package com.openagents.runtime.postgres.projection;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.inmemory.InMemorySink;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.postgres.log.PostgresChangeFeed;
import com.openagents.runtime.postgres.log.PostgresEventLog;
import com.openagents.runtime.postgres.log.PostgresLogScan;
import com.openagents.runtime.projection.DocumentsDigest;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.projector.Comparison;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.DeliveryPorts;
import com.openagents.runtime.projector.DeliveryWatch;
import com.openagents.runtime.projector.Digests;
import com.openagents.runtime.projector.GenerationNotes;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.projector.RebuildPorts;
import com.openagents.runtime.projector.Rebuilding;
import com.openagents.runtime.projector.Recount;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("G10")
@Tag("G11")
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class ProjectionOverPostgresTest {

  private static final Duration TTL = Duration.ofSeconds(30);
  private static final int RUNS = 40;

  private final TestDatabase database;
  private final PostgresEventLog log;
  private final PostgresLogScan scan;
  private final PostgresProjectionStore store;
  private final PostgresKnownSinks known;
  private final PostgresSinkBook book;
  private final PostgresRebuilds rebuilds;
  private final PostgresWriterLeases leases;
  private final RunProjections projections = RunProjections.BUILT_IN;
  private final Projector projector;
  private final Comparison comparison;
  private final Rebuilding rebuilding;
  private final InMemorySink sink = new InMemorySink("memory");
  private final Deliveries deliveries;
  private final long epoch;

  ProjectionOverPostgresTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    DataSource pool = database.pools().projecting();
    log = new PostgresEventLog(database.pools().executing(), pool);
    scan = new PostgresLogScan(pool);
    store = new PostgresProjectionStore(pool);
    known = new PostgresKnownSinks(pool);
    book = new PostgresSinkBook(pool);
    rebuilds = new PostgresRebuilds(pool);
    leases = new PostgresWriterLeases(pool);
    projector =
        new Projector(
            scan, new PostgresChangeFeed(pool), store, projections, Projector.Bounds.DEFAULT);
    comparison =
        new Comparison(new Recount(scan, projections), store, new PostgresChangeFeed(pool));
    rebuilding =
        new Rebuilding(
            new RebuildPorts(scan, store, known, book, rebuilds),
            projector,
            comparison,
            projections,
            7);
    deliveries =
        new Deliveries(
            sink,
            new DeliveryPorts(store, known, book, new PostgresSinkStreams(pool)),
            projections,
            new GenerationNotes(),
            DeliveryWatch.NONE,
            25);
    epoch = leases.acquire(Drafts.NODE, TTL).orElseThrow().epoch();
    projector.follow(epoch);
    rebuilding.prepare(epoch);
    rebuild();
    known.register(epoch, sink.name(), 1_000);
  }

  private Rebuild rebuild() {
    Rebuild last = null;
    while (last == null || !last.phase().ended()) {
      last = rebuilding.step(epoch).orElseThrow();
    }
    return last;
  }

  private void live() {
    for (int run = 1; run <= RUNS; run++) {
      log.append(
          Drafts.start(runId(run), Drafts.spec(new ThreadId("thread-" + run % 5), Drafts.OWNER)));
      log.append(Drafts.frame(runId(run), "f", "naïve \\ \" 日本語"));
      log.append(
          Append.of(
              runId(run),
              Precondition.OPEN,
              List.of(new RunStarted(Drafts.NODE), Drafts.said("y"))));
    }
    log.append(
        Append.of(runId(3), Precondition.OPEN, List.of(new RunCompleted())).with(Drafts.ENDED));
  }

  private List<DocumentsDigest> kept() {
    return projections.ids().stream().map(id -> Digests.of(store, id.name())).toList();
  }

  private List<DocumentsDigest> shown() {
    return projections.ids().stream().map(id -> Digests.of(sink, id.name())).toList();
  }

  private void deliver() {
    int due;
    do {
      due = deliveries.step(epoch);
    } while (due > 0);
  }

  @Test
  void documents_and_sink_come_to_what_the_log_says() {
    live();
    assertThat(projector.follow(epoch).runs()).isEqualTo(RUNS);
    deliver();
    assertThat(comparison.of(scan.runs(null, 1_000))).isEmpty();
    assertThat(shown()).isEqualTo(kept());
    assertThat(kept()).extracting(DocumentsDigest::count).containsExactly(40L, 40L, 5L);
    assertThat(
            database.sql("select status from runtime.read_runs where run_id = ?", runId(3).value()))
        .containsExactly("completed");
    assertThat(database.sql("select run_count from runtime.read_threads order by thread_id"))
        .containsOnly("8");
    assertThat(database.sql("select count(*) from runtime.read_messages")).containsExactly("80");
    assertThat(database.sql("select count(*) from runtime.read_run_events")).containsExactly("161");
  }

  @Test
  void what_was_wiped_is_told_again_the_same() {
    live();
    projector.follow(epoch);
    deliver();
    List<DocumentsDigest> before = kept();
    database.sql(
        """
        truncate runtime.projections, runtime.projection_position, runtime.projected_runs,
          runtime.documents, runtime.read_messages, runtime.read_run_events, runtime.sinks,
          runtime.sink_documents
        """);
    projector.follow(epoch);
    rebuilding.prepare(epoch);
    Rebuild done = rebuild();
    assertThat(done.phase()).isEqualTo(Phase.DONE);
    assertThat(kept()).isEqualTo(before);
    known.register(epoch, sink.name(), 1_000);
    deliver();
    assertThat(shown()).isEqualTo(before);
  }

  @Test
  void a_rebuild_replaces_what_somebody_changed_by_hand() {
    live();
    projector.follow(epoch);
    deliver();
    List<DocumentsDigest> before = kept();
    database.sql(
        """
        update runtime.documents set body = '{"kind":"forged"}', hash = decode(repeat('00', 32), 'hex')
        where projection = 'run_summary'
        """);
    database.sql(
        "insert into runtime.documents select seq, generation, projected_at, version, projection,"
            + " 'orphan', entity_kind, owner, hash, body from runtime.documents limit 1");
    assertThat(comparison.of(scan.runs(null, 1_000))).hasSize(RUNS);
    rebuilds.request(new Rebuild.Request(new Rebuild.Scope.All(), false, "operator:test"));
    assertThat(rebuild().progress().removed()).isEqualTo(1);
    assertThat(kept()).isEqualTo(before);
    deliver();
    assertThat(shown()).isEqualTo(before);
  }

  @Test
  void a_writer_whose_lease_was_taken_changes_nothing() {
    live();
    database.sql("update runtime.projection_writer set expires_at = clock_timestamp()");
    assertThat(leases.acquire(Drafts.OTHER_NODE, TTL)).isPresent();
    assertThatThrownBy(() -> projector.follow(epoch)).isInstanceOf(WriterFenced.class);
    assertThat(database.sql("select count(*) from runtime.documents")).containsExactly("0");
    assertThat(database.sql("select count(*) from runtime.read_messages")).containsExactly("0");
  }
}
