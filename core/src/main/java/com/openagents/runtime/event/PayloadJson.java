package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;

/// The payload of every known event as JSON, and back.
final class PayloadJson {

  private PayloadJson() {}

  static Json.Obj of(Event.Known event) {
    Json.Builder out = Json.object();
    switch (event) {
      case RunEvent run -> RunEventJson.write(run, out);
      case FrameEvent frame -> FrameEventJson.write(frame, out);
      case StepEvent step -> StepEventJson.write(step, out);
      case MessageEvent message -> MessageEventJson.write(message, out);
      case ReasoningEvent reasoning -> ReasoningEventJson.write(reasoning, out);
      case ToolEvent tool -> ToolEventJson.write(tool, out);
      case DsEvent ds -> DsEventJson.write(ds, out);
      case SpendEvent spend -> SpendEventJson.write(spend, out);
      case MemoryEvent memory -> MemoryEventJson.write(memory, out);
    }
    return out.build();
  }

  /// @param payload in the type's current version
  /// @throws IllegalArgumentException naming the field that is missing, mistyped or unknown
  static Event.Known read(EventType type, Json.Obj payload) {
    return Fields.read(payload, "payload", fields -> read(type, fields));
  }

  private static Event.Known read(EventType type, Fields fields) {
    return switch (type) {
      case RUN_CREATED -> RunEventJson.created(fields);
      case RUN_STARTED -> RunEventJson.started(fields);
      case RUN_WAITING -> RunEventJson.waiting(fields);
      case RUN_RESUMED -> RunEventJson.resumed(fields);
      case RUN_CANCEL_REQUESTED -> RunEventJson.cancelRequested(fields);
      case RUN_COMPLETED -> RunEventJson.completed(fields);
      case RUN_FAILED -> RunEventJson.failed(fields);
      case RUN_CANCELED -> RunEventJson.canceled(fields);
      case RUN_EXECUTOR_LOST -> RunEventJson.executorLost(fields);
      case RUN_LIMIT_WARNING -> RunEventJson.limitWarning(fields);
      case RUN_FORKED -> RunEventJson.forked(fields);
      case RUN_CHILD_STARTED -> RunEventJson.childStarted(fields);
      case RUN_CHILD_ENDED -> RunEventJson.childEnded(fields);
      case FRAME_ACCEPTED -> FrameEventJson.accepted(fields);
      case FRAME_QUARANTINED -> FrameEventJson.quarantined(fields);
      case STEP_STARTED -> StepEventJson.started(fields);
      case STEP_FINISHED -> StepEventJson.finished(fields);
      case MESSAGE_STARTED -> MessageEventJson.started(fields);
      case MESSAGE_DELTA -> MessageEventJson.delta(fields);
      case MESSAGE_COMPLETED -> MessageEventJson.completed(fields);
      case REASONING_STARTED -> ReasoningEventJson.started(fields);
      case REASONING_DELTA -> ReasoningEventJson.delta(fields);
      case REASONING_COMPLETED -> ReasoningEventJson.completed(fields);
      case TOOL_REQUESTED -> ToolEventJson.requested(fields);
      case TOOL_APPROVAL_REQUESTED -> ToolEventJson.approvalRequested(fields);
      case TOOL_APPROVAL_RESOLVED -> ToolEventJson.approvalResolved(fields);
      case TOOL_STARTED -> ToolEventJson.started(fields);
      case TOOL_PROGRESS -> ToolEventJson.progress(fields);
      case TOOL_SUCCEEDED -> ToolEventJson.succeeded(fields);
      case TOOL_FAILED -> ToolEventJson.failed(fields);
      case TOOL_CANCELED -> ToolEventJson.canceled(fields);
      case TOOL_TIMED_OUT -> ToolEventJson.timedOut(fields);
      case TOOL_LATE_RESULT -> ToolEventJson.lateResult(fields);
      case DS_PREDICTED -> DsEventJson.predicted(fields);
      case POLICY_DECIDED -> DsEventJson.decided(fields);
      case SPEND_RESERVED -> SpendEventJson.reserved(fields);
      case SPEND_COMMITTED -> SpendEventJson.committed(fields);
      case SPEND_RELEASED -> SpendEventJson.released(fields);
      case SPEND_RECONCILE_REQUIRED -> SpendEventJson.reconcileRequired(fields);
      case MEMORY_COMPACTED -> MemoryEventJson.compacted(fields);
      case CHECKPOINT_SAVED -> StepEventJson.checkpointSaved(fields);
      case LOOP_DETECTED -> StepEventJson.loopDetected(fields);
    };
  }
}
