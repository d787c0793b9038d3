package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import org.jspecify.annotations.Nullable;

/// The JSON of [MessageEvent]s and [ReasoningEvent]s.
final class TextEventJson {

  private TextEventJson() {}

  static Json.Obj write(MessageEvent event) {
    Json.Builder out = Json.object();
    return switch (event) {
      case MessageStarted(var id) -> out.put("messageId", id).build();
      case MessageDelta(var id, var text) -> out.put("messageId", id).put("text", text).build();
      case MessageCompleted(var id, var text, var outcome, var model) ->
          out.put("messageId", id)
              .put("text", text)
              .put("outcome", RunSpecJson.lower(outcome))
              .put("model", model(model))
              .build();
    };
  }

  static Json.Obj write(ReasoningEvent event) {
    Json.Builder out = Json.object();
    return switch (event) {
      case ReasoningStarted(var id) -> out.put("reasoningId", id).build();
      case ReasoningDelta(var id, var text) -> out.put("reasoningId", id).put("text", text).build();
      case ReasoningCompleted(var id, var text, var outcome) ->
          out.put("reasoningId", id)
              .put("text", text)
              .put("outcome", RunSpecJson.lower(outcome))
              .build();
    };
  }

  static Event.Known read(EventType type, Fields in) {
    return switch (type) {
      case MESSAGE_STARTED -> new MessageStarted(in.text("messageId"));
      case MESSAGE_DELTA -> new MessageDelta(in.text("messageId"), in.text("text"));
      case MESSAGE_COMPLETED ->
          new MessageCompleted(
              in.text("messageId"), in.text("text"), outcome(in), model(in.objectOrNull("model")));
      case REASONING_STARTED -> new ReasoningStarted(in.text("reasoningId"));
      case REASONING_DELTA -> new ReasoningDelta(in.text("reasoningId"), in.text("text"));
      case REASONING_COMPLETED ->
          new ReasoningCompleted(in.text("reasoningId"), in.text("text"), outcome(in));
      default -> throw new IllegalArgumentException(type + " is no event of a text");
    };
  }

  private static Outcome outcome(Fields in) {
    return Outcome.valueOf(RunSpecJson.upper(in.text("outcome")));
  }

  private static Json.@Nullable Obj model(@Nullable ModelUse use) {
    return use == null
        ? null
        : Json.object()
            .put("provider", use.provider())
            .put("name", use.name())
            .put("finishReason", use.finishReason())
            .put("inputTokens", use.inputTokens())
            .put("outputTokens", use.outputTokens())
            .build();
  }

  private static @Nullable ModelUse model(Json.@Nullable Obj object) {
    if (object == null) {
      return null;
    }
    Fields in = new Fields(object);
    return new ModelUse(
        in.text("provider"),
        in.text("name"),
        in.text("finishReason"),
        in.numberOrNull("inputTokens"),
        in.numberOrNull("outputTokens"));
  }
}
