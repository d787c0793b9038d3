package com.openagents.runtime.testkit.law;

import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.event.RunEvent;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What readers see of a text is what the log keeps of it: its pieces make up its whole, no two
/// texts overlap, and none is told twice.
///
/// One use: it goes through the log of one run.
final class TextLaw {

  static final Law TEXTS_ARE_WHOLE =
      new Law("the pieces of each text make up its whole", run -> new TextLaw().breach(run));

  private final Set<String> told = new HashSet<>();
  private final StringBuilder pieces = new StringBuilder();
  private @Nullable String open;

  private Optional<String> breach(RunEvidence run) {
    return run.events().map(this::breach).flatMap(Optional::stream).findFirst();
  }

  private Optional<String> breach(Event event) {
    return switch (event) {
      case MessageStarted(String id) -> began(id);
      case ReasoningStarted(String id) -> began(id);
      case MessageDelta(String id, String text) -> went(id, text);
      case ReasoningDelta(String id, String text) -> went(id, text);
      case MessageCompleted message -> ended(message.messageId(), message.text());
      case ReasoningCompleted(String id, String text, _) -> ended(id, text);
      case RunEvent.RunForked _ -> {
        open = null;
        yield Optional.empty();
      }
      case RunEvent.RunCompleted _ when open != null ->
          Optional.of("the run completed while " + open + " was open");
      case RunEvent.RunFailed(ReasonClass why, _)
          when open != null && why == ReasonClass.MODEL_UNAVAILABLE ->
          Optional.of("its model failed, and " + open + " was left open");
      default -> Optional.empty();
    };
  }

  private Optional<String> began(String id) {
    if (open != null) {
      return Optional.of(id + " began while " + open + " was open");
    }
    open = id;
    pieces.setLength(0);
    return told.add(id) ? Optional.empty() : Optional.of(id + " was told twice");
  }

  private Optional<String> went(String id, String piece) {
    pieces.append(piece);
    return id.equals(open) ? Optional.empty() : Optional.of("a piece of " + id + " is in " + open);
  }

  private Optional<String> ended(String id, String whole) {
    if (!id.equals(open)) {
      return Optional.of(id + " ended while " + open + " was open");
    }
    open = null;
    return whole.contentEquals(pieces)
        ? Optional.empty()
        : Optional.of(
            "the pieces of %s are \"%s\", the whole is \"%s\"".formatted(id, pieces, whole));
  }
}
