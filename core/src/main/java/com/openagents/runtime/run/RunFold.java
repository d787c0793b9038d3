package com.openagents.runtime.run;

import com.openagents.runtime.event.DsEvent;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.FrameEvent.FrameQuarantined;
import com.openagents.runtime.event.MemoryEvent;
import com.openagents.runtime.event.MessageEvent;
import com.openagents.runtime.event.ReasoningEvent;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.event.RunEvent.RunCancelRequested;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunEvent.RunResumed.Cause;
import com.openagents.runtime.event.RunEvent.RunWaiting;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.SpendEvent;
import com.openagents.runtime.event.StepEvent;
import com.openagents.runtime.event.ToolEvent;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.run.RunState.Pending;
import java.util.ArrayList;
import java.util.List;

/// Folds a run's log into [RunState]. Pure; the same events give the same state everywhere.
///
/// Deltas may be left out: every text is whole in its `completed` event. With them, the text of an
/// unfinished message is known too.
public final class RunFold {

  private RunFold() {}

  public static RunState fold(RunState state, List<Envelope> events) {
    RunState folded = state;
    for (Envelope envelope : events) {
      folded = apply(folded, envelope);
    }
    return folded;
  }

  /// Applies an event of the log.
  public static RunState apply(RunState state, Envelope envelope) {
    long seq = envelope.seq();
    return switch (envelope.event()) {
      case RunCreated created ->
          Edit.of(apply(state, seq, created))
              .created(created.spec(), envelope.occurredAt())
              .tracedBy(envelope.traceId())
              .done();
      case FrameAccepted frame -> accepted(state, new Pending(seq, frame, envelope.traceId()));
      case Event event -> apply(state, seq, event);
    };
  }

  /// Applies an event that has no place in a log yet, so neither time nor trace.
  public static RunState apply(RunState state, long seq, Event event) {
    Edit s = Edit.of(state).at(seq, LogSize.of(event));
    return switch (event) {
      case RunEvent e -> run(s, e).done();
      case FrameEvent e ->
          switch (e) {
            case FrameAccepted frame -> accepted(state, new Pending(seq, frame, null));
            case FrameQuarantined _ -> s.done();
          };
      case StepEvent e -> TurnFold.step(s, e).done();
      case MessageEvent e -> TurnFold.message(s, e).done();
      case ReasoningEvent e -> TurnFold.reasoning(s, e).done();
      case ToolEvent e -> TurnFold.tool(s, e).done();
      case DsEvent _, SpendEvent _, MemoryEvent _ -> s.done();
      case Event.Unrecognized _ -> s.done();
    };
  }

  private static Edit run(Edit s, RunEvent event) {
    Run before = s.from().run();
    s.run(RunRules.evolve(before, event));
    return switch (event) {
      case RunCreated(RunSpec spec, _) -> s.created(spec, null);
      case RunExecutorLost lost -> s.recoveries(lost.attempt());
      case RunCancelRequested(String reason, _) -> s.reason(reason);
      case RunLimitWarning warning -> s.warned(with(s.from().warned(), warning.limit()));
      case RunResumed(_, Cause cause) when before instanceof Run.Waiting waiting ->
          TurnFold.resumed(s, waiting, cause);
      case RunWaiting(WaitingFor what, _) when what == WaitingFor.FRAMES -> s.open(null);
      case RunForked _ -> inert(s);
      case RunFailed(_, String message) -> ended(s.reason(message));
      case RunCanceled(_, String reason) -> ended(reason == null ? s : s.reason(reason));
      case RunCompleted _ -> ended(s);
      default -> s;
    };
  }

  private static Edit ended(Edit s) {
    return s.open(null).openText(null);
  }

  /// What the log of another had begun is over. Of the frames that no turn had taken only context
  /// is left, for it makes nothing happen.
  private static Edit inert(Edit s) {
    return s.open(null)
        .openText(null)
        .without(frame -> frame.effect() != FrameType.Effect.CONTEXT)
        .recoveries(0)
        .reason(null);
  }

  /// An approval that answers no open request is no more than a line in the log.
  private static RunState accepted(RunState state, Pending frame) {
    Edit s = Edit.of(state).at(frame.seq(), LogSize.of(frame.frame()));
    return frame.is(FrameType.TOOL_APPROVAL) && !TurnFold.awaits(state, frame)
        ? s.done()
        : s.pending(with(state.pending(), frame)).done();
  }

  private static <T> List<T> with(List<T> list, T item) {
    List<T> more = new ArrayList<>(list);
    more.add(item);
    return more;
  }
}
