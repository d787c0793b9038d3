package com.openagents.runtime.execution;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.event.PlainText;
import com.openagents.runtime.model.ModelStream.Done;
import com.openagents.runtime.model.ModelStream.Failed;
import com.openagents.runtime.model.ModelStream.Idle;
import com.openagents.runtime.model.ModelStream.Polled;
import com.openagents.runtime.model.ModelStream.Reasoning;
import com.openagents.runtime.model.ModelStream.Text;
import com.openagents.runtime.run.GrowingText;
import com.openagents.runtime.run.RunState.OpenText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A model's answer as far as it was heard, whether the log has it yet or not.
///
/// @param attempt which call for the intent this is, from 1
/// @param reasoning the reasoning heard; what comes after the first text, or is too much, is left
///   out
/// @param text all text heard
/// @param since when the oldest unwritten piece was heard, or null when nothing is unwritten
record Answer(
    String intentId,
    int attempt,
    GrowingText reasoning,
    GrowingText text,
    @Nullable Instant since,
    @Nullable Done done,
    @Nullable Failed failed) {

  static final int TEXT_MAX = 1 << 20;
  static final int REASONING_MAX = 64 << 10;

  static Answer begun(String intentId, int attempt) {
    return new Answer(intentId, attempt, GrowingText.EMPTY, GrowingText.EMPTY, null, null, null);
  }

  String messageId() {
    return intentId + "." + attempt;
  }

  String reasoningId() {
    return messageId() + ".reasoning";
  }

  Answer hears(Polled polled, Instant now) {
    return switch (polled) {
      case Text(String piece) -> hearsText(PlainText.of(piece), now);
      case Reasoning(String piece) -> hearsReasoning(PlainText.of(piece), now);
      case Idle() -> this;
      case Done(ModelUse use) ->
          new Answer(intentId, attempt, reasoning, text, since, new Done(counted(use)), null);
      case Failed(String errorClass, String message, boolean retryable) ->
          failed(new Failed(errorClass, PlainText.of(message), retryable));
    };
  }

  /// The use with the counts that an event can hold; a provider may report anything.
  private static ModelUse counted(ModelUse use) {
    return new ModelUse(
        use.provider(),
        use.name(),
        use.finishReason(),
        counted(use.inputTokens()),
        counted(use.outputTokens()));
  }

  private static @Nullable Long counted(@Nullable Long tokens) {
    return tokens == null || tokens < 0 || tokens > Json.Num.INTEGER_MAX ? null : tokens;
  }

  private Answer hearsText(String piece, Instant now) {
    if (text.length() + piece.length() > TEXT_MAX) {
      return failed(
          new Failed("malformed", "the answer has more than " + TEXT_MAX + " characters", false));
    }
    return new Answer(
        intentId, attempt, reasoning, text.with(piece), since == null ? now : since, done, failed);
  }

  private Answer hearsReasoning(String piece, Instant now) {
    return text.isEmpty() && reasoning.length() + piece.length() <= REASONING_MAX
        ? new Answer(
            intentId,
            attempt,
            reasoning.with(piece),
            text,
            since == null ? now : since,
            done,
            failed)
        : this;
  }

  private Answer failed(Failed badly) {
    return new Answer(intentId, attempt, reasoning, text, since, null, badly);
  }

  /// The same, once the log has it all.
  Answer written() {
    return new Answer(intentId, attempt, reasoning, text, null, done, failed);
  }

  /// Whether anything was heard.
  boolean began() {
    return !reasoning.isEmpty() || !text.isEmpty();
  }

  /// How many characters were heard that the log does not have.
  ///
  /// @param open what the log has of the part that is being written
  int unwritten(@Nullable OpenText open) {
    if (open == null) {
      return reasoning.length() + text.length();
    }
    int logged = open.text().length();
    return open.reasoning() ? reasoning.length() - logged + text.length() : text.length() - logged;
  }
}
