package com.openagents.runtime.stream;

import com.openagents.runtime.canon.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An approval that is waited for, as AG-UI asks its reader for something.
///
/// @param id the approval's, with which it is answered
/// @param message what is to be approved, or null
/// @param toolCallId as the format calls it; null for an approval of no call that was shown
record AgUiInterrupt(
    String id, @Nullable String message, @Nullable String toolCallId, Instant expiresAt) {

  /// The fields of an answer that a frame `tool_approval` takes beside the id.
  private static final Json.Obj ANSWER =
      Json.object()
          .put("type", "object")
          .put(
              "properties",
              Json.object()
                  .put("approved", Json.object().put("type", "boolean").build())
                  .put("reason", Json.object().put("type", "string").build())
                  .build())
          .put("required", Json.array(List.of(Json.of("approved"))))
          .build();

  Json.Obj json() {
    return Json.object()
        .put("id", id)
        .put("reason", toolCallId == null ? "confirmation" : "tool_call")
        .put("message", message)
        .put("toolCallId", toolCallId)
        .put("responseSchema", ANSWER)
        .put("expiresAt", expiresAt)
        .build();
  }
}
