package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunEvent.RunResumed.Cause;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.testkit.law.RunEvidence;
import java.util.List;
import java.util.stream.Stream;

/// What a log says when the traces of recovery are taken out of it: who executed and for how long,
/// what was begun and interrupted, how texts were cut into pieces, and whether a sleep was slept:
/// one whose time is over when its run is recovered is not.
final class EssenceOfRun {

  private EssenceOfRun() {}

  static List<Object> of(RunEvidence run) {
    return run.log().stream()
        .map(envelope -> envelope.event())
        .flatMap(EssenceOfRun::essence)
        .toList();
  }

  private static Stream<Object> essence(Event event) {
    return switch (event) {
      case RunExecutorLost _, RunLimitWarning _ -> Stream.empty();
      case RunStarted _ -> Stream.of("started");
      case RunResumed(_, Cause cause) when cause != Cause.FRAMES -> Stream.empty();
      case RunResumed _ -> Stream.of("resumed by frames");
      case RunWaiting(WaitingFor what, _) when what == WaitingFor.TIMER -> Stream.empty();
      case MessageStarted _, MessageDelta _, ReasoningStarted _, ReasoningDelta _ -> Stream.empty();
      case MessageCompleted(String id, String text, Outcome outcome, var model, _) ->
          outcome == Outcome.COMPLETE
              ? Stream.of(List.of("said", intentOf(id), text, String.valueOf(model)))
              : Stream.empty();
      case ReasoningCompleted(String id, String text, Outcome outcome) ->
          outcome == Outcome.COMPLETE && !id.endsWith(".reasoning")
              ? Stream.of(List.of("thought", id, text))
              : Stream.empty();
      default -> Stream.of(event);
    };
  }

  private static String intentOf(String messageId) {
    return messageId.substring(0, messageId.lastIndexOf('.'));
  }
}
