package com.openagents.runtime.app.crash;

import static com.openagents.runtime.app.crash.ShowingNodes.number;
import static com.openagents.runtime.app.crash.ShowingNodes.progress;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.app.running.Scrape;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.projection.DocumentsDigest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes show their runs in one deployment, and the one that writes there stands still or dies.
@Tag("G11")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjectionWriterGoneTest {

  /// More than a rebuild tells in one step.
  private static final int OLD_RUNS = 260;

  private static final int BEGUN_AT_ONCE = 8;

  private final ShowingNodes nodes;

  ProjectionWriterGoneTest(@TempDir Path folder) throws Exception {
    nodes = new ShowingNodes(folder);
  }

  @AfterAll
  void stop() {
    nodes.close();
  }

  private void carryOut(ServiceProcess node, int count) {
    for (int i = 0; i < count; i++) {
      nodes.carryOut(node, new RunId(UUID.randomUUID()));
    }
  }

  @Test
  @Tag("G12")
  void the_functions_refuse_a_writer_that_stood_still_past_its_lease() throws Exception {
    nodes.startWhatWasKilled();
    String stopped = nodes.writer();
    ServiceProcess first = nodes.cluster().named(stopped);
    ServiceProcess second = nodes.beside(stopped);
    carryOut(second, 1);
    nodes.awaitAllShown(second);
    int earlier = refusals().size();

    // Its batch is on its way, and arrives when another one has taken over. What it would send
    // after
    // that is refused by the database before, where it asks for a place in the stream.
    nodes.convex().order("fault", Json.object().put("path", "writer:apply").put("hold", true));
    carryOut(second, 1);
    Cluster.await(() -> nodes.convex().holding() == 1);
    first.pause();
    try {
      carryOut(second, 5);
      Cluster.await(() -> !ShowingNodes.writer(second).equals(stopped));
      carryOut(second, 3);
      nodes.awaitAllShown(second);
      assertThat(refusals()).hasSize(earlier);
    } finally {
      first.resume();
    }
    nodes.convex().order("release", Json.object());

    Cluster.await(() -> refusals().size() > earlier);
    assertThat(refusals().subList(earlier, refusals().size())).containsExactly("FENCED");
    Cluster.await(() -> fenced(first) == 1);
    carryOut(first, 2);
    nodes.awaitAllShown(first);
    assertThat(ShowingNodes.writer(first)).isNotEqualTo(stopped);
    assertThat(nodes.shownOpen(first)).isEmpty();
  }

  /// Why the functions refused batches, in the order of their coming.
  private List<String> refusals() {
    return nodes.convex().refusals("writer:apply");
  }

  private static double fenced(ServiceProcess node) {
    return Scrape.of(Cluster.client(node))
        .value(
            "runtime_projection_write_failure_total", "sink", "convex", "reason_class", "fenced");
  }

  @Test
  @Tag("G10")
  void a_rebuild_goes_on_where_its_killed_node_left_it() throws Exception {
    nodes.startWhatWasKilled();
    String killed = nodes.writer();
    ServiceProcess other = nodes.beside(killed);
    String last = carryOutOld(other).toString();
    nodes.awaitAllShown(other);

    try (Load load = new Load(other)) {
      long rebuild;
      Json.Obj left;
      try (Connection holding = nodes.cluster().connect()) {
        hold(holding, last);
        wipe();
        rebuild = ShowingNodes.rebuild(other, false);
        Cluster.await(() -> number(progress(other, rebuild), "runs") > 0);
        nodes.cluster().named(killed).kill();
        left = progress(other, rebuild);
      }
      assertThat(left.get("phase")).isEqualTo(Json.of("folding"));
      long missing = runsBehind(left);
      assertThat(missing).isPositive();

      int before = load.ended();
      Cluster.await(() -> load.ended() > before);
      expireLease();
      Cluster.await(() -> Json.of("done").equals(progress(other, rebuild).get("phase")));
      Json.Obj done = progress(other, rebuild);
      assertThat(number(done, "runs")).isEqualTo(number(left, "runs") + missing);
      assertThat(done.get("targets")).isEqualTo(left.get("targets"));
    }
    nodes.awaitAllShown(other);
    Map<String, DocumentsDigest> told = ToldDigests.byLog(nodes.cluster());
    assertThat(told).containsOnlyKeys("run_summary", "thread_summary", "timeline_slice");
    assertThat(ToldDigests.kept(other)).isEqualTo(told);
    assertThat(ToldDigests.shown(nodes.convex(), nodes.keys())).isEqualTo(told);
    assertThat(nodes.shownOpen(other)).isEmpty();
  }

  /// Runs that stand behind all others.
  ///
  /// @return the last one
  private RunId carryOutOld(ServiceProcess node) {
    List<RunId> old =
        IntStream.range(0, OLD_RUNS)
            .mapToObj(i -> RunId.parse("ffffffff-0000-4000-8000-%012d".formatted(i)))
            .toList();
    try (ExecutorService callers = Executors.newFixedThreadPool(BEGUN_AT_ONCE)) {
      old.stream()
          .map(run -> CompletableFuture.runAsync(() -> nodes.begin(node, run), callers))
          .toList()
          .forEach(CompletableFuture::join);
    }
    old.forEach(run -> ShowingNodes.end(node, run));
    return old.getLast();
  }

  /// Keeps the document of a run from being written.
  private static void hold(Connection connection, String run) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "select from runtime.documents where entity_id = '%s' for update".formatted(run));
    }
  }

  private void wipe() throws SQLException {
    nodes.convex().order("reset", Json.object());
    assertThat(nodes.cluster().sql("delete from runtime.sink_documents returning sink"))
        .isNotEmpty();
  }

  /// How many runs a rebuild has still before it.
  private long runsBehind(Json.Obj progress) throws SQLException {
    String cursor = progress.get("cursor") instanceof Json.Str(String run) ? run : "";
    String query = "select run_id from runtime.runs where run_id > '%s'".formatted(cursor);
    return nodes.cluster().sql(query).size();
  }

  private void expireLease() throws SQLException {
    nodes
        .cluster()
        .sql("update runtime.projection_writer set expires_at = clock_timestamp() returning node");
  }

  /// Runs that are started and end, one after another with a pause between them, until it is
  /// closed. Each stands before all others, where a rebuild does not come by any more.
  private final class Load implements AutoCloseable {
    private static final long PAUSE_MILLIS = 300;

    private final AtomicInteger ended = new AtomicInteger();
    private final ScheduledExecutorService caller = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> calls;

    Load(ServiceProcess node) {
      calls =
          caller.scheduleWithFixedDelay(() -> next(node), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void next(ServiceProcess node) {
      String id = "00000000-0000-4000-8000-%012d".formatted(999_999 - ended.get());
      nodes.carryOut(node, RunId.parse(id));
      ended.incrementAndGet();
    }

    int ended() {
      return ended.get();
    }

    /// Returns when the last run has ended.
    @Override
    public void close() {
      calls.cancel(false);
      caller.close();
      assertThat(calls.state()).as("a run that did not end").isEqualTo(Future.State.CANCELLED);
    }
  }
}
