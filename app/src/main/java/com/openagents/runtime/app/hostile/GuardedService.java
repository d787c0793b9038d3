package com.openagents.runtime.app.hostile;

import com.openagents.runtime.app.bench.BenchKeys;
import com.openagents.runtime.app.embedded.EmbeddedPostgres;
import com.openagents.runtime.app.embedded.Endpoint;
import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.http.client.Credentials;
import com.openagents.runtime.identity.Principal;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The service as a process of its own with a heap that cannot grow, and its PostgreSQL.
final class GuardedService implements AutoCloseable {

  /// So that a drill can open more connections than there may be: 2,000 beside the streams.
  private static final int STREAMS_MAX = 500;

  private final EmbeddedPostgres postgres;
  private final ServiceProcess process;
  private final BenchKeys keys;
  private final Heap heap;

  private GuardedService(
      EmbeddedPostgres postgres, ServiceProcess process, BenchKeys keys, Heap heap) {
    this.postgres = postgres;
    this.process = process;
    this.keys = keys;
    this.heap = heap;
  }

  static GuardedService start(Workplace workplace, int heapMiB, Consumer<String> log)
      throws IOException, InterruptedException {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(workplace.folder("database"), _ -> {});
    BenchKeys keys = new BenchKeys();
    Heap heap = new Heap();
    ServiceProcess process =
        ServiceProcess.start(
            List.of(
                "-Xmx" + heapMiB + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:gc:stdout"),
            Map.of(
                "DATABASE_URL", url(postgres.endpoint()),
                "OA_HTTP_PORT", "0",
                "OA_DATA_DIR", workplace.folder("data").toString(),
                "OA_SIGNING_KEYS", keys.setting(),
                "OA_MAX_STREAMS", Integer.toString(STREAMS_MAX),
                "OA_LOG_FORMAT", "text"),
            line -> {
              heap.read(line);
              log.accept(line);
            });
    return new GuardedService(postgres, process, keys, heap);
  }

  private static String url(Endpoint at) {
    return "postgresql://%s:%s@%s:%d/%s?sslmode=disable"
        .formatted(at.user(), at.password(), at.host(), at.port(), at.database());
  }

  URI address() {
    return process.address();
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.alive();
  }

  Heap heap() {
    return heap;
  }

  BenchKeys keys() {
    return keys;
  }

  Credentials credentials(long userId) {
    return new Credentials(keys.signer(), new Principal.User(userId), Set.of(), null);
  }

  @Override
  public void close() throws IOException {
    process.close();
    postgres.close();
  }
}
