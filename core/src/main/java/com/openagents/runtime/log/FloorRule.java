package com.openagents.runtime.log;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.ToolEvent.ToolProgress;
import com.openagents.runtime.run.OpenTools;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Where the floor of a run may stand: at a sequence where no message, reasoning or tool call is
/// open, so that whoever reads on from it misses no part of anything. A fold; not thread-safe.
///
/// What lies below may age out once a checkpoint covers it; a cursor below it is answered 410.
public final class FloorRule {

  private final Set<String> texts = new HashSet<>();
  private final OpenTools tools = new OpenTools();

  /// The highest sequence to which the floor may move; where it stands when there is none.
  ///
  /// @param floor where it stands
  /// @param after the events after it in order; those that may age out can be left out
  /// @param wanted what it must not pass
  public static long moved(long floor, List<Envelope> after, long wanted) {
    FloorRule open = new FloorRule();
    long highest = floor;
    for (Envelope envelope : after) {
      if (envelope.seq() > wanted) {
        break;
      }
      open.take(envelope);
      highest = open.none() ? envelope.seq() : highest;
    }
    return highest;
  }

  /// Whether nothing is open.
  public boolean none() {
    return texts.isEmpty() && tools.list().isEmpty();
  }

  /// Whether something is open whose parts may age out; a call that waits for approval has none.
  boolean bearsParts() {
    return !texts.isEmpty() || !tools.list().stream().allMatch(OpenTools.Open::waitingForApproval);
  }

  /// Whether an event that may age is a piece of something that is open.
  public boolean bears(Event piece) {
    return switch (piece) {
      case MessageDelta(String id, _) -> texts.contains("message " + id);
      case ReasoningDelta(String id, _) -> texts.contains("reasoning " + id);
      case ToolProgress(String id, _) ->
          tools.list().stream()
              .anyMatch(call -> call.toolCallId().equals(id) && !call.waitingForApproval());
      default -> false;
    };
  }

  /// Takes the next event; those that may age out can be left out.
  public void take(Envelope envelope) {
    tools.apply(envelope);
    switch (envelope.event()) {
      case MessageStarted(String id) -> texts.add("message " + id);
      case MessageCompleted message -> texts.remove("message " + message.messageId());
      case ReasoningStarted(String id) -> texts.add("reasoning " + id);
      case ReasoningCompleted(String id, _, _) -> texts.remove("reasoning " + id);
      case RunForked _, RunCompleted _, RunFailed _, RunCanceled _ -> texts.clear();
      default -> {}
    }
  }
}
