package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;
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

/// The JSON of [ToolEvent]s.
final class ToolEventJson {

  private ToolEventJson() {}

  static Json.Obj write(ToolEvent event) {
    Json.Builder out = Json.object().put("toolCallId", event.toolCallId());
    return switch (event) {
      case ToolRequested(_, var name, var arguments, var settlement) ->
          out.put("name", name).put("arguments", arguments).put("settlement", settlement).build();
      case ToolApprovalRequested(_, var approvalId, var arguments, var expiresAt) ->
          out.put("approvalId", approvalId)
              .put("arguments", arguments.toString())
              .put("expiresAt", Fields.written(expiresAt))
              .build();
      case ToolApprovalResolved(_, var approvalId, boolean approved, var by, var reason) ->
          out.put("approvalId", approvalId)
              .put("approved", approved)
              .put("resolvedBy", by)
              .put("reason", reason)
              .build();
      case ToolStarted(_, int attempt) -> out.put("attempt", attempt).build();
      case ToolProgress(_, var progress) -> out.put("progress", progress).build();
      case ToolSucceeded(_, var output, var digest, long latencyMs) ->
          out.put("output", output)
              .put("outputDigest", digest.toString())
              .put("latencyMs", latencyMs)
              .build();
      case ToolFailed(_, var errorClass, var message) ->
          out.put("errorClass", errorClass).put("message", message).build();
      case ToolCanceled(_, var reason) -> out.put("reason", reason).build();
      case ToolTimedOut(_, long timeoutMs) -> out.put("timeoutMs", timeoutMs).build();
      case ToolLateResult(_, var output) -> out.put("output", output).build();
    };
  }

  static ToolEvent read(EventType type, Fields in) {
    String id = in.text("toolCallId");
    return switch (type) {
      case TOOL_REQUESTED ->
          new ToolRequested(id, in.text("name"), in.object("arguments"), in.text("settlement"));
      case TOOL_APPROVAL_REQUESTED ->
          new ToolApprovalRequested(
              id, in.text("approvalId"), in.digest("arguments"), in.time("expiresAt"));
      case TOOL_APPROVAL_RESOLVED ->
          new ToolApprovalResolved(
              id,
              in.text("approvalId"),
              in.flag("approved"),
              in.text("resolvedBy"),
              in.textOrNull("reason"));
      case TOOL_STARTED -> new ToolStarted(id, in.integer("attempt"));
      case TOOL_PROGRESS -> new ToolProgress(id, in.any("progress"));
      case TOOL_SUCCEEDED ->
          new ToolSucceeded(
              id, in.any("output"), in.digest("outputDigest"), in.number("latencyMs"));
      case TOOL_FAILED -> new ToolFailed(id, in.text("errorClass"), in.text("message"));
      case TOOL_CANCELED -> new ToolCanceled(id, in.textOrNull("reason"));
      case TOOL_TIMED_OUT -> new ToolTimedOut(id, in.number("timeoutMs"));
      case TOOL_LATE_RESULT -> new ToolLateResult(id, in.any("output"));
      default -> throw new IllegalArgumentException(type + " is no event of a tool");
    };
  }
}
