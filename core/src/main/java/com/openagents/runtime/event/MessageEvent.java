package com.openagents.runtime.event;

import org.jspecify.annotations.Nullable;

/// Text that the agent says, in pieces as it comes and then whole.
public sealed interface MessageEvent extends Event.Known {

  /// @param messageId `<intent id>.<attempt>`, unique within the run
  record MessageStarted(String messageId) implements MessageEvent {
    @Override
    public EventType is() {
      return EventType.MESSAGE_STARTED;
    }
  }

  record MessageDelta(String messageId, String text) implements MessageEvent {
    @Override
    public EventType is() {
      return EventType.MESSAGE_DELTA;
    }
  }

  /// @param text the whole text, so that folds never need the deltas; empty when `blob` has it
  /// @param outcome [Outcome#INTERRUPTED] leaves the message out of later context
  /// @param model which model spoke, or null when the program itself did
  /// @param blob where the text lies when it is too large for the log, or null
  record MessageCompleted(
      String messageId,
      String text,
      Outcome outcome,
      @Nullable ModelUse model,
      @Nullable BlobRef blob)
      implements MessageEvent {

    /// A message whose text is in the event.
    public MessageCompleted(
        String messageId, String text, Outcome outcome, @Nullable ModelUse model) {
      this(messageId, text, outcome, model, null);
    }

    /// The text, or where it lies.
    public String shown() {
      return blob == null ? text : blob.toString();
    }

    @Override
    public EventType is() {
      return EventType.MESSAGE_COMPLETED;
    }
  }

  enum Outcome {
    COMPLETE,
    INTERRUPTED
  }

  /// Which model produced a text, and at what cost.
  ///
  /// @param provider `offline` for the built-in stand-in
  /// @param finishReason `stop`, `length`, `content-filter`, `tool-calls`, `error` or `other`
  /// @param inputTokens as the provider reports, or null
  record ModelUse(
      String provider,
      String name,
      String finishReason,
      @Nullable Long inputTokens,
      @Nullable Long outputTokens) {}
}
