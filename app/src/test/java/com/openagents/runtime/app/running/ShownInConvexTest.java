package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.cli.Shell;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Credentials;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A whole service and the functions of a deployment: what the log says is what clients see there.
/// Every test leaves behind what it began with, and some more runs.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShownInConvexTest {

  private static final String ROOT = "/internal/v1/projections";

  /// A run has a summary and a timeline, and each of these runs a thread of its own.
  private static final int DOCUMENTS_EACH = 3;

  private static final int TIMELINE_MAX = 50;

  private ConvexDeployment convex;
  private RunningService service;
  private int runs;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    URI issuer = URI.create("http://127.0.0.1:" + port);
    convex = new ConvexDeployment(issuer.toString(), issuer.resolve("/.well-known/jwks.json"));
    service =
        RunningService.in(
            folder,
            Map.of(
                "OA_HTTP_PORT",
                Integer.toString(port),
                "OA_SINKS",
                "convex",
                "OA_CONVEX_URL",
                convex.url().toString(),
                "OA_PROJECTION_INTERVAL",
                "50ms",
                "OA_AUDIT_INTERVAL",
                "1s"));
  }

  @AfterEach
  void nothing_is_wrong_any_more() {
    convex.order("up", Json.object());
    convex.order("limit", Json.object().put("bytesPerSecond", Json.NULL));
    convex.order("largest", Json.object().put("bytes", Json.NULL));
  }

  @AfterAll
  void stop() {
    service.close();
    convex.close();
  }

  private RunId carryOut() {
    runs++;
    return service.carryOut();
  }

  private Audited audit() {
    return Audited.by(service.client());
  }

  /// Waits until every run so far is in the deployment as it must be, and nothing is on its way.
  private void awaitAllShown() {
    RunningService.await(() -> audit().shows((long) DOCUMENTS_EACH * runs));
  }

  private String token(long user) {
    RuntimeClient client =
        new RuntimeClient(service.address(), Credentials.unsigned(new Principal.User(user)));
    Reply reply = client.post("/api/convex/token", Json.object().build());
    assertThat(reply.status()).isEqualTo(200);
    return reply.body().get("token") instanceof Json.Str(String token) ? token : "";
  }

  private Json.Obj run(RunId run, long user) {
    return convex.query("runs:get", Json.object().put("runId", run.toString()), token(user));
  }

  private Json.Obj sink() {
    return service.client().get(ROOT).body().get("sinks") instanceof Json.Arr(List<Json> sinks)
            && sinks.getFirst() instanceof Json.Obj sink
        ? sink
        : Json.Obj.EMPTY;
  }

  private double metered(String name, String... labels) {
    return Scrape.of(service.client()).value("runtime_projection_" + name, labels);
  }

  private double failures(String reasonClass) {
    double times = metered("write_failure_total", "sink", "convex", "reason_class", reasonClass);
    return Double.isNaN(times) ? 0 : times;
  }

  /// Runs `projection COMMAND` against the service.
  private Shell.Result projection(String... words) {
    List<String> line = new ArrayList<>(List.of("projection"));
    line.addAll(List.of(words));
    line.addAll(List.of("--url", service.address().toString()));
    return Shell.run(Map.of(), line.toArray(String[]::new));
  }

  @Test
  @Tag("G14")
  void a_client_sees_its_own_runs_as_they_ended_and_no_other_does() {
    RunId run = carryOut();
    awaitAllShown();
    assertThat(run(run, 1).get("value"))
        .isInstanceOfSatisfying(
            Json.Obj.class,
            shown -> {
              assertThat(shown.get("status")).isEqualTo(Json.of("completed"));
              assertThat(shown.get("latestEventType")).isEqualTo(Json.of("run.completed"));
            });
    assertThat(run(run, 2).get("value")).isEqualTo(Json.NULL);
    Json.Obj refused = convex.mutation("writer:open", Json.object(), token(1));
    assertThat(refused.get("status")).isNotEqualTo(Json.of("success"));
  }

  @Test
  @Tag("G12")
  void a_deployment_that_is_down_delays_no_run_and_catches_up() {
    carryOut();
    awaitAllShown();
    convex.order("down", Json.object());
    for (int i = 0; i < 5; i++) {
      carryOut();
    }
    RunningService.await(() -> sink().get("trouble") != null);
    RunningService.await(() -> Json.of(15).equals(sink().get("pending")));
    convex.order("up", Json.object());
    awaitAllShown();
    RunningService.await(() -> sink().get("trouble") == null);
  }

  @Test
  @Tag("G12")
  void an_overloaded_deployment_delays_no_run_and_catches_up() {
    double before = failures("overloaded");
    convex.order("limit", Json.object().put("bytesPerSecond", 1));
    for (int i = 0; i < 5; i++) {
      carryOut();
    }
    RunningService.await(() -> failures("overloaded") > before);
    convex.order("limit", Json.object().put("bytesPerSecond", Json.NULL));
    awaitAllShown();
  }

  @Test
  @Tag("G11")
  void a_connection_cut_after_the_commit_and_overload_converge() {
    carryOut();
    awaitAllShown();
    int asked = convex.calls("writer:checkpoint");
    double overloaded = failures("overloaded");
    convex.order("fault", Json.object().put("path", "writer:apply").put("cut", "after"));
    convex.order(
        "fault",
        Json.object()
            .put("path", "writer:apply")
            .put("status", 503)
            .put("code", "OptimisticConcurrencyControlFailure")
            .put("times", 2));
    carryOut();
    awaitAllShown();
    assertThat(convex.calls("writer:checkpoint")).as("asked where it stood").isGreaterThan(asked);
    assertThat(failures("overloaded")).isGreaterThan(overloaded);
  }

  @Test
  @Tag("G12")
  void a_document_that_is_too_large_is_parked_and_named_and_stops_no_other() {
    convex.order("largest", Json.object().put("bytes", 4_000));
    assertThat(projection("pause", "convex").output()).isEqualTo("paused\n");
    RunId large = carryOutInManyTurns();
    carryOut();
    RunningService.await(() -> Json.of(2 * DOCUMENTS_EACH).equals(sink().get("pending")));
    assertThat(projection("resume", "convex").output()).isEqualTo("resumed\n");
    String timeline = "runtime/timeline_slice:" + large;
    RunningService.await(() -> projection("parked", "convex").output().contains(timeline));
    RunningService.await(() -> audit().found().equals(Map.of("convex lag", 1L)));
    assertThat(audit().clean()).isTrue();
    assertThat(projection("parked", "convex").output())
        .matches(timeline + " since \\S+: the deployment cannot take it\\R");
    assertThat(run(large, 1).get("value"))
        .isInstanceOfSatisfying(
            Json.Obj.class,
            shown -> assertThat(shown.get("status")).isEqualTo(Json.of("canceled")));

    convex.order("largest", Json.object().put("bytes", Json.NULL));
    assertThat(projection("retry", "convex").output()).isEqualTo("1 will be tried again\n");
    awaitAllShown();
    assertThat(projection("parked", "convex").output()).isEqualTo("nothing is parked\n");
  }

  /// So many that its timeline is as long as any.
  private RunId carryOutInManyTurns() {
    RunId run = new RunId(UUID.randomUUID());
    service.start(RunningService.request(run, "echo").put("lifecycle", "session").build());
    for (int turn = 0; turn < 10; turn++) {
      service.client().send(run, RunningService.frame("f-" + turn, "hi"));
    }
    RunningService.await(() -> events(run) > TIMELINE_MAX);
    service.client().cancel(run, null);
    service.awaitStatus(run, "canceled");
    runs++;
    return run;
  }

  private long events(RunId run) {
    String query = "select last_seq from runtime.runs where run_id = '%s'".formatted(run);
    return Long.parseLong(service.sql(query).getFirst());
  }

  @Test
  void every_class_of_drift_is_named_and_counted_and_mended_by_a_rebuild() {
    RunId changed = carryOut();
    RunId removed = carryOut();
    RunId ahead = carryOut();
    String orphan = UUID.randomUUID().toString();
    awaitAllShown();
    projection("pause", "convex");
    RunId late = carryOut();
    RunningService.await(() -> Json.of(DOCUMENTS_EACH).equals(sink().get("pending")));
    tamper(changed, Json.object().put("status", "running"));
    tamper(ahead, Json.object().put("seq", Json.object().put("$integer", int64(99)).build()));
    convex.tamper("timelineSlices", "runtime/timeline_slice:" + removed, null);
    convex.copy("runSummaries", summary(changed), "runtime/run_summary:" + orphan);

    Shell.Result audit = projection("audit");
    assertThat(audit.status()).isEqualTo(1);
    assertThat(audit.output())
        .contains("convex hash_mismatch run_summary " + changed + ": expected sequence")
        .contains("convex missing timeline_slice " + removed + ": expected sequence")
        .contains("convex ahead run_summary " + ahead + ": expected sequence")
        .contains("found sequence 99")
        .contains("convex orphan run_summary " + orphan + ": expected nothing, found sequence")
        .contains("convex lag run_summary " + late + ": expected sequence");
    RunningService.await(() ->
        Stream.of("hash_mismatch", "missing", "ahead", "orphan").allMatch(kind -> drift(kind) == 1)
            && drift("lag") == DOCUMENTS_EACH);
    RunningService.await(() ->
        metered("sink_lag_events", "sink", "convex") > 3
            && metered("sink_lag_events_p95", "sink", "convex") > 0);

    projection("resume", "convex");
    assertThat(projection("rebuild").status()).isZero();
    awaitAllShown();
    assertThat(projection("audit").status()).isZero();
  }

  /// As the node's own audits found it, of which one may have begun before all was done.
  private double drift(String kind) {
    return metered("differences", "where", "convex", "kind", kind);
  }

  private static String summary(RunId run) {
    return "runtime/run_summary:" + run;
  }

  private void tamper(RunId run, Json.Builder fields) {
    convex.tamper("runSummaries", summary(run), fields);
  }

  /// As integers are sent: eight bytes, the lowest first.
  private static String int64(int small) {
    return Base64.getEncoder().encodeToString(new byte[] {(byte) small, 0, 0, 0, 0, 0, 0, 0});
  }

  @Test
  @Tag("G11")
  void a_deployment_that_was_emptied_is_filled_again_by_itself() {
    carryOut();
    awaitAllShown();
    double before = lost();
    convex.order("reset", Json.object());
    carryOut();
    RunningService.await(() -> lost() > before);
    awaitAllShown();
    assertThat(failures("emptied")).isPositive();
  }

  @Test
  @Tag("G11")
  void what_was_emptied_while_no_node_wrote_is_noticed_by_the_next_that_does() {
    carryOut();
    awaitAllShown();
    double before = lost();
    convex.order("reset", Json.object());
    service.sql(
        "update runtime.projection_writer set node = 'gone', epoch = epoch + 1,"
            + " expires_at = clock_timestamp() + interval '1 second'");
    RunningService.await(() -> lost() > before);
    awaitAllShown();
  }

  private double lost() {
    double times = metered("sink_lost_total", "sink", "convex");
    return Double.isNaN(times) ? 0 : times;
  }

  @Test
  @Tag("G11")
  void a_writer_that_was_overtaken_takes_the_lease_back_and_goes_on() {
    carryOut();
    awaitAllShown();
    int before = Integer.parseInt(writer("epoch"));
    String node = writer("node");
    service.sql(
        "update runtime.projection_writer set node = 'gone', epoch = epoch + 1,"
            + " expires_at = clock_timestamp() + interval '2 seconds'");
    carryOut();
    awaitAllShown();
    assertThat(writer("node")).isEqualTo(node);
    assertThat(Integer.parseInt(writer("epoch"))).isGreaterThan(before + 1);
  }

  private String writer(String column) {
    return service.sql("select " + column + " from runtime.projection_writer").getFirst();
  }
}
