package com.openagents.runtime.execution;

import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.PlainText;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.run.RunState.OpenText;
import org.jspecify.annotations.Nullable;

/// Puts what is said into a [Plan]: what the log has of it already is told by the plan's fold.
final class Speech {

  private static final int DELTA_MAX = 32 << 10;

  private Speech() {}

  /// Emits what was heard and is not in the log yet.
  static void flush(Plan plan, Answer answer) {
    OpenText open = plan.state().openText();
    if (open == null && !answer.reasoning().isEmpty()) {
      plan.emit(new ReasoningStarted(answer.reasoningId()));
      open = plan.state().openText();
    }
    if (open != null && open.reasoning()) {
      thinkOn(plan, answer.reasoningId(), answer.reasoning().after(open.text().length()));
      if (answer.text().isEmpty()) {
        return;
      }
      plan.emit(thoughtOf(answer));
      open = null;
    }
    if (!answer.text().isEmpty()) {
      if (open == null) {
        plan.emit(new MessageStarted(answer.messageId()));
      }
      int logged = open == null ? 0 : open.text().length();
      speakOn(plan, answer.messageId(), answer.text().after(logged));
    }
  }

  /// Emits the rest of an answer and its end.
  static void conclude(Plan plan, Answer answer, ModelUse use) {
    flush(plan, answer);
    OpenText open = plan.state().openText();
    if (open != null && open.reasoning()) {
      plan.emit(thoughtOf(answer));
      open = null;
    }
    if (open == null) {
      plan.emit(new MessageStarted(answer.messageId()));
    }
    String text = answer.text().toString();
    plan.emit(new MessageCompleted(answer.messageId(), text, Outcome.COMPLETE, use));
  }

  private static ReasoningCompleted thoughtOf(Answer answer) {
    return new ReasoningCompleted(
        answer.reasoningId(), answer.reasoning().toString(), Outcome.COMPLETE);
  }

  /// Ends the text that is open as interrupted, with all that was heard of it.
  static void interrupt(Plan plan, @Nullable Answer answer) {
    if (answer != null) {
      flush(plan, answer);
    }
    OpenText open = plan.state().openText();
    if (open != null) {
      String text = open.text().toString();
      plan.emit(
          open.reasoning()
              ? new ReasoningCompleted(open.id(), text, Outcome.INTERRUPTED)
              : new MessageCompleted(open.id(), text, Outcome.INTERRUPTED, null));
    }
  }

  /// Emits a whole message that no model spoke.
  static void say(Plan plan, String messageId, String text) {
    plan.emit(new MessageStarted(messageId));
    speakOn(plan, messageId, text);
    plan.emit(new MessageCompleted(messageId, text, Outcome.COMPLETE, null));
  }

  /// Emits a whole thought that no model had.
  static void think(Plan plan, String reasoningId, String text) {
    plan.emit(new ReasoningStarted(reasoningId));
    thinkOn(plan, reasoningId, text);
    plan.emit(new ReasoningCompleted(reasoningId, text, Outcome.COMPLETE));
  }

  private static void speakOn(Plan plan, String messageId, String text) {
    for (String rest = text; !rest.isEmpty(); rest = rest.substring(pieceEnd(rest))) {
      plan.emit(new MessageDelta(messageId, rest.substring(0, pieceEnd(rest))));
    }
  }

  private static void thinkOn(Plan plan, String reasoningId, String text) {
    for (String rest = text; !rest.isEmpty(); rest = rest.substring(pieceEnd(rest))) {
      plan.emit(new ReasoningDelta(reasoningId, rest.substring(0, pieceEnd(rest))));
    }
  }

  private static int pieceEnd(String text) {
    return PlainText.whole(text, Math.min(text.length(), DELTA_MAX));
  }
}
