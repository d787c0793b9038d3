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

/// The payloads of [ToolEvent].
final class ToolEventJson {

  private ToolEventJson() {}

  static void write(ToolEvent event, Json.Builder out) {
    out.put("toolCallId", event.toolCallId());
    switch (event) {
      case ToolRequested(_, var name, var arguments, var settlement) ->
          out.put("name", name).put("arguments", arguments).put("settlement", settlement);
      case ToolApprovalRequested(_, var approvalId, var arguments, var expiresAt) ->
          out.put("approvalId", approvalId)
              .put("arguments", arguments.toString())
              .put("expiresAt", expiresAt);
      case ToolApprovalResolved(_, var approvalId, var approved, var resolvedBy, var reason) ->
          out.put("approvalId", approvalId)
              .put("approved", approved)
              .put("resolvedBy", resolvedBy)
              .put("reason", reason);
      case ToolStarted(_, var attempt) -> out.put("attempt", attempt);
      case ToolProgress(_, var progress) -> out.put("progress", progress);
      case ToolSucceeded(_, var output, var outputDigest, var latencyMs) ->
          out.put("output", output)
              .put("outputDigest", outputDigest.toString())
              .put("latencyMs", latencyMs);
      case ToolFailed(_, var errorClass, var message) ->
          out.put("errorClass", errorClass).put("message", message);
      case ToolCanceled(_, var reason) -> out.put("reason", reason);
      case ToolTimedOut(_, var timeoutMs) -> out.put("timeoutMs", timeoutMs);
      case ToolLateResult(_, var output) -> out.put("output", output);
    }
  }

  static ToolRequested requested(Fields fields) {
    return new ToolRequested(
        fields.text("toolCallId"),
        fields.text("name"),
        fields.object("arguments"),
        fields.text("settlement"));
  }

  static ToolApprovalRequested approvalRequested(Fields fields) {
    return new ToolApprovalRequested(
        fields.text("toolCallId"),
        fields.text("approvalId"),
        fields.digest("arguments"),
        fields.time("expiresAt"));
  }

  static ToolApprovalResolved approvalResolved(Fields fields) {
    return new ToolApprovalResolved(
        fields.text("toolCallId"),
        fields.text("approvalId"),
        fields.flag("approved"),
        fields.text("resolvedBy"),
        fields.textIfAny("reason"));
  }

  static ToolStarted started(Fields fields) {
    return new ToolStarted(fields.text("toolCallId"), fields.count("attempt"));
  }

  static ToolProgress progress(Fields fields) {
    return new ToolProgress(fields.text("toolCallId"), fields.value("progress"));
  }

  static ToolSucceeded succeeded(Fields fields) {
    return new ToolSucceeded(
        fields.text("toolCallId"),
        fields.value("output"),
        fields.digest("outputDigest"),
        fields.whole("latencyMs"));
  }

  static ToolFailed failed(Fields fields) {
    return new ToolFailed(
        fields.text("toolCallId"), fields.text("errorClass"), fields.text("message"));
  }

  static ToolCanceled canceled(Fields fields) {
    return new ToolCanceled(fields.text("toolCallId"), fields.textIfAny("reason"));
  }

  static ToolTimedOut timedOut(Fields fields) {
    return new ToolTimedOut(fields.text("toolCallId"), fields.whole("timeoutMs"));
  }

  static ToolLateResult lateResult(Fields fields) {
    return new ToolLateResult(fields.text("toolCallId"), fields.value("output"));
  }
}
