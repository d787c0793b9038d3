package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.FrameEvent.FrameQuarantined;
import com.openagents.runtime.event.FrameEvent.Source;
import com.openagents.runtime.identity.FrameId;

/// The payloads of [FrameEvent].
final class FrameEventJson {

  private FrameEventJson() {}

  static void write(FrameEvent event, Json.Builder out) {
    switch (event) {
      case FrameAccepted(
              var frameId,
              var frameType,
              var payload,
              var content,
              var source,
              var occurredAt) ->
          out.put("frameId", frameId.value())
              .put("frameType", frameType)
              .put("payload", payload)
              .put("content", content.toString())
              .put("source", source == null ? null : of(source))
              .put("occurredAt", occurredAt);
      case FrameQuarantined(var frameId, var errorClass, var attempts) ->
          out.put("frameId", frameId.value())
              .put("errorClass", errorClass)
              .put("attempts", attempts);
    }
  }

  private static Json.Obj of(Source source) {
    return Json.object().put("kind", source.kind()).put("requestId", source.requestId()).build();
  }

  static FrameAccepted accepted(Fields fields) {
    return new FrameAccepted(
        fields.parsed("frameId", FrameId::new),
        fields.text("frameType"),
        fields.object("payload"),
        fields.digest("content"),
        fields.nestedIfAny(
            "source", source -> new Source(source.text("kind"), source.textIfAny("requestId"))),
        fields.timeIfAny("occurredAt"));
  }

  static FrameQuarantined quarantined(Fields fields) {
    return new FrameQuarantined(
        fields.parsed("frameId", FrameId::new),
        fields.text("errorClass"),
        fields.count("attempts"));
  }
}
