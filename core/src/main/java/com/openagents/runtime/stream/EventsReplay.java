package com.openagents.runtime.stream;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.event.RunEvent.RunForked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every event as it is, from the start: a text whose pieces aged out comes as one piece before its
/// whole, so that a reader who joins pieces misses nothing.
///
/// That piece has the sequence of the last one that aged out, and the time of the whole. It is in
/// the group of the whole, and so without an id of its own.
record EventsReplay() implements Mapping<EventsReplay.Place> {

  /// @param last the sequence of the event before
  /// @param open texts that have begun and not ended
  record Place(long last, Map<String, OpenText> open) {
    Place {
      open = Map.copyOf(open);
    }

    /// The same place behind another event, with what is missing before it.
    private Place to(long seq) {
      if (seq == last + 1) {
        return new Place(seq, open);
      }
      Map<String, OpenText> more = new HashMap<>();
      open.forEach((id, text) -> more.put(id, new OpenText(text.shown(), seq - 1)));
      return new Place(seq, more);
    }

    private Place with(String id, @Nullable OpenText text) {
      Map<String, OpenText> other = new HashMap<>(open);
      if (text == null) {
        other.remove(id);
      } else {
        other.put(id, text);
      }
      return new Place(last, other);
    }
  }

  /// @param shown how many characters came in pieces
  /// @param missing the last sequence that is missing since it began; 0 when none is
  record OpenText(int shown, long missing) {
    private OpenText and(String piece) {
      return new OpenText(shown + piece.length(), missing);
    }
  }

  @Override
  public Place initial() {
    return new Place(0, Map.of());
  }

  @Override
  public boolean resting(Place state) {
    return state.open().isEmpty();
  }

  @Override
  public Step<Place> next(Place state, Envelope envelope) {
    Place place = state.to(envelope.seq());
    List<Chunk> chunks = new ArrayList<>(2);
    Place next =
        switch (envelope.event()) {
          case MessageStarted(String id) -> place.with("m" + id, new OpenText(0, 0));
          case ReasoningStarted(String id) -> place.with("r" + id, new OpenText(0, 0));
          case MessageDelta(String id, String text) -> grown(place, "m" + id, text);
          case ReasoningDelta(String id, String text) -> grown(place, "r" + id, text);
          case MessageCompleted whole -> {
            String id = whole.messageId();
            String rest = rest(place.open().get("m" + id), whole.text());
            add(place, "m" + id, envelope, new MessageDelta(id, rest), rest, chunks);
            yield place.with("m" + id, null);
          }
          case ReasoningCompleted(String id, String text, _) -> {
            String rest = rest(place.open().get("r" + id), text);
            add(place, "r" + id, envelope, new ReasoningDelta(id, rest), rest, chunks);
            yield place.with("r" + id, null);
          }
          case RunForked _ -> new Place(place.last(), Map.of());
          default -> place;
        };
    chunks.add(new Chunk(EventsMapping.json(envelope)));
    return new Step<>(next, chunks);
  }

  private static Place grown(Place place, String id, String piece) {
    OpenText text = place.open().get(id);
    return text == null ? place : place.with(id, text.and(piece));
  }

  /// What no piece has shown; nothing when no piece is missing.
  private static String rest(@Nullable OpenText open, String whole) {
    if (open == null || open.missing() == 0) {
      return "";
    }
    return whole.substring(Math.min(whole.length(), open.shown()));
  }

  private static void add(
      Place place, String id, Envelope whole, Event.Known piece, String rest, List<Chunk> chunks) {
    OpenText open = place.open().get(id);
    if (open != null && !rest.isEmpty()) {
      Envelope aged =
          new Envelope(
              whole.runId(),
              open.missing(),
              piece,
              whole.occurredAt(),
              whole.traceId(),
              whole.epoch());
      chunks.add(new Chunk(EventsMapping.json(aged)));
    }
  }
}
