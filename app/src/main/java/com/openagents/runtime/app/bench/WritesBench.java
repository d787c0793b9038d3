package com.openagents.runtime.app.bench;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.agent.Assistant;
import com.openagents.runtime.agent.Echo;
import com.openagents.runtime.app.bench.StatementCount.Count;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.wiring.Parts;
import com.openagents.runtime.app.wiring.Service;
import com.openagents.runtime.identity.RunId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Counts the statements of one service, called over HTTP, for what a client asks of it.
///
/// Nothing else is done meanwhile, and the service looks for changes of others so seldom that none
/// of its looks is needed.
final class WritesBench implements AutoCloseable {

  private static final Duration QUIET = Duration.ofMillis(250);

  private final StatementCount counted = new StatementCount();
  private final Service service;
  private final Requests requests;
  private final Connection observing;
  private final RunId session;

  WritesBench(BenchDatabase database, Path folder) throws Exception {
    Settings settings =
        Settings.read(
            Map.of(
                "DATABASE_URL",
                database.text(),
                "OA_DATA_DIR",
                folder.toString(),
                "OA_HTTP_PORT",
                "0",
                "OA_PROJECTIONS",
                "off",
                "OA_LEASE_TTL",
                "10m",
                "OA_POLL_INTERVAL",
                "30s",
                "OA_JANITOR_INTERVAL",
                "1m"));
    AgentPrograms programs = new AgentPrograms(List.of(new Assistant(), new Echo(), new Steps(10)));
    observing = database.connect();
    service = Service.start(settings, new Parts(programs, counted::watch), _ -> {});
    requests = new Requests(service.address());
    session = waitingSession();
    awaitQuiet();
  }

  /// Something that a client asks for.
  enum Operation {
    /// A session without a message, until it waits for one.
    START("start of a session"),
    /// A frame that is for a later turn.
    FRAME("frame"),
    ONE_STEP("run of one step, echo"),
    ASSISTANT("run of one step, assistant offline"),
    TEN_STEPS("run of ten steps, echo");

    private final String words;

    Operation(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /// Does it once and counts until the service is quiet again.
  Count count(Operation operation) throws Exception {
    Count before = counted.now();
    switch (operation) {
      case START -> waitingSession();
      case FRAME -> requests.note(session);
      case ONE_STEP -> awaitStatus(requests.turn("echo"), "completed");
      case ASSISTANT -> awaitStatus(requests.turn("assistant"), "completed");
      case TEN_STEPS -> awaitStatus(requests.turn(Steps.NAME), "completed");
    }
    awaitQuiet();
    return counted.now().since(before);
  }

  private RunId waitingSession() throws Exception {
    RunId runId = requests.session("echo");
    awaitStatus(runId, "waiting");
    return runId;
  }

  /// Asks on a connection of its own, which is not counted.
  private void awaitStatus(RunId runId, String status) throws Exception {
    try (PreparedStatement query =
        observing.prepareStatement("select status from runtime.runs where run_id = ?")) {
      query.setObject(1, runId.value());
      Patience.until(
          "the run is " + status,
          () -> {
            try (ResultSet row = query.executeQuery()) {
              return row.next() && row.getString(1).equals(status);
            }
          });
    }
  }

  private void awaitQuiet() throws Exception {
    Count[] last = {counted.now()};
    long[] since = {System.nanoTime()};
    Patience.until(
        "the service is quiet",
        () -> {
          Count now = counted.now();
          if (!now.equals(last[0])) {
            last[0] = now;
            since[0] = System.nanoTime();
          }
          return System.nanoTime() - since[0] > QUIET.toNanos();
        });
  }

  @Override
  public void close() throws SQLException {
    service.close();
    observing.close();
  }
}
