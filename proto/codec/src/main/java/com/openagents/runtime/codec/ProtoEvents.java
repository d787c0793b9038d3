package com.openagents.runtime.codec;

import static com.openagents.runtime.codec.Scalars.needed;

import com.openagents.runtime.event.DsEvent;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.FrameEvent;
import com.openagents.runtime.event.MemoryEvent;
import com.openagents.runtime.event.MessageEvent;
import com.openagents.runtime.event.ReasoningEvent;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.event.SpendEvent;
import com.openagents.runtime.event.StepEvent;
import com.openagents.runtime.event.ToolEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.proto.protocol.v1.Envelope;

/// Translates events between their types in core and the Layer-0 messages, both ways and without
/// loss.
///
/// A message holds an event in the current version of its type; what the runtime does not recognize
/// travels as free JSON. Pure and thread-safe.
public final class ProtoEvents {

  private ProtoEvents() {}

  /// @throws IllegalArgumentException when a sequence does not fit into 32 bits
  public static Envelope toProto(com.openagents.runtime.event.Envelope envelope) {
    Event event = envelope.event();
    Envelope.Builder out =
        Envelope.newBuilder()
            .setRunId(envelope.runId().toString())
            .setSeq(Scalars.uint32(envelope.seq()))
            .setType(event.type())
            .setVersion(event.version())
            .setOccurredAt(Scalars.timestamp(envelope.occurredAt()));
    Scalars.set(envelope.traceId(), traceId -> out.setTraceId(traceId.value()));
    Scalars.set(envelope.epoch(), out::setEpoch);
    switch (event) {
      case RunEvent run -> RunEventProto.write(run, out);
      case FrameEvent frame -> FrameEventProto.write(frame, out);
      case StepEvent step -> StepEventProto.write(step, out);
      case MessageEvent message -> MessageEventProto.write(message, out);
      case ReasoningEvent reasoning -> ReasoningEventProto.write(reasoning, out);
      case ToolEvent tool -> ToolEventProto.write(tool, out);
      case DsEvent ds -> DsEventProto.write(ds, out);
      case SpendEvent spend -> SpendEventProto.write(spend, out);
      case MemoryEvent memory -> MemoryEventProto.write(memory, out);
      case Event.Unrecognized(_, _, var payload) -> out.setUnrecognized(JsonProto.write(payload));
    }
    return out.build();
  }

  /// @throws IllegalArgumentException when a part is missing, of another form, or not what type and
  ///   version say
  public static com.openagents.runtime.event.Envelope fromProto(Envelope in) {
    Event event = event(in);
    if (!event.type().equals(in.getType()) || event.version() != in.getVersion()) {
      throw new IllegalArgumentException(
          "%s version %d holds a %s version %d"
              .formatted(in.getType(), in.getVersion(), event.type(), event.version()));
    }
    return new com.openagents.runtime.event.Envelope(
        RunId.parse(in.getRunId()),
        Scalars.seq(in.getSeq()),
        event,
        Scalars.time(needed(in.hasOccurredAt(), "occurred_at", in.getOccurredAt())),
        in.hasTraceId() ? new TraceId(in.getTraceId()) : null,
        in.hasEpoch() ? in.getEpoch() : null);
  }

  private static Event event(Envelope in) {
    return switch (in.getPayloadCase()) {
      case UNRECOGNIZED ->
          EventCodec.read(in.getType(), in.getVersion(), JsonProto.read(in.getUnrecognized()));
      case RUN_CREATED -> RunEventProto.read(in.getRunCreated());
      case RUN_STARTED -> RunEventProto.read(in.getRunStarted());
      case RUN_WAITING -> RunEventProto.read(in.getRunWaiting());
      case RUN_RESUMED -> RunEventProto.read(in.getRunResumed());
      case RUN_CANCEL_REQUESTED -> RunEventProto.read(in.getRunCancelRequested());
      case RUN_COMPLETED -> new RunEvent.RunCompleted();
      case RUN_FAILED -> RunEventProto.read(in.getRunFailed());
      case RUN_CANCELED -> RunEventProto.read(in.getRunCanceled());
      case RUN_EXECUTOR_LOST -> RunEventProto.read(in.getRunExecutorLost());
      case RUN_LIMIT_WARNING -> RunEventProto.read(in.getRunLimitWarning());
      case RUN_FORKED -> RunEventProto.read(in.getRunForked());
      case RUN_CHILD_STARTED -> RunEventProto.read(in.getRunChildStarted());
      case RUN_CHILD_ENDED -> RunEventProto.read(in.getRunChildEnded());
      case FRAME_ACCEPTED -> FrameEventProto.read(in.getFrameAccepted());
      case FRAME_QUARANTINED -> FrameEventProto.read(in.getFrameQuarantined());
      case STEP_STARTED -> StepEventProto.read(in.getStepStarted());
      case STEP_FINISHED -> StepEventProto.read(in.getStepFinished());
      case CHECKPOINT_SAVED -> StepEventProto.read(in.getCheckpointSaved());
      case LOOP_DETECTED -> StepEventProto.read(in.getLoopDetected());
      case MESSAGE_STARTED -> MessageEventProto.read(in.getMessageStarted());
      case MESSAGE_DELTA -> MessageEventProto.read(in.getMessageDelta());
      case MESSAGE_COMPLETED -> MessageEventProto.read(in.getMessageCompleted());
      case REASONING_STARTED -> ReasoningEventProto.read(in.getReasoningStarted());
      case REASONING_DELTA -> ReasoningEventProto.read(in.getReasoningDelta());
      case REASONING_COMPLETED -> ReasoningEventProto.read(in.getReasoningCompleted());
      case TOOL_REQUESTED -> ToolEventProto.read(in.getToolRequested());
      case TOOL_APPROVAL_REQUESTED -> ToolEventProto.read(in.getToolApprovalRequested());
      case TOOL_APPROVAL_RESOLVED -> ToolEventProto.read(in.getToolApprovalResolved());
      case TOOL_STARTED -> ToolEventProto.read(in.getToolStarted());
      case TOOL_PROGRESS -> ToolEventProto.read(in.getToolProgress());
      case TOOL_SUCCEEDED -> ToolEventProto.read(in.getToolSucceeded());
      case TOOL_FAILED -> ToolEventProto.read(in.getToolFailed());
      case TOOL_CANCELED -> ToolEventProto.read(in.getToolCanceled());
      case TOOL_TIMED_OUT -> ToolEventProto.read(in.getToolTimedOut());
      case TOOL_LATE_RESULT -> ToolEventProto.read(in.getToolLateResult());
      case DS_PREDICTED -> DsEventProto.read(in.getDsPredicted());
      case POLICY_DECIDED -> DsEventProto.read(in.getPolicyDecided());
      case SPEND_RESERVED -> SpendEventProto.read(in.getSpendReserved());
      case SPEND_COMMITTED -> SpendEventProto.read(in.getSpendCommitted());
      case SPEND_RELEASED -> SpendEventProto.read(in.getSpendReleased());
      case SPEND_RECONCILE_REQUIRED -> SpendEventProto.read(in.getSpendReconcileRequired());
      case MEMORY_COMPACTED -> MemoryEventProto.read(in.getMemoryCompacted());
      case PAYLOAD_NOT_SET -> throw new IllegalArgumentException("payload is not set");
    };
  }
}
