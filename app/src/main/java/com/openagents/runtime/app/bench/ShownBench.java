package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.bench.TakingDeployment.Mood;
import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Credentials;
import com.openagents.runtime.http.client.RuntimeClient;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Two service processes over one database, one without projections and one that shows documents in
/// a deployment. While one is measured the other stands still.
final class ShownBench implements AutoCloseable {

  private static final String BEHIND =
      """
      select count(*) from runtime.runs r where not exists (
        select from runtime.projected_runs p
        where p.run_id = r.run_id and p.through_seq = r.last_seq)
      """;

  private final TakingDeployment deployment;
  private final ServiceProcess plain;
  private final ServiceProcess showing;
  private final Connection observing;

  ShownBench(BenchDatabase database, Workplace workplace) throws Exception {
    deployment = new TakingDeployment();
    plain = start(database, workplace, "plain", Map.of("OA_PROJECTIONS", "off"));
    showing =
        start(
            database,
            workplace,
            "showing",
            Map.of(
                "OA_SINKS", "convex",
                "OA_CONVEX_URL", deployment.url().toString(),
                "OA_CONVEX_ADMIN_KEY", "bench|00"));
    observing = database.connect();
  }

  private static ServiceProcess start(
      BenchDatabase database, Workplace workplace, String name, Map<String, String> more)
      throws IOException, InterruptedException {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("DATABASE_URL", database.text());
    settings.put("OA_DATA_DIR", workplace.folder(name).toString());
    settings.put("OA_HTTP_PORT", "0");
    settings.put("OA_NODE_ID", name);
    return ServiceProcess.start(List.of(), settings);
  }

  /// What becomes of documents while runs are measured.
  enum Setting {
    OFF("off"),
    SHOWN("shown"),
    SINK_DOWN("sink down"),
    SINK_OVERLOADED("sink overloaded");

    private final String words;

    Setting(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /// Runs of one step, each from its start until its caller has read the end of its stream.
  Window runs(Setting setting, int callers, Duration time) throws Exception {
    deployment.be(Mood.WELL);
    awaitShown();
    deployment.be(
        switch (setting) {
          case OFF, SHOWN -> Mood.WELL;
          case SINK_DOWN -> Mood.DOWN;
          case SINK_OVERLOADED -> Mood.OVERLOADED;
        });
    return setting == Setting.OFF
        ? runs(plain, showing, callers, time)
        : runs(showing, plain, callers, time);
  }

  private static Window runs(
      ServiceProcess service, ServiceProcess still, int callers, Duration time)
      throws IOException, InterruptedException {
    still.pause();
    try {
      return Load.run(
          callers,
          time,
          _ -> {
            Requests requests = new Requests(service.address());
            return () -> requests.end(requests.turn("echo"));
          });
    } finally {
      still.resume();
    }
  }

  /// Waits until nothing of the window before is left to be done.
  private void awaitShown() throws Exception {
    RuntimeClient client =
        new RuntimeClient(showing.address(), Credentials.unsigned(HeldRuns.OWNER));
    Patience.until("every run is told", this::told);
    Patience.until(
        "the deployment has all documents",
        () ->
            client.get("/internal/v1/projections").body().get("sinks")
                    instanceof Json.Arr(List<Json> sinks)
                && !sinks.isEmpty()
                && sinks.getFirst() instanceof Json.Obj sink
                && Json.of(0).equals(sink.get("pending"))
                && sink.get("trouble") == null);
  }

  private boolean told() throws SQLException {
    try (Statement statement = observing.createStatement();
        ResultSet behind = statement.executeQuery(BEHIND)) {
      return behind.next() && behind.getInt(1) == 0;
    }
  }

  @Override
  public void close() throws SQLException {
    observing.close();
    plain.close();
    showing.close();
    deployment.close();
  }
}
