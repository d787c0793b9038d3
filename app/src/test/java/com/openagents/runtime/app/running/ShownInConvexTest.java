package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole service and the functions of a deployment: what the log says is what clients see there.
class ShownInConvexTest {

  private static final String ROOT = "/internal/v1/projections";

  @TempDir private Path folder = Path.of("");
  private ConvexDeployment convex;
  private RunningService service;

  @BeforeEach
  void start() throws IOException {
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
                "50ms"));
  }

  @AfterEach
  void stop() {
    service.close();
    convex.close();
  }

  private RunId carryOut() {
    RunId run = new RunId(UUID.randomUUID());
    service.start(
        RunningService.request(run, "echo")
            .put("firstFrame", RunningService.frame("f", "hi"))
            .build());
    service.awaitStatus(run, "completed");
    return run;
  }

  private Json.Obj audit() {
    Reply report = service.client().post(ROOT + "/audits", Json.object().build());
    return report.successful() ? report.body() : Json.Obj.EMPTY;
  }

  /// Whether so many documents are in the deployment as they must be, and nothing is on its way.
  private boolean shown(int documents) {
    Json.Obj report = audit();
    return Json.TRUE.equals(report.get("clean"))
        && report.get("found") instanceof Json.Obj found
        && found.fields().isEmpty()
        && report.get("compared") instanceof Json.Obj compared
        && Json.of(documents).equals(compared.get("convex"));
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

  @Test
  @Tag("G14")
  void a_client_sees_its_own_runs_as_they_ended_and_no_other_does() {
    RunId run = carryOut();
    RunningService.await(() -> shown(3));
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
    RunningService.await(() -> shown(3));
    convex.order("down", Json.object());
    for (int i = 0; i < 5; i++) {
      carryOut();
    }
    RunningService.await(() -> sink().get("trouble") != null);
    RunningService.await(() -> Json.of(15).equals(sink().get("pending")));
    convex.order("up", Json.object());
    RunningService.await(() -> shown(18));
    RunningService.await(() -> sink().get("trouble") == null);
  }

  @Test
  @Tag("G11")
  void a_connection_cut_after_the_commit_and_overload_converge() {
    carryOut();
    RunningService.await(() -> shown(3));
    convex.order("fault", Json.object().put("path", "writer:apply").put("cut", "after"));
    convex.order(
        "fault",
        Json.object()
            .put("path", "writer:apply")
            .put("status", 503)
            .put("code", "OptimisticConcurrencyControlFailure")
            .put("times", 2));
    carryOut();
    RunningService.await(() -> shown(6));
  }

  @Test
  void what_somebody_changed_there_is_found_named_and_mended_by_a_rebuild() {
    RunId changed = carryOut();
    RunId removed = carryOut();
    RunningService.await(() -> shown(6));
    convex.tamper(
        "runSummaries", "runtime/run_summary:" + changed, Json.object().put("status", "running"));
    convex.tamper("timelineSlices", "runtime/timeline_slice:" + removed, null);
    Json.Obj report = audit();
    assertThat(report.get("clean")).isEqualTo(Json.FALSE);
    assertThat(report.get("found"))
        .isEqualTo(
            Json.object()
                .put("convex", Json.object().put("hash_mismatch", 1).put("missing", 1).build())
                .build());
    assertThat(String.valueOf(report.get("evidence")))
        .contains(changed.toString())
        .contains(removed.toString());
    assertThat(service.client().post(ROOT + "/rebuilds", Json.object().build()).status())
        .isEqualTo(202);
    RunningService.await(() -> shown(6));
  }

  @Test
  @Tag("G11")
  void another_node_takes_over_and_goes_on() {
    carryOut();
    RunningService.await(() -> shown(3));
    service.sql(
        "update runtime.projection_writer set node = 'gone', epoch = epoch + 1,"
            + " expires_at = clock_timestamp() + interval '2 seconds'");
    carryOut();
    RunningService.await(() -> shown(6));
    assertThat(service.sql("select epoch from runtime.projection_writer").getFirst())
        .isGreaterThan("2");
  }
}
