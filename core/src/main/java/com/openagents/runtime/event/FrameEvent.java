package com.openagents.runtime.event;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.FrameId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What reached a run from outside.
public sealed interface FrameEvent extends Event.Known {

  /// @param frameType `user_message`, `signal`, `tool_approval`, … (closed unless the agent
  ///   declares more)
  /// @param payload the content, or a claim `{"blob": …}` when it is large
  /// @param content digest of type and payload, which makes ingestion idempotent
  /// @param occurredAt when the sender says that it happened, or null
  record FrameAccepted(
      FrameId frameId,
      String frameType,
      Json.Obj payload,
      Digest content,
      @Nullable Source source,
      @Nullable Instant occurredAt)
      implements FrameEvent {

    /// What must be equal for a repetition, as a digest.
    ///
    /// @param payload the content itself, never a claim
    public static Digest contentOf(String frameType, Json.Obj payload) {
      return Digest.of(Json.object().put("type", frameType).put("payload", payload).build());
    }

    @Override
    public EventType is() {
      return EventType.FRAME_ACCEPTED;
    }
  }

  /// Where a frame came from, as its sender names it.
  record Source(String kind, @Nullable String requestId) {}

  /// @param errorClass the class of the failure that the frame caused
  /// @param attempts how often it was tried
  record FrameQuarantined(FrameId frameId, String errorClass, int attempts) implements FrameEvent {
    @Override
    public EventType is() {
      return EventType.FRAME_QUARANTINED;
    }
  }
}
