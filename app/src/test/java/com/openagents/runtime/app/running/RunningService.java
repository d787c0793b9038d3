package com.openagents.runtime.app.running;

import com.openagents.runtime.app.embedded.EmbeddedPostgres;
import com.openagents.runtime.app.embedded.Endpoint;
import com.openagents.runtime.app.embedded.MadeDatabase;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.wiring.Parts;
import com.openagents.runtime.app.wiring.Service;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Credentials;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RunStream;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.http.client.SseEvent;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A node on a database of its own; more nodes can stand beside it.
public final class RunningService implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedPostgres database;
  private final Path folder;
  private final Parts parts;
  private final List<Service> nodes = new ArrayList<>();

  private RunningService(EmbeddedPostgres database, Path folder, Parts parts) {
    this.database = database;
    this.folder = folder;
    this.parts = parts;
  }

  public static RunningService in(Path folder, Map<String, String> settings) {
    return in(folder, settings, Parts.usual());
  }

  static RunningService in(Path folder, Map<String, String> settings, Parts parts) {
    var running = new RunningService(MadeDatabase.start(folder.resolve("database")), folder, parts);
    running.node(settings);
    return running;
  }

  /// Starts another node on the same database.
  Service node(Map<String, String> more) {
    Endpoint at = database.endpoint();
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "DATABASE_URL",
        "postgresql://%s:%s@%s/%s"
            .formatted(at.user(), at.password(), at.address(), at.database()));
    settings.put("OA_DATA_DIR", folder.toString());
    settings.put("OA_HTTP_PORT", "0");
    settings.put("OA_NODE_ID", "node-" + (nodes.size() + 1));
    settings.putAll(more);
    Service node = Service.start(Settings.read(settings), parts, _ -> {});
    nodes.add(node);
    return node;
  }

  public URI address() {
    return nodes.getFirst().address();
  }

  public RuntimeClient client() {
    return client(address());
  }

  static RuntimeClient client(URI address) {
    return new RuntimeClient(address, Credentials.unsigned(new Principal.User(1)));
  }

  /// Starts a run and returns once it is accepted.
  public void start(Json.Obj request) {
    Reply reply = client().start(request);
    if (reply.status() != 202) {
      throw new AssertionError(reply.problem());
    }
  }

  /// The smallest request that begins a run.
  public static Json.Builder request(RunId runId, String agent) {
    return Json.object()
        .put("runId", runId.toString())
        .put("threadId", "thread-" + runId)
        .put("userId", 1)
        .put("toolPolicy", Json.Obj.EMPTY)
        .put("agent", agent);
  }

  public static Json.Obj frame(String frameId, String text) {
    return Json.object()
        .put("frameId", frameId)
        .put("type", "user_message")
        .put("payload", Json.object().put("text", text).build())
        .build();
  }

  /// Has a run carried out in a thread of its own, and returns when it has ended.
  public RunId carryOut() {
    RunId run = new RunId(UUID.randomUUID());
    start(request(run, "echo").put("firstFrame", frame("f", "hi")).build());
    awaitStatus(run, "completed");
    return run;
  }

  public void awaitStatus(RunId runId, String status) {
    await(() -> Json.of(status).equals(client().run(runId).body().get("status")));
  }

  /// Everything that a stream of a run gives until the run has ended.
  static List<SseEvent> read(URI address, RunId runId, String format) {
    List<SseEvent> blocks = new ArrayList<>();
    follow(address, runId, format, blocks::add);
    return blocks;
  }

  /// Hands on what a stream of a run gives until the run has ended.
  static void follow(URI address, RunId runId, String format, Consumer<SseEvent> each) {
    RunStream stream =
        new RunStream(client(address), runId, format, p -> LockSupport.parkNanos(p.toNanos()));
    stream
        .follow(PATIENCE, each)
        .ifPresent(refusal -> {
          throw new AssertionError(refusal.problem());
        });
  }

  /// Asks again and again until it is so; fails after a minute.
  public static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come to be within " + PATIENCE);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /// Runs a statement and returns its first column, if it answers rows.
  public List<String> sql(String sql, Object... parameters) {
    Endpoint at = database.endpoint();
    try (Connection connection =
            DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<String> rows = new ArrayList<>();
      if (statement.execute()) {
        ResultSet result = statement.getResultSet();
        while (result.next()) {
          rows.add(result.getString(1));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  @Override
  public void close() {
    nodes.reversed().forEach(Service::close);
    database.close();
  }
}
