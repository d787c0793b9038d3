package com.openagents.runtime.codec;

import com.openagents.runtime.event.ReasoningEvent;
import com.openagents.runtime.event.Vocabulary;
import com.openagents.runtime.proto.protocol.v1.Envelope;
import com.openagents.runtime.proto.protocol.v1.ReasoningCompleted;
import com.openagents.runtime.proto.protocol.v1.ReasoningDelta;
import com.openagents.runtime.proto.protocol.v1.ReasoningStarted;

/// The messages of [ReasoningEvent].
final class ReasoningEventProto {

  private ReasoningEventProto() {}

  static void write(ReasoningEvent event, Envelope.Builder out) {
    switch (event) {
      case ReasoningEvent.ReasoningStarted(var reasoningId) ->
          out.getReasoningStartedBuilder().setReasoningId(reasoningId);
      case ReasoningEvent.ReasoningDelta(var reasoningId, var text) ->
          out.getReasoningDeltaBuilder().setReasoningId(reasoningId).setText(text);
      case ReasoningEvent.ReasoningCompleted(var reasoningId, var text, var outcome) ->
          out.getReasoningCompletedBuilder()
              .setReasoningId(reasoningId)
              .setText(text)
              .setOutcome(Vocabulary.OUTCOME.word(outcome));
    }
  }

  static ReasoningEvent read(ReasoningStarted in) {
    return new ReasoningEvent.ReasoningStarted(in.getReasoningId());
  }

  static ReasoningEvent read(ReasoningDelta in) {
    return new ReasoningEvent.ReasoningDelta(in.getReasoningId(), in.getText());
  }

  static ReasoningEvent read(ReasoningCompleted in) {
    return new ReasoningEvent.ReasoningCompleted(
        in.getReasoningId(), in.getText(), Vocabulary.OUTCOME.constant(in.getOutcome()));
  }
}
