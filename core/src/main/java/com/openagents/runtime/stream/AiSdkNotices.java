package com.openagents.runtime.stream;

import com.openagents.runtime.canon.Json;
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
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The parts of the runtime's own that tell a reader of the AI SDK's format where the run is.
///
/// `data-status` is transient: it says where the run is now, which is no part of the message.
final class AiSdkNotices {

  private AiSdkNotices() {}

  /// What an event in the middle of a run tells.
  static List<Chunk> of(RunEvent event) {
    return switch (event) {
      case RunWaiting waiting ->
          status(
              Json.object()
                  .put("status", "waiting")
                  .put("for", waiting.waitingFor().wireName())
                  .put("until", waiting.until()));
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
          part(
              "limit-warning", Json.object().put("limit", limit).put("used", used).put("max", max));
      case RunChildStarted(var child, String agent) ->
          part("child-started", Json.object().put("runId", child.toString()).put("agent", agent));
      case RunChildEnded(var child, String status, @Nullable ReasonClass why) ->
          part(
              "child-ended",
              Json.object()
                  .put("runId", child.toString())
                  .put("status", status)
                  .put("reasonClass", why == null ? null : why.wireName()));
      case RunCreated _, RunStarted _, RunForked _, RunCompleted _, RunFailed _, RunCanceled _ ->
          List.of();
    };
  }

  static Chunk of(FrameQuarantined frame) {
    Json.Obj data =
        Json.object()
            .put("frameId", frame.frameId().value())
            .put("errorClass", frame.errorClass())
            .put("attempts", frame.attempts())
            .build();
    return AiSdkChunks.part("frame-quarantined", null, data);
  }

  static Chunk of(LoopDetected loop) {
    Json.Obj data =
        Json.object()
            .put("detector", loop.detector())
            .put("level", loop.level())
            .put("count", loop.count())
            .put("message", loop.message())
            .build();
    return AiSdkChunks.part("loop-detected", null, data);
  }

  private static List<Chunk> status(Json.Builder data) {
    return List.of(AiSdkChunks.passing("status", null, data.build()));
  }

  private static List<Chunk> part(String name, Json.Builder data) {
    return List.of(AiSdkChunks.part(name, null, data.build()));
  }

  private static String lower(RunResumed.Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT);
  }
}
