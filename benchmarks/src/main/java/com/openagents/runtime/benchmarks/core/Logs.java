package com.openagents.runtime.benchmarks.core;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import com.openagents.runtime.event.ToolEvent.ToolStarted;
import com.openagents.runtime.event.ToolEvent.ToolSucceeded;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Builds the log of one run, of the shape that the runtime writes.
final class Logs {

  private static final RunId RUN = RunId.parse("0190a0c0-0000-7000-8000-000000000001");
  private static final NodeId NODE = new NodeId("node-1");
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int PIECES = 12;
  private static final String PIECE = "a few words, as a model says them ";

  private final List<Envelope> log = new ArrayList<>();

  private Logs() {
    add(new RunCreated(spec(), Digest.ofText("request")));
  }

  /// The beginning of one long turn whose steps ask a model and call a tool; no pieces of texts,
  /// which a fold leaves out.
  ///
  /// @param events how long the log is
  static List<Envelope> turn(int events) {
    Logs logs = new Logs();
    long frame = logs.message(1);
    logs.add(new RunStarted(NODE));
    for (int step = 1; logs.log.size() < events; step++) {
      logs.step(1, step, frame, false);
    }
    return logs.first(events);
  }

  /// The beginning of a session of many short turns.
  ///
  /// @param events how long the log is
  /// @param pieces whether texts also came in pieces
  static List<Envelope> session(int events, boolean pieces) {
    Logs logs = new Logs();
    for (int turn = 1; logs.log.size() < events; turn++) {
      long frame = logs.message(turn);
      logs.add(turn == 1 ? new RunStarted(NODE) : new RunResumed(NODE, RunResumed.Cause.FRAMES));
      logs.step(turn, 1, frame, pieces);
      logs.step(turn, 2, frame, pieces);
      logs.add(new RunWaiting(WaitingFor.FRAMES, null));
    }
    return logs.first(events);
  }

  /// The same log as a store gives it.
  static List<StoredEvent> stored(List<Envelope> log) {
    return log.stream().map(Logs::stored).toList();
  }

  private static StoredEvent stored(Envelope e) {
    Event event = e.event();
    return new StoredEvent(
        e.runId(),
        e.seq(),
        event.type(),
        event.version(),
        EventCodec.payload(event),
        e.occurredAt(),
        e.traceId(),
        e.epoch());
  }

  private long message(int turn) {
    Json.Obj payload = Json.object().put("text", "What about number " + turn + "?").build();
    return add(
        new FrameAccepted(
            new FrameId("frame-" + turn),
            "user_message",
            payload,
            FrameAccepted.contentOf("user_message", payload),
            null,
            null));
  }

  private void step(int turn, int step, long frame, boolean pieces) {
    String at = turn + "." + step;
    add(
        new StepStarted(
            turn,
            step,
            frame,
            List.of(
                new IntentRecord(at + ".0", "predict", Json.Obj.EMPTY),
                new IntentRecord(
                    at + ".1", "call_tool", Json.object().put("name", "search").build()))));
    speak(at + ".0.1", pieces);
    call(at + ".1");
    add(new StepFinished(turn, step, "done"));
  }

  private void speak(String id, boolean pieces) {
    add(new MessageStarted(id));
    for (int piece = 0; pieces && piece < PIECES; piece++) {
      add(new MessageDelta(id, PIECE));
    }
    ModelUse model = new ModelUse("openai", "gpt", "stop", 1_200L, 80L);
    add(new MessageCompleted(id, PIECE.repeat(PIECES), Outcome.COMPLETE, model));
  }

  private void call(String id) {
    Json.Obj output = Json.object().put("found", 3).put("first", PIECE).build();
    add(new ToolRequested(id, "search", Json.object().put("q", "leases").build(), "none"));
    add(new ToolStarted(id, 1));
    add(new ToolSucceeded(id, output, Digest.of(output), 5));
  }

  private long add(Event event) {
    long seq = log.size() + 1L;
    log.add(new Envelope(RUN, seq, event, BEGIN.plusMillis(seq), null, seq > 2 ? 1L : null));
    return seq;
  }

  private List<Envelope> first(int events) {
    return List.copyOf(log.subList(0, events));
  }

  private static RunSpec spec() {
    return new RunSpec(
        new ThreadId("thread-1"),
        new Principal.User(1),
        new RunSpec.AgentRef("assistant", 1),
        RunSpec.Lifecycle.SESSION,
        RunSpec.WhileBusy.ENQUEUE,
        new RunSpec.Session(null, true),
        RunSpec.ToolPolicy.OPEN,
        null,
        null,
        null,
        Json.Obj.EMPTY);
  }
}
