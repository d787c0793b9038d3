package com.openagents.runtime.projection;

import static com.openagents.runtime.run.SavedFields.text;
import static com.openagents.runtime.run.SavedFields.time;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import java.time.Instant;

/// What never changes of a run: every document of it says this.
public record RunSubject(
    RunId runId, ThreadId threadId, Principal owner, String agent, Instant createdAt) {

  /// The subject of a log by its first event.
  ///
  /// @throws IllegalArgumentException when a log does not begin so
  public static RunSubject of(Envelope first) {
    if (first.seq() != 1 || !(first.event() instanceof RunCreated created)) {
      throw new IllegalArgumentException("a log begins with run.created: " + first.runId());
    }
    return new RunSubject(
        first.runId(),
        created.spec().threadId(),
        created.spec().owner(),
        created.spec().agent().name(),
        first.occurredAt());
  }

  void write(Json.Builder body) {
    body.put("runId", runId.toString())
        .put("threadId", threadId.value())
        .put("agent", agent)
        .put("createdAt", createdAt);
  }

  static RunSubject read(Json.Obj body) {
    return new RunSubject(
        RunId.parse(text(body, "runId")),
        new ThreadId(text(body, "threadId")),
        Principal.ofKey(text(body, "owner")),
        text(body, "agent"),
        time(body, "createdAt"));
  }
}
