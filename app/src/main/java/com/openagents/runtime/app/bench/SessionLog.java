package com.openagents.runtime.app.bench;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import com.openagents.runtime.event.ToolEvent.ToolStarted;
import com.openagents.runtime.event.ToolEvent.ToolSucceeded;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.FrameKey;
import com.openagents.runtime.log.Precondition;
import java.util.ArrayList;
import java.util.List;

/// The log of a session as the runtime writes it: turns whose steps ask a model and call a tool.
final class SessionLog {

  private static final NodeId NODE = new NodeId("bench");
  private static final int PIECES = 8;
  private static final String PIECE = "a few words, as a model says them ";
  private static final int STEP_EVENTS = 7 + PIECES;
  private static final int OTHER_EVENTS = 3;

  private SessionLog() {}

  /// How many events so many turns append.
  static int events(int turns, int steps) {
    return turns * (OTHER_EVENTS + steps * STEP_EVENTS);
  }

  /// Appends turns to a run.
  ///
  /// @param first number of the first of them
  static void write(EventLog log, RunId runId, int first, int turns, int steps) {
    long seq = log.head(runId).orElseThrow().lastSeq();
    for (int turn = first; turn < first + turns; turn++) {
      Appended appended = log.append(turn(runId, turn, steps, seq + 1));
      if (!(appended instanceof Appended.Written written)) {
        throw new IllegalStateException("a turn was refused: " + appended);
      }
      seq = written.lastSeq();
    }
  }

  private static Append turn(RunId runId, int turn, int steps, long frame) {
    Json.Obj payload = Json.object().put("text", "What about number " + turn + "?").build();
    Digest content = FrameAccepted.contentOf("user_message", payload);
    FrameId frameId = new FrameId("s-" + turn);
    List<Event.Known> events = new ArrayList<>();
    events.add(new FrameAccepted(frameId, "user_message", payload, content, null, null));
    events.add(turn == 1 ? new RunStarted(NODE) : new RunResumed(NODE, RunResumed.Cause.FRAMES));
    for (int step = 1; step <= steps; step++) {
      events.addAll(step(turn, step, frame));
    }
    events.add(new RunWaiting(WaitingFor.FRAMES, null));
    return Append.of(runId, Precondition.OPEN, events).with(new FrameKey(frameId, content));
  }

  private static List<Event.Known> step(int turn, int step, long frame) {
    String predict = turn + "." + step + ".0";
    String call = turn + "." + step + ".1";
    List<Event.Known> events = new ArrayList<>();
    Json.Obj tool = Json.object().put("name", "search").build();
    events.add(
        new StepStarted(
            turn,
            step,
            frame,
            List.of(
                new IntentRecord(predict, "predict", Json.Obj.EMPTY),
                new IntentRecord(call, "call_tool", tool))));
    String message = predict + ".1";
    events.add(new MessageStarted(message));
    for (int piece = 0; piece < PIECES; piece++) {
      events.add(new MessageDelta(message, PIECE));
    }
    ModelUse model = new ModelUse("openai", "gpt", "stop", 1_200L, 80L);
    events.add(new MessageCompleted(message, PIECE.repeat(PIECES), Outcome.COMPLETE, model));
    Json.Obj output = Json.object().put("found", 3).put("first", PIECE).build();
    events.add(new ToolRequested(call, "search", Json.object().put("q", "leases").build(), "none"));
    events.add(new ToolStarted(call, 1));
    events.add(new ToolSucceeded(call, output, Digest.of(output), 5));
    events.add(new StepFinished(turn, step, "done"));
    return events;
  }
}
