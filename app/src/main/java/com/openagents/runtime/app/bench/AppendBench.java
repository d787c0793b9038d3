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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Durable idempotent appends of frames through the library, from many callers to many runs.
final class AppendBench {

  static final int RUNS = 10_000;
  static final String TEXT = "x".repeat(100);
  private static final Principal OWNER = new Principal.User(1);
  private static final int SETUP_BATCH = 128;

  private final EventLog log;
  private final List<RunId> runs = new ArrayList<>();
  private final AtomicLong frames = new AtomicLong();

  AppendBench(EventLog log) {
    this.log = log;
  }

  /// Creates the runs that the load writes to.
  void prepare() {
    for (int from = 0; from < RUNS; from += SETUP_BATCH) {
      List<Append> starts = new ArrayList<>();
      for (int i = from; i < Math.min(RUNS, from + SETUP_BATCH); i++) {
        RunId runId = new RunId(UUID.randomUUID());
        runs.add(runId);
        starts.add(start(runId));
      }
      log.append(starts);
    }
  }

  /// The run is held back by a wake-up time that never comes, so that only appends are measured.
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

  Window run(int callers, Duration time) throws InterruptedException {
    return Load.run(callers, time, _ -> this::appendOne);
  }

  private void appendOne() {
    RunId runId = runs.get(ThreadLocalRandom.current().nextInt(runs.size()));
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
