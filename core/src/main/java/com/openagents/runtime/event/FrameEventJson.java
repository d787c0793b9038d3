package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.FrameEvent.FrameQuarantined;
import com.openagents.runtime.event.FrameEvent.Source;
import com.openagents.runtime.identity.FrameId;
import org.jspecify.annotations.Nullable;

/// The JSON of [FrameEvent]s.
final class FrameEventJson {

  private FrameEventJson() {}

  static Json.Obj write(FrameEvent event) {
    return switch (event) {
      case FrameAccepted frame ->
          Json.object()
              .put("frameId", frame.frameId().value())
              .put("frameType", frame.frameType())
              .put("payload", frame.payload())
              .put("content", frame.content().toString())
              .put("source", source(frame.source()))
              .put("occurredAt", Fields.written(frame.occurredAt()))
              .build();
      case FrameQuarantined(var frameId, var errorClass, int attempts) ->
          Json.object()
              .put("frameId", frameId.value())
              .put("errorClass", errorClass)
              .put("attempts", attempts)
              .build();
    };
  }

  static FrameEvent read(EventType type, Fields in) {
    FrameId frameId = new FrameId(in.text("frameId"));
    if (type == EventType.FRAME_QUARANTINED) {
      return new FrameQuarantined(frameId, in.text("errorClass"), in.integer("attempts"));
    }
    Json.Obj source = in.objectOrNull("source");
    return new FrameAccepted(
        frameId,
        in.text("frameType"),
        in.object("payload"),
        in.digest("content"),
        source == null ? null : source(new Fields(source)),
        in.timeOrNull("occurredAt"));
  }

  private static Json.@Nullable Obj source(@Nullable Source source) {
    return source == null
        ? null
        : Json.object().put("kind", source.kind()).put("requestId", source.requestId()).build();
  }

  private static Source source(Fields in) {
    return new Source(in.text("kind"), in.textOrNull("requestId"));
  }
}
