package com.openagents.runtime.run;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.ToolEvent.ToolLateResult;
import com.openagents.runtime.event.ToolEvent.ToolProgress;
import com.openagents.runtime.event.ToolEvent.ToolSucceeded;

/// About how many bytes an event adds to its log; cheap, and good enough for a limit.
///
/// What may age out counts nothing, so that a fold without it gives the same sum; a completed text
/// counts twice, for itself and for the deltas before it.
final class LogSize {

  private static final long ENVELOPE = 200;

  private LogSize() {}

  static long of(Event event) {
    return switch (event) {
      case MessageDelta _, ReasoningDelta _, ToolProgress _ -> 0;
      case MessageCompleted message -> ENVELOPE + 2L * message.text().length();
      case ReasoningCompleted reasoning -> ENVELOPE + 2L * reasoning.text().length();
      case FrameAccepted frame -> ENVELOPE + of(frame.payload());
      case StepStarted step ->
          ENVELOPE + step.intents().stream().mapToLong(i -> of(i.body())).sum();
      case ToolSucceeded tool -> ENVELOPE + of(tool.output());
      case ToolLateResult tool -> ENVELOPE + of(tool.output());
      default -> ENVELOPE;
    };
  }

  private static long of(Json value) {
    return switch (value) {
      case Json.Null _, Json.Bool _, Json.Num _ -> 5;
      case Json.Str(String text) -> text.length() + 2L;
      case Json.Arr(var items) -> 2 + items.stream().mapToLong(item -> 1 + of(item)).sum();
      case Json.Obj(var fields) ->
          2
              + fields.entrySet().stream()
                  .mapToLong(field -> field.getKey().length() + 4 + of(field.getValue()))
                  .sum();
    };
  }
}
