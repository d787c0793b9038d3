package com.openagents.runtime.app.bench;

import static java.util.Map.entry;

import com.openagents.runtime.app.machine.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The memory of a service process whose runs wait for a message, or ask a model that does not
/// answer. Needs Linux.
///
/// Runs are only ever added; some of both kinds come before the first look, so that what any run
/// would take for the first time does not count.
final class MemoryBench implements AutoCloseable {

  private static final int WARM_UP = 200;
  private static final int AT_ONCE = 32;
  private static final String NODE = "memory";
  private static final String WAITING =
      "select count(*) from runtime.runs where agent = 'echo' and status = 'waiting'";
  private static final String EXECUTING =
      "select count(*) from runtime.runs where lease_owner = '" + NODE + "'";

  private final EndlessProvider provider = EndlessProvider.silent();
  private final ServiceProcess service;
  private final Requests requests;
  private final Connection observing;

  /// @param executingMax how many runs there will be at most that are executed
  /// @param heap the service's greatest heap, such as `1g`
  MemoryBench(BenchDatabase database, Path folder, int executingMax, String heap) throws Exception {
    observing = database.connect();
    service =
        ServiceProcess.start(
            List.of("-Xmx" + heap, "-XX:+UseSerialGC"), settings(database, folder, executingMax));
    requests = new Requests(service.address());
  }

  void warmUp() throws Exception {
    wait(WARM_UP);
    execute(WARM_UP);
  }

  /// However busy the machine is, no run is refused.
  private Map<String, String> settings(BenchDatabase database, Path folder, int executingMax) {
    return Map.ofEntries(
        entry("DATABASE_URL", database.text()),
        entry("OA_DATA_DIR", folder.toString()),
        entry("OA_HTTP_PORT", "0"),
        entry("OA_PROJECTIONS", "off"),
        entry("OA_NODE_ID", NODE),
        entry("OA_LEASE_TTL", "10m"),
        entry("OA_MAX_EXECUTING", Integer.toString(executingMax + 2 * WARM_UP)),
        entry("OA_OVERLOAD_MAILBOX_AGE", "1h"),
        entry("OA_OVERLOAD_POOL_WAIT", "1m"),
        entry("OA_OVERLOAD_APPEND", "1m"),
        entry("OA_MODEL_BASE_URL", provider.base().toString()),
        entry("OA_MODEL_NAME", "silent"));
  }

  /// Adds sessions and returns once they wait for a message.
  void wait(int count) throws Exception {
    add(count, WAITING, () -> requests.session("echo"));
  }

  /// Adds runs and returns once they are executed.
  void execute(int count) throws Exception {
    add(count, EXECUTING, () -> requests.turn("assistant"));
  }

  private void add(int count, String counting, Callable<?> start) throws Exception {
    long wanted = count(counting) + count;
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<?> started : threads.invokeAll(Collections.nCopies(count, start))) {
        started.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run could not be started", e.getCause());
    }
    Patience.until("the runs are where they should be", () -> count(counting) >= wanted);
  }

  private long count(String counting) throws SQLException {
    try (PreparedStatement query = observing.prepareStatement(counting);
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  ProcessMemory memory() throws IOException, InterruptedException {
    return ProcessMemory.of(service.pid());
  }

  @Override
  public void close() throws SQLException {
    service.close();
    provider.close();
    observing.close();
  }
}
