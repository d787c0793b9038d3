package com.openagents.runtime.run;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.BlobRef;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import java.util.List;
import java.util.Optional;

/// One thing that was said in a conversation and that later turns may read.
public record Utterance(Speaker speaker, String text) {

  public enum Speaker {
    USER,
    AGENT,
    /// Context that somebody left for the agent.
    NOTE
  }

  /// What an event adds to the conversation; nothing when it is silent, or was interrupted.
  public static Optional<Utterance> of(Event event) {
    return switch (event) {
      case FrameAccepted frame ->
          switch (frame.frameType()) {
            case "user_message" -> said(Speaker.USER, textOf(frame.payload()));
            case "note" -> said(Speaker.NOTE, textOf(frame.payload()));
            default -> Optional.empty();
          };
      case MessageCompleted message when message.outcome() == Outcome.COMPLETE ->
          said(Speaker.AGENT, message.shown());
      default -> Optional.empty();
    };
  }

  private static Optional<Utterance> said(Speaker speaker, String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(new Utterance(speaker, text));
  }

  /// The text of a message's payload: `text`, or the texts of its `parts` joined by line breaks, or
  /// where the payload lies.
  public static String textOf(Json.Obj payload) {
    if (payload.get("text") instanceof Json.Str(String text)) {
      return text;
    }
    StringBuilder joined = new StringBuilder();
    if (payload.get("parts") instanceof Json.Arr(List<Json> parts)) {
      for (Json part : parts) {
        if (part instanceof Json.Obj object && object.get("text") instanceof Json.Str(String t)) {
          joined.append(joined.isEmpty() ? "" : "\n").append(t);
        }
      }
    }
    return BlobRef.claimed(payload).map(BlobRef::toString).orElseGet(joined::toString);
  }
}
