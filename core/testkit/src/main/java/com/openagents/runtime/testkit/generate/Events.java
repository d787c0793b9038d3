package com.openagents.runtime.testkit.generate;

import com.openagents.runtime.event.DsEvent.DsPredicted;
import com.openagents.runtime.event.DsEvent.PolicyDecided;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.FrameEvent.FrameQuarantined;
import com.openagents.runtime.event.FrameEvent.Source;
import com.openagents.runtime.event.MemoryEvent.MemoryCompacted;
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
import com.openagents.runtime.event.RunEvent.RunChildEnded;
import com.openagents.runtime.event.RunEvent.RunChildStarted;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.RunSpec.AgentRef;
import com.openagents.runtime.event.RunSpec.Lifecycle;
import com.openagents.runtime.event.RunSpec.Session;
import com.openagents.runtime.event.RunSpec.ToolPolicy;
import com.openagents.runtime.event.RunSpec.WhileBusy;
import com.openagents.runtime.event.SpendEvent.SpendCommitted;
import com.openagents.runtime.event.SpendEvent.SpendReconcileRequired;
import com.openagents.runtime.event.SpendEvent.SpendReleased;
import com.openagents.runtime.event.SpendEvent.SpendReserved;
import com.openagents.runtime.event.StepEvent.CheckpointSaved;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.LoopDetected;
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
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Random events of every type: each lawful by itself, not in their order. Not thread-safe.
public final class Events {

  private final Values some;

  public Events(RandomGenerator random) {
    this.some = new Values(random);
  }

  /// One event of each type, in the order of [EventType].
  public List<Event.Known> oneOfEachType() {
    return Stream.of(EventType.values()).map(this::of).toList();
  }

  public Event.Known any() {
    return of(some.oneOf(EventType.class));
  }

  public Event.Known of(EventType type) {
    return switch (type) {
      case RUN_CREATED,
          RUN_STARTED,
          RUN_WAITING,
          RUN_RESUMED,
          RUN_CANCEL_REQUESTED,
          RUN_COMPLETED,
          RUN_FAILED,
          RUN_CANCELED,
          RUN_EXECUTOR_LOST,
          RUN_LIMIT_WARNING,
          RUN_FORKED,
          RUN_CHILD_STARTED,
          RUN_CHILD_ENDED ->
          run(type);
      case TOOL_REQUESTED,
          TOOL_APPROVAL_REQUESTED,
          TOOL_APPROVAL_RESOLVED,
          TOOL_STARTED,
          TOOL_PROGRESS,
          TOOL_SUCCEEDED,
          TOOL_FAILED,
          TOOL_CANCELED,
          TOOL_TIMED_OUT,
          TOOL_LATE_RESULT ->
          tool(type);
      case DS_PREDICTED,
          POLICY_DECIDED,
          SPEND_RESERVED,
          SPEND_COMMITTED,
          SPEND_RELEASED,
          SPEND_RECONCILE_REQUIRED ->
          evidence(type);
      default -> turn(type);
    };
  }

  private Event.Known run(EventType type) {
    return switch (type) {
      case RUN_CREATED -> new RunCreated(spec(), some.digest());
      case RUN_STARTED -> new RunStarted(some.node());
      case RUN_WAITING -> new RunWaiting(some.oneOf(WaitingFor.class), some.orNull(some::time));
      case RUN_RESUMED -> new RunResumed(some.node(), some.oneOf(RunResumed.Cause.class));
      case RUN_CANCEL_REQUESTED -> new RunCancelRequested(some.orNull(some::text), "operator");
      case RUN_COMPLETED -> new RunCompleted();
      case RUN_FAILED -> new RunFailed(some.oneOf(ReasonClass.class), some.text());
      case RUN_CANCELED -> new RunCanceled(some.oneOf(ReasonClass.class), some.orNull(some::text));
      case RUN_EXECUTOR_LOST ->
          new RunExecutorLost(some.node(), some.number(), some.count(), some.number());
      case RUN_LIMIT_WARNING -> new RunLimitWarning("events", some.number(), some.number());
      case RUN_FORKED -> new RunForked(some.runId(), some.number());
      case RUN_CHILD_STARTED -> new RunChildStarted(some.runId(), some.name());
      case RUN_CHILD_ENDED ->
          new RunChildEnded(
              some.runId(), "failed", some.orNull(() -> some.oneOf(ReasonClass.class)));
      default -> throw unexpected(type);
    };
  }

  private Event.Known turn(EventType type) {
    return switch (type) {
      case FRAME_ACCEPTED ->
          new FrameAccepted(
              some.frameId(),
              some.name(),
              some.object(),
              some.digest(),
              some.orNull(() -> new Source(some.name(), some.orNull(some::name))),
              some.orNull(some::time));
      case FRAME_QUARANTINED -> new FrameQuarantined(some.frameId(), some.name(), some.count());
      case STEP_STARTED ->
          new StepStarted(some.count(), some.count(), some.number(), List.of(intent(), intent()));
      case STEP_FINISHED -> new StepFinished(some.count(), some.count(), "done");
      case MESSAGE_STARTED -> new MessageStarted(some.name());
      case MESSAGE_DELTA -> new MessageDelta(some.name(), some.text());
      case MESSAGE_COMPLETED ->
          new MessageCompleted(
              some.name(), some.text(), some.oneOf(Outcome.class), some.orNull(this::modelUse));
      case REASONING_STARTED -> new ReasoningStarted(some.name());
      case REASONING_DELTA -> new ReasoningDelta(some.name(), some.text());
      case REASONING_COMPLETED ->
          new ReasoningCompleted(some.name(), some.text(), some.oneOf(Outcome.class));
      case MEMORY_COMPACTED ->
          new MemoryCompacted(
              some.name(),
              1 + some.below(3),
              some.time(),
              some.time(),
              some.count(),
              some.digest());
      case CHECKPOINT_SAVED -> new CheckpointSaved(some.number(), some.digest());
      case LOOP_DETECTED -> new LoopDetected(some.name(), "critical", some.count(), some.text());
      default -> throw unexpected(type);
    };
  }

  private Event.Known tool(EventType type) {
    String call = some.name();
    return switch (type) {
      case TOOL_REQUESTED -> new ToolRequested(call, some.name(), some.object(), "safe_retry");
      case TOOL_APPROVAL_REQUESTED ->
          new ToolApprovalRequested(call, some.name(), some.digest(), some.time());
      case TOOL_APPROVAL_RESOLVED ->
          new ToolApprovalResolved(
              call, some.name(), some.chance(), "owner", some.orNull(some::text));
      case TOOL_STARTED -> new ToolStarted(call, some.count());
      case TOOL_PROGRESS -> new ToolProgress(call, some.json());
      case TOOL_SUCCEEDED -> new ToolSucceeded(call, some.json(), some.digest(), some.number());
      case TOOL_FAILED -> new ToolFailed(call, some.name(), some.text());
      case TOOL_CANCELED -> new ToolCanceled(call, some.orNull(some::text));
      case TOOL_TIMED_OUT -> new ToolTimedOut(call, some.number());
      case TOOL_LATE_RESULT -> new ToolLateResult(call, some.json());
      default -> throw unexpected(type);
    };
  }

  private Event.Known evidence(EventType type) {
    String id = some.name();
    return switch (type) {
      case DS_PREDICTED ->
          new DsPredicted(
              id, some.name(), some.orNull(some::digest), some.name(), "ok", some.digest());
      case POLICY_DECIDED -> new PolicyDecided(id, "denied", some.name(), some.digest());
      case SPEND_RESERVED -> new SpendReserved(id, some.name(), some.name(), some.number());
      case SPEND_COMMITTED -> new SpendCommitted(id, some.number(), some.name());
      case SPEND_RELEASED -> new SpendReleased(id, some.number(), some.text());
      case SPEND_RECONCILE_REQUIRED -> new SpendReconcileRequired(id, some.text());
      default -> throw unexpected(type);
    };
  }

  public RunSpec spec() {
    return new RunSpec(
        some.thread(),
        some.principal(),
        new AgentRef(some.name(), some.count()),
        some.oneOf(Lifecycle.class),
        some.oneOf(WhileBusy.class),
        new Session(some.orNull(some::name), some.chance()),
        new ToolPolicy(List.of(some.name()), List.of(some.name(), some.name()), some.chance()),
        some.orNull(some::object),
        some.orNull(some::time),
        some.orNull(some::number),
        some.orNull(some::object));
  }

  public IntentRecord intent() {
    return new IntentRecord(some.name(), "say", some.object());
  }

  public ModelUse modelUse() {
    return new ModelUse(
        some.name(), some.name(), "stop", some.orNull(some::number), some.orNull(some::number));
  }

  private static IllegalArgumentException unexpected(EventType type) {
    return new IllegalArgumentException("not of this family: " + type);
  }
}
