package com.openagents.runtime.benchmarks.peers;

import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.benchmarks.http.Answer;
import com.openagents.runtime.benchmarks.http.KeptConnection;
import com.openagents.runtime.benchmarks.server.RuntimeServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/// This runtime. A run is one request: it starts the run with a message, and is answered with its
/// stream from the first event to the last.
final class Ours implements Peer {

  private final String name;
  private final ServiceProcess process;

  private Ours(String name, ServiceProcess process) {
    this.name = name;
    this.process = process;
  }

  /// Without documents beside the log.
  ///
  /// @param database as the setting `DATABASE_URL` takes it
  /// @param folder where the service keeps its files
  static Ours start(String database, Path folder) throws IOException, InterruptedException {
    return start("ours", database, folder, "off");
  }

  /// With documents about its runs and threads, kept beside the log.
  ///
  /// @param database of its own: whoever keeps documents keeps those of all runs that are there
  static Ours projecting(String database, Path folder) throws IOException, InterruptedException {
    return start("ours with projections", database, folder, "on");
  }

  private static Ours start(String name, String database, Path folder, String projections)
      throws IOException, InterruptedException {
    return new Ours(
        name,
        JavaProcess.start(
            RuntimeServer.class,
            Map.of(
                "DATABASE_URL",
                database,
                "OA_DATA_DIR",
                folder.toString(),
                "OA_HTTP_PORT",
                "0",
                "OA_PROJECTIONS",
                projections)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public URI address() {
    return process.address();
  }

  @Override
  public void run(KeptConnection connection, int steps) {
    UUID runId = UUID.randomUUID();
    Answer stream =
        connection
            .post(
                "/internal/v1/runs?format=events",
                request(runId, RuntimeServer.agent(steps)),
                "text/event-stream")
            .successful();
    if (!stream.body().contains("\"run.completed\"")) {
      throw new IllegalStateException("a run did not complete: " + stream.body());
    }
  }

  private static String request(UUID runId, String agent) {
    return """
    {"runId":"%s","threadId":"peers-%s","userId":1,"authenticatedSession":true,\
    "toolPolicy":{"allow":[],"deny":[],"guestMode":false},"agent":"%s",\
    "firstFrame":{"frameId":"%s","type":"user_message","payload":{"text":"hello world"}}}\
    """
        .formatted(runId, runId, agent, UUID.randomUUID());
  }

  @Override
  public void close() {
    process.close();
  }
}
