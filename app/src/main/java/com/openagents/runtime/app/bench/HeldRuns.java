package com.openagents.runtime.app.bench;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.RunSpec.AgentRef;
import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.event.RunSpec.Session;
import com.openagents.runtime.event.RunSpec.ToolPolicy;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.FrameKey;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Runs that no executor takes up, for frames to be appended to. Thread-safe.
final class HeldRuns {

  static final String TEXT = "x".repeat(100);
  static final Principal.User OWNER = new Principal.User(1);
  private static final int SETUP_BATCH = 128;

  private final EventLog log;
  private final List<RunId> runs;
  private final AtomicLong frames = new AtomicLong();

  private HeldRuns(EventLog log, List<RunId> runs) {
    this.log = log;
    this.runs = List.copyOf(runs);
  }

  static HeldRuns create(EventLog log, int count) {
    List<RunId> runs = new ArrayList<>();
    for (int from = 0; from < count; from += SETUP_BATCH) {
      List<Append> starts = new ArrayList<>();
      for (int i = from; i < Math.min(count, from + SETUP_BATCH); i++) {
        RunId runId = new RunId(UUID.randomUUID());
        runs.add(runId);
        starts.add(start(runId));
      }
      log.append(starts);
    }
    return new HeldRuns(log, runs);
  }

  /// The run is held back by a wake-up time that never comes.
  private static Append start(RunId runId) {
    RunSpec spec =
        new RunSpec(
            new ThreadId("bench-" + runId),
            OWNER,
            new AgentRef("echo", 1),
            Lifecycle.SESSION,
            WhileBusy.ENQUEUE,
            new Session(null, true),
            ToolPolicy.OPEN,
            null,
            null,
            null,
            null);
    return Append.of(
            runId,
            Precondition.FRESH.ownedBy(OWNER),
            List.of(new RunCreated(spec, Digest.ofText(runId.toString()))))
        .with(new Columns(new Run.Created(), 0))
        .with(Wake.NEVER);
  }

  List<RunId> all() {
    return runs;
  }

  /// Appends a frame that is not there yet, durably and idempotently.
  void append(RunId runId) {
    FrameId frameId = new FrameId("f-" + frames.incrementAndGet());
    Json.Obj payload = Json.object().put("text", TEXT).build();
    Digest content = Digest.of(payload);
    FrameAccepted frame = new FrameAccepted(frameId, "user_message", payload, content, null, null);
    Appended outcome =
        log.append(
            Append.of(runId, Precondition.OPEN.ownedBy(OWNER), List.of(frame))
                .with(new FrameKey(frameId, content))
                .with(Wake.KEEP));
    if (!(outcome instanceof Appended.Written)) {
      throw new IllegalStateException("an append was refused: " + outcome);
    }
  }
}
