package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;

/// The payloads of [ReasoningEvent].
final class ReasoningEventJson {

  private ReasoningEventJson() {}

  static void write(ReasoningEvent event, Json.Builder out) {
    switch (event) {
      case ReasoningStarted(var reasoningId) -> out.put("reasoningId", reasoningId);
      case ReasoningDelta(var reasoningId, var text) ->
          out.put("reasoningId", reasoningId).put("text", text);
      case ReasoningCompleted(var reasoningId, var text, var outcome) ->
          out.put("reasoningId", reasoningId)
              .put("text", text)
              .put("outcome", Vocabulary.OUTCOME.word(outcome));
    }
  }

  static ReasoningStarted started(Fields fields) {
    return new ReasoningStarted(fields.text("reasoningId"));
  }

  static ReasoningDelta delta(Fields fields) {
    return new ReasoningDelta(fields.text("reasoningId"), fields.text("text"));
  }

  static ReasoningCompleted completed(Fields fields) {
    return new ReasoningCompleted(
        fields.text("reasoningId"),
        fields.text("text"),
        fields.parsed("outcome", Vocabulary.OUTCOME::constant));
  }
}
