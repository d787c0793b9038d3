package com.openagents.runtime.stream;

import static com.openagents.runtime.stream.Logs.DIGEST;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.event.RunEvent.RunCancelRequested;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.ToolEvent.ToolApprovalRequested;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.ToolEvent.ToolCanceled;
import com.openagents.runtime.event.ToolEvent.ToolFailed;
import com.openagents.runtime.event.ToolEvent.ToolLateResult;
import com.openagents.runtime.event.ToolEvent.ToolProgress;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import com.openagents.runtime.event.ToolEvent.ToolStarted;
import com.openagents.runtime.event.ToolEvent.ToolSucceeded;
import com.openagents.runtime.event.ToolEvent.ToolTimedOut;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Runs as they happen, by name: what their streams and documents must be, byte for byte, is on
/// file.
public final class GoldenLogs {

  static final Map<String, Mapping<?>> FORMATS =
      Map.of(
          "events", new EventsMapping(),
          "ai-sdk-5", new AiSdkMapping(5),
          "ai-sdk-6", new AiSdkMapping(6),
          "ai-sdk-7", new AiSdkMapping(7),
          "ag-ui", new AgUiMapping());

  private static final NodeId NODE = new NodeId("node-1");

  private GoldenLogs() {}

  public static Map<String, List<Event>> all() {
    Map<String, List<Event>> logs = new LinkedHashMap<>();
    logs.put("answer", answer());
    logs.put("interrupted", interrupted());
    logs.put("failed", failed());
    logs.put("canceled", canceled());
    logs.put("tools", tools());
    logs.put("session", session());
    logs.put("forked", forked());
    return logs;
  }

  /// A model thinks and answers.
  private static List<Event> answer() {
    return List.of(
        Logs.created(),
        frame("f1", "What is a lease?"),
        new RunStarted(NODE),
        answering(),
        new ReasoningStarted("1.1.0.1.reasoning"),
        new ReasoningDelta("1.1.0.1.reasoning", "The user asks about leases.\n"),
        new ReasoningDelta("1.1.0.1.reasoning", "Keep it short."),
        new ReasoningCompleted(
            "1.1.0.1.reasoning", "The user asks about leases.\nKeep it short.", Outcome.COMPLETE),
        new MessageStarted("1.1.0.1"),
        new MessageDelta("1.1.0.1", "A lease is a right "),
        new MessageDelta("1.1.0.1", "that runs out.\n\n```\n\"ttl\": 30\\s\n```\n"),
        new MessageDelta("1.1.0.1", "🎉 Größe: ≤ 30 s\u2028"),
        new MessageCompleted(
            "1.1.0.1",
            "A lease is a right that runs out.\n\n```\n\"ttl\": 30\\s\n```\n🎉 Größe: ≤ 30 s\u2028",
            Outcome.COMPLETE,
            new ModelUse("openai", "gpt", "stop", 12L, 20L)),
        new StepFinished(1, 1, "done"),
        new RunCompleted());
  }

  /// The executor dies in the middle of a message; another one begins anew.
  private static List<Event> interrupted() {
    return List.of(
        Logs.created(),
        frame("f1", "hello"),
        new RunStarted(NODE),
        answering(),
        new MessageStarted("1.1.0.1"),
        new MessageDelta("1.1.0.1", "Half a sen"),
        new RunExecutorLost(NODE, 1, 1, 0),
        new RunResumed(new NodeId("node-2"), RunResumed.Cause.RECOVERY),
        new MessageCompleted("1.1.0.1", "Half a sen", Outcome.INTERRUPTED, null),
        new MessageStarted("1.1.0.2"),
        new MessageDelta("1.1.0.2", "A whole sentence."),
        new MessageCompleted(
            "1.1.0.2",
            "A whole sentence.",
            Outcome.COMPLETE,
            new ModelUse("openai", "gpt", "length", 3L, null)),
        new StepFinished(1, 1, "done"),
        new RunCompleted());
  }

  /// The run fails while a message is open.
  private static List<Event> failed() {
    return List.of(
        Logs.created(),
        frame("f1", "hello"),
        new RunStarted(NODE),
        step(1),
        new MessageStarted("1.1.0.1"),
        new MessageDelta("1.1.0.1", "I think"),
        new RunLimitWarning("turn_deadline", 80, 100),
        new RunFailed(ReasonClass.MODEL_UNAVAILABLE, "The model does not answer."));
  }

  /// A cancel request arrives while a message and a tool are open.
  private static List<Event> canceled() {
    return List.of(
        Logs.created(),
        frame("f1", "hello"),
        new RunStarted(NODE),
        step(1),
        new ToolRequested("1.1.0", "search", Json.object().put("q", "x").build(), "none"),
        new MessageStarted("1.1.1.1"),
        new MessageDelta("1.1.1.1", "I am looking"),
        new RunCancelRequested("changed my mind", "owner"),
        new RunCanceled(ReasonClass.CANCEL_REQUESTED, "changed my mind"),
        new ToolLateResult("1.1.0", Json.of("found after all")));
  }

  /// Every way that a tool call can end, and an approval.
  private static List<Event> tools() {
    return List.of(
        Logs.created(),
        frame("f1", "do things"),
        new RunStarted(NODE),
        step(1),
        new ToolRequested("t1", "search", Json.object().put("q", "x").build(), "none"),
        new ToolStarted("t1", 1),
        new ToolProgress("t1", Json.object().put("done", 1).put("of", 2).build()),
        new ToolSucceeded("t1", Json.NULL, DIGEST, 5),
        new ToolRequested("t2", "fetch", Json.Obj.EMPTY, "safe_retry"),
        new ToolFailed("t2", "http_500", "The page does not answer."),
        new ToolRequested("t3", "slow", Json.object().put("none", Json.NULL).build(), "none"),
        new ToolTimedOut("t3", 30_000),
        new ToolRequested("t4", "pay", Json.object().put("sats", 100).build(), "none"),
        new ToolApprovalRequested("t4", "a4", DIGEST, Instant.parse("2026-01-01T01:00:00Z")),
        new RunWaiting(WaitingFor.APPROVAL, Instant.parse("2026-01-01T01:00:00Z")),
        new ToolApprovalResolved("t4", "a4", false, "frame", "too much"),
        new RunResumed(NODE, RunResumed.Cause.FRAMES),
        new ToolCanceled("t4", "approval denied"),
        new ToolRequested("t5", "pay", Json.object().put("sats", 1).build(), "none"),
        new ToolApprovalRequested("t5", "a5", DIGEST, Instant.parse("2026-01-01T01:00:00Z")),
        new ToolApprovalResolved("t5", "a5", true, "frame", null),
        new ToolSucceeded("t5", Json.object().put("paid", true).build(), DIGEST, 7),
        new StepFinished(1, 1, "done"),
        step(2),
        new MessageStarted("1.2.0.1"),
        new MessageCompleted("1.2.0.1", "Done.", Outcome.COMPLETE, null),
        new StepFinished(1, 2, "done"),
        new RunCompleted());
  }

  /// A session rests twice for people: for the next message, and for an approval of no tool.
  private static List<Event> session() {
    Instant later = Instant.parse("2026-01-01T01:00:00Z");
    return List.of(
        Logs.created(),
        frame("f1", "hello"),
        new RunStarted(NODE),
        answering(),
        new MessageStarted("1.1.0.1"),
        new MessageDelta("1.1.0.1", "Hello."),
        new MessageCompleted(
            "1.1.0.1", "Hello.", Outcome.COMPLETE, new ModelUse("openai", "gpt", "stop", 12L, 20L)),
        new StepFinished(1, 1, "done"),
        new RunWaiting(WaitingFor.FRAMES, later),
        new RunLimitWarning("events", 80, 100),
        frame("f2", "Delete it."),
        new RunResumed(NODE, RunResumed.Cause.FRAMES),
        new StepStarted(
            2,
            1,
            11,
            List.of(
                new IntentRecord(
                    "2.1.0",
                    "request_approval",
                    Json.object().put("subject", "Delete the file?").build()),
                new IntentRecord("2.1.1", "say", Json.Obj.EMPTY))),
        new ToolApprovalRequested("2.1.0", "2.1.0", DIGEST, later),
        new RunWaiting(WaitingFor.APPROVAL, later),
        new RunResumed(NODE, RunResumed.Cause.FRAMES),
        new ToolApprovalResolved("2.1.0", "2.1.0", true, "frame", "go on"),
        new MessageStarted("2.1.1"),
        new MessageCompleted("2.1.1", "Deleted.", Outcome.COMPLETE, null),
        new StepFinished(2, 1, "done"),
        new RunWaiting(WaitingFor.FRAMES, later),
        new RunResumed(NODE, RunResumed.Cause.FRAMES),
        new RunCompleted());
  }

  /// A fork of a run that was asking for approval and speaking; another message is answered.
  private static List<Event> forked() {
    return List.of(
        Logs.created(),
        frame("f1", "do things"),
        new RunStarted(NODE),
        step(1),
        new ToolRequested("t1", "pay", Json.object().put("sats", 100).build(), "none"),
        new ToolApprovalRequested("t1", "a1", DIGEST, Instant.parse("2026-01-01T01:00:00Z")),
        new MessageStarted("1.1.0.1"),
        new MessageDelta("1.1.0.1", "While you th"),
        new RunForked(new RunId(new UUID(0, 7)), 8),
        frame("f2", "Forget it."),
        new RunResumed(NODE, RunResumed.Cause.FRAMES),
        new StepStarted(2, 1, 10, List.of(new IntentRecord("2.1.0", "predict", Json.Obj.EMPTY))),
        new MessageStarted("2.1.0.1"),
        new MessageDelta("2.1.0.1", "Forgotten."),
        new MessageCompleted("2.1.0.1", "Forgotten.", Outcome.COMPLETE, null),
        new StepFinished(2, 1, "done"),
        new RunCompleted());
  }

  private static FrameAccepted frame(String id, String text) {
    Json.Obj payload = Json.object().put("text", text).build();
    return new FrameAccepted(
        new FrameId(id), "user_message", payload, Digest.of(payload), null, null);
  }

  /// The decision of an agent that answers and then waits.
  private static StepStarted answering() {
    return new StepStarted(
        1,
        1,
        2,
        List.of(
            new IntentRecord("1.1.0", "predict", Json.Obj.EMPTY),
            new IntentRecord("1.1.1", "await_frames", Json.Obj.EMPTY)));
  }

  private static StepStarted step(int step) {
    IntentRecord intent = new IntentRecord("1." + step + ".0", "predict", Json.Obj.EMPTY);
    return new StepStarted(1, step, 2, List.of(intent));
  }
}
