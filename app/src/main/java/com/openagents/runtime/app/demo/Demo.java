package com.openagents.runtime.app.demo;

import static java.util.stream.Collectors.joining;

import com.openagents.runtime.app.logging.Unprintable;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RunStream;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.http.client.SseEvent;
import com.openagents.runtime.identity.RunId;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Starts a run like any client, and follows its log.
public final class Demo {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RuntimeClient client;
  private final PrintWriter out;
  private final StringBuilder answer = new StringBuilder();
  private long events;
  private String end = "";

  /// What came of it.
  ///
  /// @param end the type of the last event, or why there was no run
  /// @param answer what the agent said
  public record Result(RunId runId, String end, long events, String answer) {
    public boolean completed() {
      return end.equals("run.completed");
    }
  }

  /// @param out shown what happens, as it happens
  public Demo(RuntimeClient client, PrintWriter out) {
    this.client = client;
    this.out = out;
  }

  /// Runs one turn of an agent for user 1.
  public Result run(String agent, String message) {
    RunId runId = new RunId(UUID.randomUUID());
    Reply started = client.start(request(runId, agent, message));
    if (!started.successful()) {
      out.println("the run was refused: " + Unprintable.escaped(started.problem()));
      return new Result(runId, started.problem(), 0, "");
    }
    out.println("run      " + runId);
    out.println("you      " + message);
    out.print("agent    ");
    out.flush();
    RunStream stream =
        new RunStream(client, runId, "events", pause -> LockSupport.parkNanos(pause.toNanos()));
    Optional<Reply> refused = stream.follow(PATIENCE, this::show);
    out.println();
    out.println("log      " + events + " events, the last one " + end);
    out.flush();
    refused.ifPresent(reply -> end = reply.problem());
    return new Result(runId, end, events, answer.toString());
  }

  private void show(SseEvent block) {
    Json.Obj event = JsonReader.readObject(Objects.requireNonNull(block.data()), JsonLimits.STORED);
    events++;
    end = text(event, "type");
    if (event.get("payload") instanceof Json.Obj payload) {
      switch (end) {
        case "message.delta" -> {
          answer.append(text(payload, "text"));
          out.print(printable(text(payload, "text")));
        }
        case "run.failed" -> out.print("[" + Unprintable.escaped(text(payload, "message")) + "]");
        default -> {}
      }
      out.flush();
    }
  }

  /// Lines as they are, and escapes for what would steer a terminal.
  private static String printable(String text) {
    return Stream.of(text.split("\n", -1)).map(Unprintable::escaped).collect(joining("\n"));
  }

  private static String text(Json.Obj object, String field) {
    return object.get(field) instanceof Json.Str(String text) ? text : "";
  }

  private static Json.Obj request(RunId runId, String agent, String message) {
    Json.Obj policy =
        Json.object()
            .put("allow", Json.array(List.of()))
            .put("deny", Json.array(List.of()))
            .put("guestMode", false)
            .build();
    Json.Obj frame =
        Json.object()
            .put("frameId", "frame-1")
            .put("type", "user_message")
            .put("payload", Json.object().put("text", message).build())
            .build();
    return Json.object()
        .put("runId", runId.toString())
        .put("threadId", "demo-" + runId)
        .put("userId", 1)
        .put("authenticatedSession", true)
        .put("toolPolicy", policy)
        .put("agent", agent)
        .put("firstFrame", frame)
        .build();
  }
}
