package com.openagents.runtime.app.crash;

import com.openagents.runtime.app.embedded.EmbeddedPostgres;
import com.openagents.runtime.app.embedded.Endpoint;
import com.openagents.runtime.app.embedded.MadeDatabase;
import com.openagents.runtime.app.machine.ServiceProcess;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// One database, one provider, and as many service processes as a test starts.
final class Cluster implements AutoCloseable {

  static final Duration LEASE_TTL = Duration.ofSeconds(2);
  private static final List<String> SMALL =
      List.of("-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedPostgres database;
  private final ProviderDouble provider;
  private final Map<String, ServiceProcess> nodes = new ConcurrentHashMap<>();

  private Cluster(EmbeddedPostgres database, ProviderDouble provider) {
    this.database = database;
    this.provider = provider;
  }

  static Cluster start(Path folder, ProviderDouble provider) {
    return new Cluster(MadeDatabase.start(folder), provider);
  }

  ServiceProcess node(String name) throws Exception {
    return node(name, Map.of());
  }

  /// @param more settings beside those of every node
  ServiceProcess node(String name, Map<String, String> more) throws Exception {
    Endpoint at = database.endpoint();
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "DATABASE_URL",
        "postgresql://%s:%s@%s/%s"
            .formatted(at.user(), at.password(), at.address(), at.database()));
    settings.put("OA_NODE_ID", name);
    settings.put("OA_HTTP_PORT", "0");
    settings.put("OA_LEASE_TTL", LEASE_TTL.toSeconds() + "s");
    settings.put("OA_MODEL_BASE_URL", provider.base().toString());
    settings.put("OA_MODEL_API_KEY", "none");
    settings.put("OA_MODEL_NAME", "double");
    settings.putAll(more);
    ServiceProcess node = ServiceProcess.start(SMALL, settings);
    nodes.put(name, node);
    return node;
  }

  ServiceProcess named(String name) {
    ServiceProcess node = nodes.get(name);
    if (node == null) {
      throw new IllegalStateException("no node is named " + name);
    }
    return node;
  }

  EmbeddedPostgres database() {
    return database;
  }

  static RuntimeClient client(ServiceProcess node) {
    return client(node.address());
  }

  static RuntimeClient client(URI address) {
    return new RuntimeClient(address, Credentials.unsigned(new Principal.User(1)));
  }

  /// Starts a run of the assistant with one message.
  static RunId start(ServiceProcess node) {
    RunId runId = new RunId(UUID.randomUUID());
    Reply reply = client(node).start(request(runId, "f-1"));
    if (reply.status() != 202) {
      throw new IllegalStateException(reply.problem());
    }
    return runId;
  }

  /// Starts a session of the echo program, which waits for its first frame.
  static RunId startSession(ServiceProcess node) {
    RunId runId = new RunId(UUID.randomUUID());
    Json.Obj session =
        Json.object()
            .put("runId", runId.toString())
            .put("threadId", "thread-" + runId)
            .put("userId", 1)
            .put("toolPolicy", Json.Obj.EMPTY)
            .put("agent", "echo")
            .put("lifecycle", "session")
            .build();
    Reply reply = client(node).start(session);
    if (reply.status() != 202) {
      throw new IllegalStateException(reply.problem());
    }
    return runId;
  }

  private static Json.Obj request(RunId runId, String frameId) {
    return Json.object()
        .put("runId", runId.toString())
        .put("threadId", "thread-" + runId)
        .put("userId", 1)
        .put("authenticatedSession", true)
        .put(
            "toolPolicy",
            Json.object()
                .put("allow", Json.array(List.of()))
                .put("deny", Json.array(List.of()))
                .put("guestMode", false)
                .build())
        .put("firstFrame", frame(frameId))
        .build();
  }

  static Json.Obj frame(String frameId) {
    return Json.object()
        .put("frameId", frameId)
        .put("type", "user_message")
        .put("payload", Json.object().put("text", "hello").build())
        .build();
  }

  static boolean waits(ServiceProcess asked, RunId runId) {
    return has(asked, runId, "waiting");
  }

  static boolean has(ServiceProcess asked, RunId runId, String status) {
    return Json.of(status).equals(client(asked).run(runId).body().get("status"));
  }

  /// Who holds the run's lease, as any node tells it.
  static String owner(ServiceProcess asked, RunId runId) {
    Reply[] last = new Reply[1];
    await(() -> {
      last[0] = client(asked).run(runId);
      return last[0].body().get("lease") instanceof Json.Obj lease
          && lease.get("owner") instanceof Json.Str;
    });
    Json.Obj lease = (Json.Obj) Objects.requireNonNull(last[0].body().get("lease"));
    return ((Json.Str) Objects.requireNonNull(lease.get("owner"))).value();
  }

  /// Asks again and again until it is so; fails after a minute.
  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come to be within " + PATIENCE);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /// Waits until the database's clock has passed the lease of the run.
  static void awaitExpiry(Cluster cluster, RunId runId) {
    String expired =
        "select 1 from runtime.runs where run_id = '%s' and lease_expires_at < clock_timestamp()"
            .formatted(runId);
    await(() -> {
      try {
        return !cluster.sql(expired).isEmpty();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  /// The first column of what a query finds.
  List<String> sql(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  /// A connection of the test's own.
  Connection connect() throws SQLException {
    Endpoint at = database.endpoint();
    return DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password());
  }

  /// Follows a run's raw events on one node, in the background.
  static Reader follow(ServiceProcess node, RunId runId) {
    return follow(node.address(), runId, "events");
  }

  /// Follows a run in a format at an address, in the background.
  static Reader follow(URI address, RunId runId, String format) {
    return new Reader(stream(address, runId, format));
  }

  /// Follows a run's raw events from behind a sequence.
  static Reader followBehind(ServiceProcess node, RunId runId, long seq) {
    return new Reader(stream(node.address(), runId, "events").after(seq));
  }

  private static RunStream stream(URI address, RunId runId, String format) {
    return new RunStream(client(address), runId, format, p -> LockSupport.parkNanos(p.toNanos()));
  }

  /// A reader of one run.
  static final class Reader {
    private final BlockingQueue<SseEvent> arrived = new LinkedBlockingQueue<>();
    private final List<SseEvent> seen = new ArrayList<>();
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();

    private Reader(RunStream stream) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              end.complete(stream.follow(PATIENCE, arrived::add).isEmpty());
            } catch (RuntimeException e) {
              end.completeExceptionally(e);
            }
          });
    }

    /// Waits for an event whose JSON is as asked.
    SseEvent await(Predicate<String> wanted) throws InterruptedException {
      while (true) {
        SseEvent event = arrived.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (event == null) {
          throw new AssertionError("the event did not come; seen: " + seen.size());
        }
        seen.add(event);
        if (event.data() != null && wanted.test(event.data())) {
          return event;
        }
      }
    }

    /// Waits for the end of the run and returns everything that was read.
    List<SseEvent> toTheEnd() throws InterruptedException, ExecutionException, TimeoutException {
      if (!end.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the stream was refused");
      }
      arrived.drainTo(seen);
      return List.copyOf(seen);
    }
  }

  @Override
  public void close() {
    nodes.values().forEach(ServiceProcess::close);
    provider.close();
    database.close();
  }
}
