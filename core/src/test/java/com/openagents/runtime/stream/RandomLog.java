package com.openagents.runtime.stream;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.ToolEvent.ToolApprovalRequested;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.ToolEvent.ToolCanceled;
import com.openagents.runtime.event.ToolEvent.ToolFailed;
import com.openagents.runtime.event.ToolEvent.ToolProgress;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import com.openagents.runtime.event.ToolEvent.ToolSucceeded;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Events in any order, most of which could not follow each other: what holds of every log holds of
/// these.
final class RandomLog {

  private static final List<String> TEXTS = List.of("", "a", "line\nbreak", "é🎉", "\"quoted\"");

  private final RandomGenerator random;

  private RandomLog(RandomGenerator random) {
    this.random = random;
  }

  static List<Event> of(RandomGenerator random, int length) {
    RandomLog log = new RandomLog(random);
    List<Event> events = new ArrayList<>();
    events.add(Logs.created());
    while (events.size() < length - 1) {
      events.add(log.event());
    }
    events.add(log.terminal());
    return events;
  }

  private Event event() {
    return switch (random.nextInt(20)) {
      case 0, 1 -> new MessageStarted(id("m"));
      case 2, 3, 4, 5 -> new MessageDelta(id("m"), text());
      case 6 -> new MessageCompleted(id("m"), text() + text() + text(), outcome(), model());
      case 7 -> new ReasoningStarted(id("r"));
      case 8, 9 -> new ReasoningDelta(id("r"), text());
      case 10 -> new ReasoningCompleted(id("r"), text() + text(), outcome());
      case 11 -> new StepStarted(1, 1, 1, List.of());
      case 12 -> new StepFinished(1, 1, "done");
      case 13, 14, 15, 16 -> tool();
      case 17 -> new RunStarted(new NodeId("n"));
      case 18 -> notice();
      default ->
          random.nextInt(10) == 0
              ? terminal()
              : new Event.Unrecognized("future.event", 3, Json.object().put("a", 1).build());
    };
  }

  private Event tool() {
    String id = id("t");
    return switch (random.nextInt(8)) {
      case 0, 1 -> new ToolRequested(id, "search", Json.object().put("q", text()).build(), "none");
      case 2 -> new ToolApprovalRequested(id, "a" + id, Logs.DIGEST, Instant.EPOCH);
      case 3 -> new ToolApprovalResolved(id, "a" + id, random.nextBoolean(), "frame", null);
      case 4 -> new ToolSucceeded(id, Json.NULL, Logs.DIGEST, 1);
      case 5 -> new ToolFailed(id, "failed", text());
      case 6 -> new ToolCanceled(id, null);
      default -> new ToolProgress(id, Json.of(text()));
    };
  }

  private Event notice() {
    return switch (random.nextInt(6)) {
      case 0 -> new RunWaiting(WaitingFor.FRAMES, null);
      case 1 -> new RunWaiting(WaitingFor.APPROVAL, null);
      case 2 -> new RunResumed(new NodeId("n"), RunResumed.Cause.FRAMES);
      case 3 -> new RunForked(new RunId(new UUID(0, 1)), 3);
      case 4 -> new RunExecutorLost(new NodeId("n"), 1, 1, 0);
      default -> new RunLimitWarning("events", 8, 10);
    };
  }

  private Event terminal() {
    return switch (random.nextInt(3)) {
      case 0 -> new RunCompleted();
      case 1 -> new RunFailed(ReasonClass.AGENT_ERROR, text());
      default -> new RunCanceled(ReasonClass.CANCEL_REQUESTED, text());
    };
  }

  private String id(String of) {
    return of + random.nextInt(2);
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private Outcome outcome() {
    return random.nextInt(4) == 0 ? Outcome.INTERRUPTED : Outcome.COMPLETE;
  }

  private ModelUse model() {
    return new ModelUse("offline", "n", random.nextBoolean() ? "length" : "odd", 1L, null);
  }
}
