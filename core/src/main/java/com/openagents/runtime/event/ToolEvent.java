package com.openagents.runtime.event;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The life of one tool call, from the agent's wish to its result.
public sealed interface ToolEvent extends Event.Known {

  String toolCallId();

  /// @param settlement `none`, `safe_retry` or `dedupe_reconcile_required`
  record ToolRequested(String toolCallId, String name, Json.Obj arguments, String settlement)
      implements ToolEvent {
    @Override
    public EventType is() {
      return EventType.TOOL_REQUESTED;
    }
  }

  /// @param arguments digest of exactly what is to be approved
  record ToolApprovalRequested(
      String toolCallId, String approvalId, Digest arguments, Instant expiresAt)
      implements ToolEvent {
    @Override
    public EventType is() {
      return EventType.TOOL_APPROVAL_REQUESTED;
    }
  }

  /// @param resolvedBy `frame` when somebody answered, `expiry` when nobody did in time, `runtime`
  ///   when its run or its turn ended first
  record ToolApprovalResolved(
      String toolCallId,
      String approvalId,
      boolean approved,
      String resolvedBy,
      @Nullable String reason)
      implements ToolEvent {
    @Override
    public EventType is() {
      return EventType.TOOL_APPROVAL_RESOLVED;
    }
  }

  record ToolStarted(String toolCallId, int attempt) implements ToolEvent {
    @Override
    public EventType is() {
      return EventType.TOOL_STARTED;
    }
  }

  record ToolProgress(String toolCallId, Json progress) implements ToolEvent {
    @Override
    public EventType is() {
      return EventType.TOOL_PROGRESS;
    }
  }

  record ToolSucceeded(String toolCallId, Json output, Digest outputDigest, long latencyMs)
      implements ToolEvent {
    @Override
    public EventType is() {
      return EventType.TOOL_SUCCEEDED;
    }
  }

  record ToolFailed(String toolCallId, String errorClass, String message) implements ToolEvent {
    @Override
    public EventType is() {
      return EventType.TOOL_FAILED;
    }
  }

  record ToolCanceled(String toolCallId, @Nullable String reason) implements ToolEvent {
    @Override
    public EventType is() {
      return EventType.TOOL_CANCELED;
    }
  }

  record ToolTimedOut(String toolCallId, long timeoutMs) implements ToolEvent {
    @Override
    public EventType is() {
      return EventType.TOOL_TIMED_OUT;
    }
  }

  /// What a tool returned after its task had ended; evidence without authority.
  record ToolLateResult(String toolCallId, Json output) implements ToolEvent {
    @Override
    public EventType is() {
      return EventType.TOOL_LATE_RESULT;
    }
  }
}
