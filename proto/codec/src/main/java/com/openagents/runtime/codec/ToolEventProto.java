package com.openagents.runtime.codec;

import static com.openagents.runtime.codec.Scalars.needed;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.ToolEvent;
import com.openagents.runtime.proto.protocol.v1.Envelope;
import com.openagents.runtime.proto.protocol.v1.ToolApprovalRequested;
import com.openagents.runtime.proto.protocol.v1.ToolApprovalResolved;
import com.openagents.runtime.proto.protocol.v1.ToolCanceled;
import com.openagents.runtime.proto.protocol.v1.ToolFailed;
import com.openagents.runtime.proto.protocol.v1.ToolLateResult;
import com.openagents.runtime.proto.protocol.v1.ToolProgress;
import com.openagents.runtime.proto.protocol.v1.ToolRequested;
import com.openagents.runtime.proto.protocol.v1.ToolStarted;
import com.openagents.runtime.proto.protocol.v1.ToolSucceeded;
import com.openagents.runtime.proto.protocol.v1.ToolTimedOut;

/// The messages of [ToolEvent].
final class ToolEventProto {

  private ToolEventProto() {}

  static void write(ToolEvent event, Envelope.Builder out) {
    switch (event) {
      case ToolEvent.ToolRequested(var id, var name, var arguments, var settlement) ->
          out.getToolRequestedBuilder()
              .setToolCallId(id)
              .setName(name)
              .setArguments(JsonProto.write(arguments))
              .setSettlement(settlement);
      case ToolEvent.ToolApprovalRequested(var id, var approvalId, var arguments, var expiresAt) ->
          out.getToolApprovalRequestedBuilder()
              .setToolCallId(id)
              .setApprovalId(approvalId)
              .setArguments(arguments.toString())
              .setExpiresAt(Scalars.timestamp(expiresAt));
      case ToolEvent.ToolApprovalResolved resolved ->
          write(resolved, out.getToolApprovalResolvedBuilder());
      case ToolEvent.ToolStarted(var id, int attempt) ->
          out.getToolStartedBuilder().setToolCallId(id).setAttempt(Scalars.count(attempt));
      case ToolEvent.ToolProgress(var id, var progress) ->
          out.getToolProgressBuilder().setToolCallId(id).setProgress(JsonProto.write(progress));
      case ToolEvent.ToolSucceeded(var id, var output, var outputDigest, long latencyMs) ->
          out.getToolSucceededBuilder()
              .setToolCallId(id)
              .setOutput(JsonProto.write(output))
              .setOutputDigest(outputDigest.toString())
              .setLatencyMs(latencyMs);
      case ToolEvent.ToolFailed(var id, var errorClass, var message) ->
          out.getToolFailedBuilder()
              .setToolCallId(id)
              .setErrorClass(errorClass)
              .setMessage(message);
      case ToolEvent.ToolCanceled(var id, var reason) -> {
        var canceled = out.getToolCanceledBuilder().setToolCallId(id);
        Scalars.set(reason, canceled::setReason);
      }
      case ToolEvent.ToolTimedOut(var id, long timeoutMs) ->
          out.getToolTimedOutBuilder().setToolCallId(id).setTimeoutMs(timeoutMs);
      case ToolEvent.ToolLateResult(var id, var output) ->
          out.getToolLateResultBuilder().setToolCallId(id).setOutput(JsonProto.write(output));
    }
  }

  private static void write(
      ToolEvent.ToolApprovalResolved resolved, ToolApprovalResolved.Builder out) {
    out.setToolCallId(resolved.toolCallId())
        .setApprovalId(resolved.approvalId())
        .setApproved(resolved.approved())
        .setResolvedBy(resolved.resolvedBy());
    Scalars.set(resolved.reason(), out::setReason);
  }

  static ToolEvent read(ToolRequested in) {
    return new ToolEvent.ToolRequested(
        in.getToolCallId(),
        in.getName(),
        JsonProto.read(needed(in.hasArguments(), "arguments", in.getArguments())),
        in.getSettlement());
  }

  static ToolEvent read(ToolApprovalRequested in) {
    return new ToolEvent.ToolApprovalRequested(
        in.getToolCallId(),
        in.getApprovalId(),
        Digest.parse(in.getArguments()),
        Scalars.time(needed(in.hasExpiresAt(), "expires_at", in.getExpiresAt())));
  }

  static ToolEvent read(ToolApprovalResolved in) {
    return new ToolEvent.ToolApprovalResolved(
        in.getToolCallId(),
        in.getApprovalId(),
        in.getApproved(),
        in.getResolvedBy(),
        in.hasReason() ? in.getReason() : null);
  }

  static ToolEvent read(ToolStarted in) {
    return new ToolEvent.ToolStarted(in.getToolCallId(), Scalars.count(in.getAttempt()));
  }

  static ToolEvent read(ToolProgress in) {
    return new ToolEvent.ToolProgress(in.getToolCallId(), JsonProto.read(in.getProgress()));
  }

  static ToolEvent read(ToolSucceeded in) {
    return new ToolEvent.ToolSucceeded(
        in.getToolCallId(),
        JsonProto.read(in.getOutput()),
        Digest.parse(in.getOutputDigest()),
        in.getLatencyMs());
  }

  static ToolEvent read(ToolFailed in) {
    return new ToolEvent.ToolFailed(in.getToolCallId(), in.getErrorClass(), in.getMessage());
  }

  static ToolEvent read(ToolCanceled in) {
    return new ToolEvent.ToolCanceled(in.getToolCallId(), in.hasReason() ? in.getReason() : null);
  }

  static ToolEvent read(ToolTimedOut in) {
    return new ToolEvent.ToolTimedOut(in.getToolCallId(), in.getTimeoutMs());
  }

  static ToolEvent read(ToolLateResult in) {
    return new ToolEvent.ToolLateResult(in.getToolCallId(), JsonProto.read(in.getOutput()));
  }
}
