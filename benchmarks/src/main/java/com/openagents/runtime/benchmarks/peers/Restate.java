package com.openagents.runtime.benchmarks.peers;

import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.benchmarks.http.KeptConnection;
import com.openagents.runtime.benchmarks.server.RestateHandlers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Restate's server with its defaults, on its own storage, and its handlers in a process beside it.
/// A run is one request, which the server answers with the handler's result.
final class Restate implements Peer {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Process server;
  private final ServiceProcess handlers;
  private final URI ingress;

  private Restate(Process server, ServiceProcess handlers, URI ingress) {
    this.server = server;
    this.handlers = handlers;
    this.ingress = ingress;
  }

  /// Returns once the server knows its handlers.
  ///
  /// @param folder for what the server stores and says
  static Restate start(Path program, Path folder) throws IOException, InterruptedException {
    URI ingress = free();
    URI admin = free();
    ServiceProcess handlers = JavaProcess.start(RestateHandlers.class, Map.of());
    Restate restate = new Restate(server(program, folder, ingress, admin), handlers, ingress);
    try {
      restate.register(admin);
      return restate;
    } catch (RuntimeException e) {
      restate.close();
      throw e;
    }
  }

  private static URI free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  private static Process server(Path program, Path folder, URI ingress, URI admin)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                program.toAbsolutePath().toString(), "--no-logo", "--base-dir", folder.toString()));
    builder
        .environment()
        .putAll(
            Map.of(
                "RESTATE_DISABLE_TELEMETRY", "true",
                "RESTATE_LISTEN_MODE", "tcp",
                "RESTATE_BIND_ADDRESS", free().getAuthority(),
                "RESTATE_INGRESS__BIND_ADDRESS", ingress.getAuthority(),
                "RESTATE_ADMIN__BIND_ADDRESS", admin.getAuthority()));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void register(URI admin) {
    String body = "{\"uri\":\"%s\"}".formatted(handlers.address());
    long begun = System.nanoTime();
    while (true) {
      try (KeptConnection connection = new KeptConnection(admin)) {
        connection.post("/deployments", body).successful();
        connection.get("/services/Work").successful();
        return;
      } catch (UncheckedIOException | IllegalStateException e) {
        if (!server.isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
          throw new IllegalStateException("Restate's server did not come up", e);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  @Override
  public String name() {
    return "restate";
  }

  @Override
  public URI address() {
    return ingress;
  }

  @Override
  public void run(KeptConnection connection, int steps) {
    connection.post("/Work/run", Integer.toString(steps)).successful();
  }

  @Override
  public void close() {
    server.destroyForcibly();
    handlers.close();
    server.onExit().join();
  }
}
