package com.openagents.runtime.stream;

import com.openagents.runtime.event.BlobRef;
import com.openagents.runtime.event.MessageEvent;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasoningEvent;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.stream.TextSign.Began;
import com.openagents.runtime.stream.TextSign.Elsewhere;
import com.openagents.runtime.stream.TextSign.Ended;
import com.openagents.runtime.stream.TextSign.Interrupted;
import com.openagents.runtime.stream.TextSign.Piece;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The texts that a reader has open, and what an event does to them, in every format that shows
/// messages in pieces.
///
/// A completed text carries the whole: what no delta has shown is shown before it is closed. So a
/// log whose deltas have aged out still gives every message, as one piece, or says where it lies.
///
/// @param all in the order in which they began
record OpenTexts(List<OpenText> all) {

  static final OpenTexts NONE = new OpenTexts(List.of());

  OpenTexts {
    all = List.copyOf(all);
  }

  /// @param shown how many characters of it the reader has got
  record OpenText(Text text, int shown) {}

  /// @param texts what is open afterwards
  /// @param signs what a reader is told, in order
  record Change(OpenTexts texts, List<TextSign> signs) {
    Change {
      signs = List.copyOf(signs);
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  Change next(MessageEvent event) {
    return switch (event) {
      case MessageStarted(String id) -> started(Text.message(id));
      case MessageDelta(String id, String piece) -> grown(Text.message(id), piece);
      case MessageCompleted message -> completed(message);
    };
  }

  Change next(ReasoningEvent event) {
    return switch (event) {
      case ReasoningStarted(String id) -> started(Text.reasoning(id));
      case ReasoningDelta(String id, String piece) -> grown(Text.reasoning(id), piece);
      case ReasoningCompleted(String id, String whole, Outcome outcome) ->
          completed(Text.reasoning(id), whole, outcome);
    };
  }

  /// Ends whatever is open.
  Change closed() {
    return new Change(NONE, all.stream().<TextSign>map(open -> new Ended(open.text())).toList());
  }

  private Change started(Text text) {
    if (of(text) != null) {
      return new Change(this, List.of());
    }
    List<OpenText> more = new ArrayList<>(all);
    more.add(new OpenText(text, 0));
    return new Change(new OpenTexts(more), List.of(new Began(text)));
  }

  private Change grown(Text text, String piece) {
    OpenText open = of(text);
    if (open == null) {
      return new Change(this, List.of());
    }
    OpenText grown = new OpenText(text, open.shown() + piece.length());
    List<OpenText> other = all.stream().map(each -> each.equals(open) ? grown : each).toList();
    return new Change(new OpenTexts(other), List.of(new Piece(text, piece)));
  }

  private Change completed(MessageCompleted message) {
    Text text = Text.message(message.messageId());
    Change change = completed(text, message.text(), message.outcome());
    OpenText open = of(text);
    BlobRef blob = open == null || open.shown() == 0 ? message.blob() : null;
    if (blob == null) {
      return change;
    }
    List<TextSign> signs = new ArrayList<>(change.signs());
    signs.add(new Elsewhere(text, blob));
    return new Change(change.texts(), signs);
  }

  private Change completed(Text text, String whole, Outcome outcome) {
    List<TextSign> signs = new ArrayList<>(4);
    OpenText open = of(text);
    String rest = after(open == null ? 0 : open.shown(), whole);
    boolean shows = open != null || !rest.isEmpty();
    if (open == null && shows) {
      signs.add(new Began(text));
    }
    if (!rest.isEmpty()) {
      signs.add(new Piece(text, rest));
    }
    if (shows) {
      signs.add(new Ended(text));
    }
    if (outcome != Outcome.COMPLETE) {
      signs.add(new Interrupted(text));
    }
    return new Change(without(open), signs);
  }

  /// What a reader has not got who has got this many characters.
  private static String after(int shown, String whole) {
    boolean inPair = shown < whole.length() && Character.isLowSurrogate(whole.charAt(shown));
    return whole.substring(Math.min(whole.length(), inPair ? shown + 1 : shown));
  }

  private OpenTexts without(@Nullable OpenText open) {
    return new OpenTexts(all.stream().filter(each -> !each.equals(open)).toList());
  }

  private @Nullable OpenText of(Text text) {
    for (OpenText open : all) {
      if (open.text().equals(text)) {
        return open;
      }
    }
    return null;
  }
}
