package com.openagents.runtime.execution;

import com.openagents.runtime.model.ModelStream.Done;
import com.openagents.runtime.model.ModelStream.Failed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A model's answer as far as it was heard, whether the log has it yet or not.
///
/// @param attempt which call for the intent this is, from 1
/// @param reasoning all reasoning heard; what comes after the first text is left out
/// @param text all text heard
/// @param since when the oldest unwritten piece was heard, or null when nothing is unwritten
record Answer(
    String intentId,
    int attempt,
    String reasoning,
    String text,
    @Nullable Instant since,
    @Nullable Done done,
    @Nullable Failed failed) {

  static Answer begun(String intentId, int attempt) {
    return new Answer(intentId, attempt, "", "", null, null, null);
  }

  String messageId() {
    return intentId + "." + attempt;
  }

  String reasoningId() {
    return messageId() + ".reasoning";
  }

  Answer hearsText(String piece, Instant now) {
    return new Answer(
        intentId, attempt, reasoning, text + piece, since == null ? now : since, done, failed);
  }

  Answer hearsReasoning(String piece, Instant now) {
    return text.isEmpty()
        ? new Answer(
            intentId, attempt, reasoning + piece, text, since == null ? now : since, done, failed)
        : this;
  }

  Answer written() {
    return new Answer(intentId, attempt, reasoning, text, null, done, failed);
  }

  Answer ended(@Nullable Done well, @Nullable Failed badly) {
    return new Answer(intentId, attempt, reasoning, text, since, well, badly);
  }
}
