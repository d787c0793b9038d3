package com.openagents.runtime.run;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.event.RunEvent.RunCancelRequested;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunEvent.RunResumed.Cause;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.ToolEvent.ToolApprovalRequested;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Whole logs as executors write them, at random: turns of several steps, frames that arrive at any
/// time, texts in pieces, interruptions and recoveries. Every text that begins also ends.
final class RunLogs {

  private static final NodeId NODE = new NodeId("node-a");

  private final SplittableRandom random;
  private final List<Event> log = new ArrayList<>();
  private int frames;
  private int texts;

  private RunLogs(long seed) {
    random = new SplittableRandom(seed);
  }

  static List<Event> random(long seed) {
    RunLogs logs = new RunLogs(seed);
    logs.write();
    return logs.log;
  }

  private void write() {
    log.add(new RunCreated(RunWalk.SPEC, Digest.ofText("request")));
    log.add(frame("user_message"));
    log.add(new RunStarted(NODE));
    int turns = 1 + random.nextInt(4);
    for (int turn = 1; turn <= turns; turn++) {
      turn(turn);
      if (turn < turns) {
        log.add(new RunWaiting(WaitingFor.FRAMES, null));
        log.add(frame("user_message"));
        log.add(new RunResumed(NODE, Cause.FRAMES));
      }
    }
    end();
  }

  private void turn(int turn) {
    long consumesThrough = log.size();
    int steps = 1 + random.nextInt(3);
    for (int step = 1; step <= steps; step++) {
      List<IntentRecord> intents = new ArrayList<>();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        String id = turn + "." + step + "." + intents.size();
        intents.add(new IntentRecord(id, kind(), Json.object().put("nr", i).build()));
      }
      log.add(new StepStarted(turn, step, step == 1 ? consumesThrough : 0, intents));
      intents.forEach(this::actOn);
      log.add(new StepFinished(turn, step, "done"));
    }
  }

  private String kind() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> "request_approval";
      case 2 -> "sleep_until";
      case 3 -> "think";
      default -> "predict";
    };
  }

  private void actOn(IntentRecord intent) {
    switch (intent.kind()) {
      case "request_approval" -> approval(intent.id());
      case "sleep_until" -> sleep();
      case "think" -> reasoning(intent.id());
      default -> answer(intent);
    }
  }

  private void sleep() {
    log.add(new RunWaiting(WaitingFor.TIMER, Instant.EPOCH));
    maybeFrame();
    log.add(new RunLimitWarning("run_deadline", 8, 10));
    log.add(new RunResumed(NODE, Cause.TIMER));
  }

  private void answer(IntentRecord intent) {
    int attempt = 1;
    while (random.nextInt(3) == 0) {
      text(intent.id() + "." + attempt++, Outcome.INTERRUPTED);
    }
    text(intent.id() + "." + attempt, Outcome.COMPLETE);
  }

  private void approval(String id) {
    log.add(new ToolApprovalRequested(id, id, Digest.ofText(id), Instant.EPOCH));
    log.add(new RunWaiting(WaitingFor.APPROVAL, Instant.EPOCH));
    maybeFrame();
    if (random.nextBoolean()) {
      log.add(
          frame(
              "tool_approval", Json.object().put("approvalId", id).put("approved", true).build()));
    }
    log.add(new RunResumed(NODE, Cause.FRAMES));
    log.add(new ToolApprovalResolved(id, id, random.nextBoolean(), "frame", null));
  }

  private void text(String id, Outcome outcome) {
    if (random.nextInt(3) == 0) {
      reasoning(id + ".reasoning");
    }
    log.add(new MessageStarted(id));
    StringBuilder whole = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      String piece = "piece " + texts++ + " ";
      whole.append(piece);
      log.add(new MessageDelta(id, piece));
      maybeFrame();
    }
    if (outcome == Outcome.INTERRUPTED) {
      log.add(new RunExecutorLost(NODE, 1, 1 + random.nextInt(3), 0));
      maybeFrame();
      log.add(new RunResumed(NODE, Cause.RECOVERY));
    }
    log.add(new MessageCompleted(id, whole.toString(), outcome, null));
  }

  private void reasoning(String id) {
    log.add(new ReasoningStarted(id));
    log.add(new ReasoningDelta(id, "hm "));
    maybeFrame();
    log.add(new ReasoningDelta(id, "aha"));
    log.add(new ReasoningCompleted(id, "hm aha", Outcome.COMPLETE));
  }

  private void end() {
    switch (random.nextInt(4)) {
      case 0 -> {
        log.add(new RunCancelRequested(null, "owner"));
        log.add(new RunCanceled(ReasonClass.CANCEL_REQUESTED, null));
      }
      case 1 -> log.add(new RunCompleted());
      case 2 -> log.add(new RunWaiting(WaitingFor.FRAMES, Instant.EPOCH));
      default -> log.add(new RunLimitWarning("events", 8, 10));
    }
  }

  private void maybeFrame() {
    if (random.nextInt(4) == 0) {
      log.add(frame(random.nextBoolean() ? "user_message" : "note"));
    }
  }

  private FrameAccepted frame(String type) {
    return frame(type, Json.object().put("text", "frame " + frames).build());
  }

  private FrameAccepted frame(String type, Json.Obj payload) {
    return new FrameAccepted(
        new FrameId("f" + frames++), type, payload, Digest.of(payload), null, null);
  }
}
