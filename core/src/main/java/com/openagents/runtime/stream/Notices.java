package com.openagents.runtime.stream;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.BlobRef;
import com.openagents.runtime.event.FrameEvent.FrameQuarantined;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent;
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
import com.openagents.runtime.event.StepEvent.LoopDetected;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.WaitingFor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The notices that tell where a run is, and what befell it.
final class Notices {

  private Notices() {}

  /// What an event in the middle of a run tells; nothing of most.
  static List<Notice> of(RunEvent event) {
    return switch (event) {
      case RunWaiting waiting ->
          status(
              Json.object()
                  .put("status", "waiting")
                  .put("for", waiting.waitingFor().wireName())
                  .put("until", waiting.until()));
      case RunForked _ ->
          status(Json.object().put("status", "waiting").put("for", WaitingFor.FRAMES.wireName()));
      case RunResumed resumed ->
          status(Json.object().put("status", "running").put("after", lower(resumed.cause())));
      case RunCancelRequested canceling ->
          status(Json.object().put("status", "canceling").put("reason", canceling.reason()));
      case RunExecutorLost lost ->
          status(
              Json.object()
                  .put("status", "recovering")
                  .put("attempt", lost.attempt())
                  .put("resumeAfterMs", lost.resumeAfterMs()));
      case RunLimitWarning(String limit, long used, long max) ->
          lasting(
              "limit-warning", Json.object().put("limit", limit).put("used", used).put("max", max));
      case RunChildStarted(var child, String agent) ->
          lasting(
              "child-started", Json.object().put("runId", child.toString()).put("agent", agent));
      case RunChildEnded(var child, String status, @Nullable ReasonClass why) ->
          lasting(
              "child-ended",
              Json.object()
                  .put("runId", child.toString())
                  .put("status", status)
                  .put("reasonClass", why == null ? null : why.wireName()));
      case RunCreated _, RunStarted _, RunCompleted _, RunFailed _, RunCanceled _ -> List.of();
    };
  }

  static Notice of(FrameQuarantined frame) {
    return Notice.lasting(
        "frame-quarantined",
        Json.object()
            .put("frameId", frame.frameId().value())
            .put("errorClass", frame.errorClass())
            .put("attempts", frame.attempts()));
  }

  static Notice of(LoopDetected loop) {
    return Notice.lasting(
        "loop-detected",
        Json.object()
            .put("detector", loop.detector())
            .put("level", loop.level())
            .put("count", loop.count())
            .put("message", loop.message()));
  }

  /// @param id of the text, as the format calls it
  static Notice interrupted(Text text, String id) {
    return Notice.lasting(
        "interrupted", Json.object().put(text.reasoning() ? "reasoningId" : "messageId", id));
  }

  /// @param messageId as the format calls it
  static Notice elsewhere(BlobRef blob, String messageId) {
    Map<String, Json> data = new LinkedHashMap<>(blob.claim().fields());
    data.put("messageId", Json.of(messageId));
    return new Notice("blob", new Json.Obj(data), false);
  }

  /// @param toolCallId as the format calls it
  static Notice progress(String toolCallId, Json progress) {
    return Notice.passing(
        "tool-progress", Json.object().put("toolCallId", toolCallId).put("progress", progress));
  }

  /// @param toolCallId as the format calls it; null for an approval of no tool
  static Notice resolved(ToolApprovalResolved approval, @Nullable String toolCallId) {
    return Notice.lasting(
        "approval",
        Json.object()
            .put("approvalId", approval.approvalId())
            .put("toolCallId", toolCallId)
            .put("state", approval.approved() ? "approved" : "denied")
            .put("reason", approval.reason()));
  }

  /// Why a run ended that did not complete.
  static Notice reason(String status, ReasonClass reasonClass, @Nullable String reason) {
    return Notice.lasting(
        "reason",
        Json.object()
            .put("status", status)
            .put("reasonClass", reasonClass.wireName())
            .put("reason", reason));
  }

  private static List<Notice> status(Json.Builder data) {
    return List.of(Notice.passing("status", data));
  }

  private static List<Notice> lasting(String name, Json.Builder data) {
    return List.of(Notice.lasting(name, data));
  }

  private static String lower(RunResumed.Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT);
  }
}
