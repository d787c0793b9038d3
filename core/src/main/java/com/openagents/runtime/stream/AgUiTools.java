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
import com.openagents.runtime.stream.Mapping.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What AG-UI's reader sees of tool calls and approvals.
///
/// A call that no request has shown has no result either. An approval shows when the run waits for
/// it, as an interrupt of the AG-UI run.
final class AgUiTools {

  private AgUiTools() {}

  static Step<AgUiState> next(AgUiState state, AgUiChunks write, ToolEvent event) {
    boolean open = state.calls().contains(event.toolCallId());
    return switch (event) {
      case ToolRequested _ when open -> nothing(state);
      case ToolRequested tool -> new Step<>(state.called(tool.toolCallId()), write.toolCall(tool));
      case ToolApprovalRequested approval -> nothing(asking(state, write, approval));
      case ToolApprovalResolved approval -> resolved(state, write, approval);
      case ToolStarted _, ToolLateResult _ -> nothing(state);
      case ToolEvent _ when !open -> nothing(state);
      case ToolProgress(String id, Json progress) ->
          show(state, AgUiChunks.custom(Notices.progress(write.named(id), progress)));
      case ToolSucceeded(String id, Json output, _, _) ->
          show(state.settled(id), write.toolResult(id, output));
      case ToolFailed(String id, _, String message) ->
          show(state.settled(id), write.toolFailure(id, "failed", message));
      case ToolTimedOut(String id, long timeoutMs) ->
          show(
              state.settled(id),
              write.toolFailure(id, "timed_out", "timed out after " + timeoutMs + " ms"));
      case ToolCanceled(String id, @Nullable String reason) ->
          show(
              state.settled(id),
              write.toolFailure(
                  id, "canceled", reason == null ? "canceled" : "canceled: " + reason));
    };
  }

  private static AgUiState asking(
      AgUiState state, AgUiChunks write, ToolApprovalRequested approval) {
    return state.asking(
        new AgUiInterrupt(
            approval.approvalId(),
            state.subjects().get(approval.approvalId()),
            shownCall(state, write, approval.toolCallId()),
            approval.expiresAt()));
  }

  private static Step<AgUiState> resolved(
      AgUiState state, AgUiChunks write, ToolApprovalResolved approval) {
    AgUiState next = state.answered(approval.approvalId());
    if (next.asked().size() == state.asked().size()) {
      return nothing(state);
    }
    String call = shownCall(state, write, approval.toolCallId());
    return show(next, AgUiChunks.custom(Notices.resolved(approval, call)));
  }

  private static @Nullable String shownCall(AgUiState state, AgUiChunks write, String toolCallId) {
    return state.calls().contains(toolCallId) ? write.named(toolCallId) : null;
  }

  private static Step<AgUiState> show(AgUiState state, Chunk chunk) {
    return new Step<>(state, List.of(chunk));
  }

  private static Step<AgUiState> nothing(AgUiState state) {
    return new Step<>(state, List.of());
  }
}
