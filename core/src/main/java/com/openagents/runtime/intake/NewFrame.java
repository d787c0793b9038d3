package com.openagents.runtime.intake;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.FrameEvent.Source;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.log.FrameKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A frame as a sender hands it in.
public record NewFrame(
    FrameId frameId,
    String type,
    Json.Obj payload,
    @Nullable Source source,
    @Nullable Instant occurredAt) {

  /// The digest of what must be equal for a repetition: type and payload.
  public Digest content() {
    return FrameAccepted.contentOf(type, payload);
  }

  FrameAccepted event() {
    return new FrameAccepted(frameId, type, payload, content(), source, occurredAt);
  }

  static FrameKey key(FrameAccepted event) {
    return new FrameKey(event.frameId(), event.content());
  }
}
