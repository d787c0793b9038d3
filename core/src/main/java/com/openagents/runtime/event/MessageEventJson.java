package com.openagents.runtime.event;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.ModelUse;

/// The payloads of [MessageEvent].
final class MessageEventJson {

  private MessageEventJson() {}

  static void write(MessageEvent event, Json.Builder out) {
    switch (event) {
      case MessageStarted(var messageId) -> out.put("messageId", messageId);
      case MessageDelta(var messageId, var text) ->
          out.put("messageId", messageId).put("text", text);
      case MessageCompleted(var messageId, var text, var outcome, var model, var blob) ->
          out.put("messageId", messageId)
              .put("text", text)
              .put("outcome", Vocabulary.OUTCOME.word(outcome))
              .put("model", model == null ? null : of(model))
              .put("blob", blob == null ? null : blob.json());
    }
  }

  private static Json.Obj of(ModelUse model) {
    return Json.object()
        .put("provider", model.provider())
        .put("name", model.name())
        .put("finishReason", model.finishReason())
        .put("inputTokens", model.inputTokens())
        .put("outputTokens", model.outputTokens())
        .build();
  }

  static MessageStarted started(Fields fields) {
    return new MessageStarted(fields.text("messageId"));
  }

  static MessageDelta delta(Fields fields) {
    return new MessageDelta(fields.text("messageId"), fields.text("text"));
  }

  static MessageCompleted completed(Fields fields) {
    return new MessageCompleted(
        fields.text("messageId"),
        fields.text("text"),
        fields.parsed("outcome", Vocabulary.OUTCOME::constant),
        fields.nestedIfAny("model", MessageEventJson::model),
        fields.nestedIfAny("blob", BlobRef::read));
  }

  private static ModelUse model(Fields fields) {
    return new ModelUse(
        fields.text("provider"),
        fields.text("name"),
        fields.text("finishReason"),
        fields.wholeIfAny("inputTokens"),
        fields.wholeIfAny("outputTokens"));
  }
}
