package com.openagents.runtime.ageing;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.ToolEvent.ToolCanceled;
import com.openagents.runtime.event.ToolEvent.ToolFailed;
import com.openagents.runtime.event.ToolEvent.ToolProgress;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import com.openagents.runtime.event.ToolEvent.ToolSucceeded;
import com.openagents.runtime.event.ToolEvent.ToolTimedOut;
import com.openagents.runtime.log.FloorRule;
import com.openagents.runtime.seal.Chain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the stretches of pieces in a log that may age out: those whose wholes are all in the log,
/// below a place where nothing is open. A fold; not thread-safe.
///
/// What a run left open when it ended has no whole, so its pieces stay.
final class Stretches {

  private final FloorRule open = new FloorRule();
  private final Set<String> wholes = new HashSet<>();
  private final List<Stretch> waiting = new ArrayList<>();
  private final List<Stretch> ready = new ArrayList<>();
  private @Nullable Stretch current;
  private long floor;
  private long last;

  /// @param floor where the floor stands; the first event taken comes after it
  Stretches(long floor) {
    this.floor = floor;
    this.last = floor;
  }

  /// Pieces one behind the other.
  ///
  /// @param before the chain up to the first
  /// @param through the chain up to the last
  record Stretch(Chain before, Chain through, Set<String> parts) {
    private Stretch with(Chain next, String part) {
      parts.add(part);
      return new Stretch(before, next, parts);
    }
  }

  /// Takes the next event.
  void take(Envelope envelope, Chain before, Chain after) {
    Event event = envelope.event();
    if (event.retention() == Retention.DELTA && open.bears(event)) {
      Stretch grown = current == null ? new Stretch(before, before, new HashSet<>()) : current;
      current = grown.with(after, part(event));
    } else if (current != null) {
      waiting.add(current);
      current = null;
    }
    open.take(envelope);
    settle(event);
    last = envelope.seq();
    if (open.none()) {
      rest();
    }
  }

  private void settle(Event event) {
    switch (event) {
      case MessageStarted _, ReasoningStarted _, ToolRequested _ -> wholes.remove(part(event));
      case MessageCompleted _,
          ReasoningCompleted _,
          ToolSucceeded _,
          ToolFailed _,
          ToolCanceled _,
          ToolTimedOut _ ->
          wholes.add(part(event));
      default -> {}
    }
  }

  private void rest() {
    waiting.stream().filter(s -> wholes.containsAll(s.parts())).forEach(ready::add);
    waiting.clear();
    wholes.clear();
    floor = last;
  }

  private static String part(Event event) {
    return switch (event) {
      case MessageStarted(String id) -> "message " + id;
      case MessageDelta(String id, _) -> "message " + id;
      case MessageCompleted message -> "message " + message.messageId();
      case ReasoningStarted(String id) -> "reasoning " + id;
      case ReasoningDelta(String id, _) -> "reasoning " + id;
      case ReasoningCompleted(String id, _, _) -> "reasoning " + id;
      case ToolRequested tool -> "tool " + tool.toolCallId();
      case ToolProgress tool -> "tool " + tool.toolCallId();
      case ToolSucceeded tool -> "tool " + tool.toolCallId();
      case ToolFailed tool -> "tool " + tool.toolCallId();
      case ToolCanceled tool -> "tool " + tool.toolCallId();
      case ToolTimedOut tool -> "tool " + tool.toolCallId();
      default -> throw new IllegalArgumentException(event.type() + " is no part of anything");
    };
  }

  /// Whether nothing is open behind the last event.
  boolean resting() {
    return last == floor;
  }

  /// The highest place so far where nothing is open.
  long floor() {
    return floor;
  }

  /// Whether something may age.
  boolean found() {
    return !ready.isEmpty();
  }

  /// What may age, in order.
  List<Stretch> ready() {
    return List.copyOf(ready);
  }
}
