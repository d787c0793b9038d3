package com.openagents.runtime.app.bench;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Credentials;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RunStream;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.identity.RunId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/// What user 1 asks of a service over HTTP.
final class Requests {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final RuntimeClient client;

  Requests(URI address) {
    client = new RuntimeClient(address, Credentials.unsigned(HeldRuns.OWNER));
  }

  /// Starts a run that takes frames later.
  RunId session(String agent) {
    RunId runId = new RunId(UUID.randomUUID());
    accepted(client.start(run(runId, agent).put("lifecycle", "session").build()));
    return runId;
  }

  /// Starts a run with one message, which ends when the turn does.
  RunId turn(String agent) {
    RunId runId = new RunId(UUID.randomUUID());
    accepted(client.start(run(runId, agent).put("firstFrame", frame("user_message")).build()));
    return runId;
  }

  /// Reads a run's events until it has ended.
  void end(RunId runId) {
    RunStream stream =
        new RunStream(client, runId, "events", pause -> LockSupport.parkNanos(pause.toNanos()));
    stream
        .follow(PATIENCE, _ -> {})
        .ifPresent(refusal -> {
          throw new IllegalStateException("a stream was refused: " + refusal.problem());
        });
  }

  /// Leaves a note: a frame that begins no turn.
  void note(RunId runId) {
    accepted(client.send(runId, frame("note")));
  }

  /// Asks how a run is.
  void look(RunId runId) {
    accepted(client.run(runId));
  }

  void cancel(RunId runId) {
    accepted(client.cancel(runId, "measured"));
  }

  private static void accepted(Reply reply) {
    if (!reply.successful()) {
      throw new IllegalStateException("a request was refused: " + reply.problem());
    }
  }

  private static Json.Builder run(RunId runId, String agent) {
    Json.Arr none = Json.array(List.of());
    return Json.object()
        .put("runId", runId.toString())
        .put("threadId", "bench-" + runId)
        .put("userId", 1)
        .put("authenticatedSession", true)
        .put(
            "toolPolicy",
            Json.object().put("allow", none).put("deny", none).put("guestMode", false).build())
        .put("agent", agent);
  }

  private static Json.Obj frame(String type) {
    return Json.object()
        .put("frameId", UUID.randomUUID().toString())
        .put("type", type)
        .put("payload", Json.object().put("text", "What is measured here?").build())
        .build();
  }
}
