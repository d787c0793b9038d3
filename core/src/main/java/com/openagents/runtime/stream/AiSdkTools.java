package com.openagents.runtime.stream;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.ToolEvent;
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
import com.openagents.runtime.stream.AiSdkState.OpenTool;
import com.openagents.runtime.stream.Mapping.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the AI SDK's reader sees of tool calls.
///
/// Its reader fails on a result of a call, or an answer to a request, that it does not know; such
/// an event shows nothing. Clients that have no parts for approvals get a `data-approval` part.
final class AiSdkTools {

  private final int aiSdk;

  AiSdkTools(int aiSdk) {
    this.aiSdk = aiSdk;
  }

  Step<AiSdkState> next(AiSdkState state, ToolEvent event) {
    OpenTool open = state.tool(event.toolCallId());
    return switch (event) {
      case ToolRequested tool -> requested(state, open, tool);
      case ToolProgress(String id, Json progress) ->
          show(state, AiSdkChunks.part(Notices.progress(id, progress), id));
      case ToolStarted _, ToolLateResult _ -> nothing(state);
      case ToolEvent _ when open == null -> nothing(state);
      case ToolApprovalRequested approval ->
          show(state.asked(open, approval.approvalId()), requested(approval));
      case ToolApprovalResolved approval when approval.approvalId().equals(open.approvalId()) ->
          resolved(state, open, approval);
      case ToolApprovalResolved _ -> nothing(state);
      case ToolSucceeded(String id, Json output, _, _) ->
          settle(state, open, AiSdkChunks.toolOutput(id, output));
      case ToolFailed(String id, _, String message) ->
          settle(state, open, AiSdkChunks.toolError(id, message));
      case ToolTimedOut(String id, long timeoutMs) ->
          settle(state, open, AiSdkChunks.toolError(id, "timed out after " + timeoutMs + " ms"));
      case ToolCanceled(String id, _) when open.denied() && aiSdk >= 6 ->
          settle(state, open, AiSdkChunks.toolDenied(id));
      case ToolCanceled(String id, @Nullable String reason) -> {
        String why = reason == null ? "canceled" : "canceled: " + reason;
        yield settle(state, open, AiSdkChunks.toolError(id, why));
      }
    };
  }

  private static Step<AiSdkState> requested(
      AiSdkState state, @Nullable OpenTool open, ToolRequested tool) {
    AiSdkState next =
        open == null ? state.opened(new OpenTool(tool.toolCallId(), null, false)) : state;
    return show(next, AiSdkChunks.toolInput(tool));
  }

  private Chunk requested(ToolApprovalRequested approval) {
    if (aiSdk >= 6) {
      return AiSdkChunks.approvalRequest(approval.approvalId(), approval.toolCallId());
    }
    Notice asked =
        Notice.lasting(
            "approval",
            Json.object()
                .put("approvalId", approval.approvalId())
                .put("toolCallId", approval.toolCallId())
                .put("state", "requested")
                .put("expiresAt", approval.expiresAt()));
    return AiSdkChunks.part(asked, approval.approvalId());
  }

  private Step<AiSdkState> resolved(
      AiSdkState state, OpenTool open, ToolApprovalResolved approval) {
    AiSdkState next = approval.approved() ? state : state.denied(open);
    if (aiSdk >= 7) {
      return show(next, AiSdkChunks.approvalResponse(approval));
    }
    Notice answer = Notices.resolved(approval, approval.toolCallId());
    return show(next, AiSdkChunks.part(answer, approval.approvalId()));
  }

  private static Step<AiSdkState> settle(AiSdkState state, OpenTool open, Chunk result) {
    return show(state.closed(open), result);
  }

  private static Step<AiSdkState> show(AiSdkState state, Chunk chunk) {
    return new Step<>(state, List.of(chunk));
  }

  private static Step<AiSdkState> nothing(AiSdkState state) {
    return new Step<>(state, List.of());
  }
}
