package com.openagents.runtime.codec;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.BlobRef;
import com.openagents.runtime.event.MessageEvent;
import com.openagents.runtime.event.Vocabulary;
import com.openagents.runtime.proto.protocol.v1.Envelope;
import com.openagents.runtime.proto.protocol.v1.MessageCompleted;
import com.openagents.runtime.proto.protocol.v1.MessageDelta;
import com.openagents.runtime.proto.protocol.v1.MessageStarted;
import com.openagents.runtime.proto.protocol.v1.ModelUse;

/// The messages of [MessageEvent].
final class MessageEventProto {

  private MessageEventProto() {}

  static void write(MessageEvent event, Envelope.Builder out) {
    switch (event) {
      case MessageEvent.MessageStarted(var messageId) ->
          out.getMessageStartedBuilder().setMessageId(messageId);
      case MessageEvent.MessageDelta(var messageId, var text) ->
          out.setMessageDelta(MessageDelta.newBuilder().setMessageId(messageId).setText(text));
      case MessageEvent.MessageCompleted(
              var messageId,
              var text,
              var outcome,
              var model,
              var blob) -> {
        var completed = out.getMessageCompletedBuilder();
        completed
            .setMessageId(messageId)
            .setText(text)
            .setOutcome(Vocabulary.OUTCOME.word(outcome));
        Scalars.set(model, use -> write(use, completed.getModelBuilder()));
        Scalars.set(blob, reference -> write(reference, completed.getBlobBuilder()));
      }
    }
  }

  private static void write(MessageEvent.ModelUse model, ModelUse.Builder out) {
    out.setProvider(model.provider()).setName(model.name()).setFinishReason(model.finishReason());
    Scalars.set(model.inputTokens(), out::setInputTokens);
    Scalars.set(model.outputTokens(), out::setOutputTokens);
  }

  private static void write(
      BlobRef blob, com.openagents.runtime.proto.protocol.v1.BlobRef.Builder out) {
    out.setSha256(blob.sha256().hex()).setSize(blob.size()).setMediaType(blob.mediaType());
  }

  static MessageEvent read(MessageStarted in) {
    return new MessageEvent.MessageStarted(in.getMessageId());
  }

  static MessageEvent read(MessageDelta in) {
    return new MessageEvent.MessageDelta(in.getMessageId(), in.getText());
  }

  static MessageEvent read(MessageCompleted in) {
    return new MessageEvent.MessageCompleted(
        in.getMessageId(),
        in.getText(),
        Vocabulary.OUTCOME.constant(in.getOutcome()),
        in.hasModel() ? model(in.getModel()) : null,
        in.hasBlob() ? blob(in.getBlob()) : null);
  }

  private static MessageEvent.ModelUse model(ModelUse in) {
    return new MessageEvent.ModelUse(
        in.getProvider(),
        in.getName(),
        in.getFinishReason(),
        in.hasInputTokens() ? in.getInputTokens() : null,
        in.hasOutputTokens() ? in.getOutputTokens() : null);
  }

  private static BlobRef blob(com.openagents.runtime.proto.protocol.v1.BlobRef in) {
    return new BlobRef(new Digest(in.getSha256()), in.getSize(), in.getMediaType());
  }
}
