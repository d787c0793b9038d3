package com.openagents.runtime.event;

import static com.openagents.runtime.event.Retention.CONTROL;
import static com.openagents.runtime.event.Retention.DELTA;
import static com.openagents.runtime.event.Retention.RECEIPT;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every type of event with its name on the wire, its current version and its retention class.
public enum EventType {
  RUN_CREATED("run.created", 1, CONTROL),
  RUN_STARTED("run.started", 1, CONTROL),
  RUN_WAITING("run.waiting", 1, CONTROL),
  RUN_RESUMED("run.resumed", 1, CONTROL),
  RUN_CANCEL_REQUESTED("run.cancel_requested", 2, CONTROL),
  RUN_COMPLETED("run.completed", 1, CONTROL),
  RUN_FAILED("run.failed", 1, CONTROL),
  RUN_CANCELED("run.canceled", 1, CONTROL),
  RUN_EXECUTOR_LOST("run.executor_lost", 1, CONTROL),
  RUN_LIMIT_WARNING("run.limit_warning", 1, CONTROL),
  RUN_FORKED("run.forked", 2, CONTROL),
  RUN_CHILD_STARTED("run.child_started", 1, CONTROL),
  RUN_CHILD_ENDED("run.child_ended", 1, CONTROL),
  FRAME_ACCEPTED("frame.accepted", 1, CONTROL),
  FRAME_QUARANTINED("frame.quarantined", 1, CONTROL),
  STEP_STARTED("step.started", 1, CONTROL),
  STEP_FINISHED("step.finished", 1, CONTROL),
  MESSAGE_STARTED("message.started", 1, CONTROL),
  MESSAGE_DELTA("message.delta", 1, DELTA),
  MESSAGE_COMPLETED("message.completed", 1, CONTROL),
  REASONING_STARTED("reasoning.started", 1, CONTROL),
  REASONING_DELTA("reasoning.delta", 1, DELTA),
  REASONING_COMPLETED("reasoning.completed", 1, CONTROL),
  TOOL_REQUESTED("tool.requested", 1, CONTROL),
  TOOL_APPROVAL_REQUESTED("tool.approval_requested", 1, CONTROL),
  TOOL_APPROVAL_RESOLVED("tool.approval_resolved", 1, RECEIPT),
  TOOL_STARTED("tool.started", 1, CONTROL),
  TOOL_PROGRESS("tool.progress", 1, DELTA),
  TOOL_SUCCEEDED("tool.succeeded", 1, RECEIPT),
  TOOL_FAILED("tool.failed", 1, RECEIPT),
  TOOL_CANCELED("tool.canceled", 1, RECEIPT),
  TOOL_TIMED_OUT("tool.timed_out", 1, RECEIPT),
  TOOL_LATE_RESULT("tool.late_result", 1, RECEIPT),
  DS_PREDICTED("ds.predicted", 1, RECEIPT),
  POLICY_DECIDED("policy.decided", 1, RECEIPT),
  SPEND_RESERVED("spend.reserved", 1, RECEIPT),
  SPEND_COMMITTED("spend.committed", 1, RECEIPT),
  SPEND_RELEASED("spend.released", 1, RECEIPT),
  SPEND_RECONCILE_REQUIRED("spend.reconcile_required", 1, RECEIPT),
  MEMORY_COMPACTED("memory.compacted", 1, CONTROL),
  CHECKPOINT_SAVED("checkpoint.saved", 1, CONTROL),
  LOOP_DETECTED("loop.detected", 1, CONTROL);

  private static final Map<String, EventType> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(EventType::wireName, Function.identity()));

  private final String wireName;
  private final int version;
  private final Retention retention;

  EventType(String wireName, int version, Retention retention) {
    this.wireName = wireName;
    this.version = version;
    this.retention = retention;
  }

  public String wireName() {
    return wireName;
  }

  /// The version that this runtime writes; older ones are read through upcasters.
  public int version() {
    return version;
  }

  public Retention retention() {
    return retention;
  }

  public static Optional<EventType> named(String wireName) {
    return Optional.ofNullable(BY_NAME.get(wireName));
  }
}
