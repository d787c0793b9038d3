package com.openagents.runtime.run;

import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasoningEvent;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.event.RunEvent.RunResumed.Cause;
import com.openagents.runtime.event.StepEvent;
import com.openagents.runtime.event.StepEvent.CheckpointSaved;
import com.openagents.runtime.event.StepEvent.LoopDetected;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.ToolEvent;
import com.openagents.runtime.event.ToolEvent.ToolApprovalRequested;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.run.OpenTurn.Approval;
import com.openagents.runtime.run.OpenTurn.Result;
import com.openagents.runtime.run.OpenTurn.Step;
import com.openagents.runtime.run.RunState.OpenText;
import com.openagents.runtime.run.RunState.Pending;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The part of the fold that concerns the turn in progress: its steps, texts and approvals. Pure.
final class TurnFold {

  /// The limit that is warned of once for each turn rather than once for each run.
  private static final String OF_THE_TURN = "turn_deadline";

  private TurnFold() {}

  static Edit step(Edit s, StepEvent event) {
    return switch (event) {
      case StepStarted started -> started(s, started);
      case StepFinished(_, _, String outcome) ->
          s.lastStep(step -> step.ended(outcome)).recoveries(0);
      case CheckpointSaved _, LoopDetected _ -> s;
    };
  }

  private static Edit started(Edit s, StepStarted started) {
    Step step = Step.begun(started.step(), started.intents());
    OpenTurn open = s.from().open();
    return open != null && open.number() == started.turn()
        ? s.open(open.withStep(step))
        : turnBegun(s, started, step);
  }

  private static Edit turnBegun(Edit s, StepStarted started, Step step) {
    List<FrameAccepted> frames = new ArrayList<>();
    List<Pending> rest = new ArrayList<>();
    List<Utterance> said = new ArrayList<>();
    for (Pending pending : s.from().pending()) {
      if (pending.seq() <= started.consumesThrough()) {
        frames.add(pending.frame());
        Utterance.of(pending.frame()).ifPresent(said::add);
        s.tracedBy(pending.traceId());
      } else {
        rest.add(pending);
      }
    }
    return s.pending(rest)
        .turn(started.turn())
        .open(new OpenTurn(started.turn(), frames, List.of(step)))
        .said(said)
        .warned(s.from().warned().stream().filter(limit -> !limit.equals(OF_THE_TURN)).toList());
  }

  /// A sleep that came to its time is the result of the intent that asked for it.
  static Edit resumed(Edit s, Run.Waiting waiting, Cause cause) {
    boolean slept = waiting.waitingFor() == WaitingFor.TIMER && cause == Cause.TIMER;
    return s.lastStep(step -> {
      Optional<String> sleep = slept ? step.unresulted("sleep_until") : Optional.empty();
      return sleep.map(id -> step.withResult(new Result(id, ""))).orElse(step).resumed();
    });
  }

  static Edit message(Edit s, MessageEvent event) {
    return switch (event) {
      case MessageStarted(String id) ->
          s.openText(new OpenText(s.lastSeq(), id, false, GrowingText.EMPTY));
      case MessageDelta(String id, String text) -> more(s, id, text);
      case MessageCompleted message -> completed(s, message);
    };
  }

  private static Edit completed(Edit s, MessageCompleted message) {
    String intentId = intentOf(message.messageId());
    s.openText(null);
    if (message.outcome() == Outcome.INTERRUPTED) {
      return s.lastStep(step -> step.withBrokenOff(intentId));
    }
    s.lastStep(step -> step.withResult(new Result(intentId, message.shown())));
    return Utterance.of(message).map(said -> s.said(List.of(said))).orElse(s).recoveries(0);
  }

  static Edit reasoning(Edit s, ReasoningEvent event) {
    return switch (event) {
      case ReasoningStarted(String id) ->
          s.openText(new OpenText(s.lastSeq(), id, true, GrowingText.EMPTY));
      case ReasoningDelta(String id, String text) -> more(s, id, text);
      case ReasoningCompleted(String id, _, Outcome outcome) ->
          s.openText(null).lastStep(step -> thought(step, id, outcome));
    };
  }

  /// A thought of the agent's own is the result of its intent; one of a model's that was
  /// interrupted makes the next attempt at its answer another.
  private static Step thought(Step step, String id, Outcome outcome) {
    if (step.has(id)) {
      return step.withResult(new Result(id, ""));
    }
    return outcome == Outcome.INTERRUPTED ? step.withBrokenOff(intentOf(intentOf(id))) : step;
  }

  private static Edit more(Edit s, String id, String text) {
    OpenText open = s.from().openText();
    return open == null || !open.id().equals(id) ? s : s.openText(open.with(text));
  }

  static Edit tool(Edit s, ToolEvent event) {
    return switch (event) {
      case ToolApprovalRequested(_, String id, _, var expiresAt) ->
          s.lastStep(step -> {
            List<Approval> asked = new ArrayList<>(step.approvals());
            asked.add(new Approval(id, expiresAt));
            return step.withApprovals(asked);
          });
      case ToolApprovalResolved(_, String id, boolean approved, _, _) ->
          s.without(frame -> frame.answersApproval(id))
              .lastStep(step ->
                  step.withApprovals(
                          step.approvals().stream().filter(a -> !a.id().equals(id)).toList())
                      .withResult(new Result(id, approved ? Result.APPROVED : Result.DENIED)));
      default -> s;
    };
  }

  /// Whether an approval answers an open request.
  static boolean awaits(RunState state, Pending frame) {
    OpenTurn open = state.open();
    return open != null
        && open.lastStep().approvals().stream().anyMatch(a -> frame.answersApproval(a.id()));
  }

  /// The intent that a message answers: its id without the attempt.
  private static String intentOf(String messageId) {
    int dot = messageId.lastIndexOf('.');
    return dot < 0 ? messageId : messageId.substring(0, dot);
  }
}
