package com.openagents.runtime.run;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.BlobRef;
import com.openagents.runtime.event.DsEvent;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.FrameEvent.FrameQuarantined;
import com.openagents.runtime.event.MemoryEvent;
import com.openagents.runtime.event.MessageEvent;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasoningEvent;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.SpendEvent;
import com.openagents.runtime.event.StepEvent;
import com.openagents.runtime.event.StepEvent.CheckpointSaved;
import com.openagents.runtime.event.StepEvent.LoopDetected;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.ToolEvent;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.run.OpenTurn.Result;
import com.openagents.runtime.run.OpenTurn.Step;
import com.openagents.runtime.run.RunState.OpenText;
import com.openagents.runtime.run.RunState.Pending;
import com.openagents.runtime.run.Utterance.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Folds a run's log into [RunState]. Pure; the same events give the same state everywhere.
///
/// Deltas may be left out: every text is whole in its `completed` event. With them, the text of an
/// unfinished message is known too.
public final class RunFold {

  private RunFold() {}

  public static RunState fold(RunState state, List<Envelope> events) {
    RunState folded = state;
    for (Envelope envelope : events) {
      folded = apply(folded, envelope.seq(), envelope.event());
    }
    return folded;
  }

  public static RunState apply(RunState state, long seq, Event event) {
    RunState s = Edit.of(state).at(seq).done();
    return switch (event) {
      case RunEvent e -> run(s, e);
      case FrameEvent e -> frame(s, seq, e);
      case StepEvent e -> step(s, e);
      case MessageEvent e -> message(s, e);
      case ReasoningEvent e -> reasoning(s, e);
      case ToolEvent e -> tool(s, e);
      case DsEvent _, SpendEvent _, MemoryEvent _ -> s;
      case Event.Unrecognized _ -> s;
    };
  }

  private static RunState run(RunState s, RunEvent event) {
    Edit edit = Edit.of(s).run(RunRules.evolve(s.run(), event));
    return switch (event) {
      case RunCreated(RunSpec spec, _) -> edit.spec(spec).done();
      case RunExecutorLost lost -> edit.recoveries(lost.attempt()).done();
      case RunLimitWarning _ -> edit.limitWarned().done();
      case RunResumed _ when s.run() instanceof Run.Waiting && s.open() != null ->
          edit.open(s.open().withLastStep(s.open().lastStep().resumed())).done();
      case RunEvent.RunWaiting(var what, _) when what == WaitingFor.FRAMES ->
          edit.open(null).done();
      case RunEvent.RunCompleted _, RunEvent.RunFailed _, RunEvent.RunCanceled _ ->
          edit.open(null).openText(null).done();
      default -> edit.done();
    };
  }

  private static RunState frame(RunState s, long seq, FrameEvent event) {
    return switch (event) {
      case FrameAccepted frame -> {
        List<Pending> more = new ArrayList<>(s.pending());
        more.add(new Pending(seq, frame));
        yield Edit.of(s).pending(more).done();
      }
      case FrameQuarantined _ -> s;
    };
  }

  private static RunState step(RunState s, StepEvent event) {
    return switch (event) {
      case StepStarted started -> stepStarted(s, started);
      case StepFinished _ ->
          s.open() == null
              ? s
              : Edit.of(s)
                  .open(s.open().withLastStep(s.open().lastStep().ended()))
                  .recoveries(0)
                  .done();
      case CheckpointSaved _, LoopDetected _ -> s;
    };
  }

  private static RunState stepStarted(RunState s, StepStarted started) {
    Step step = new Step(started.step(), started.intents(), List.of(), false, false);
    OpenTurn open = s.open();
    if (open != null && open.number() == started.turn()) {
      return Edit.of(s).open(open.withStep(step)).done();
    }
    List<FrameAccepted> frames = new ArrayList<>();
    List<Pending> rest = new ArrayList<>();
    List<Utterance> said = new ArrayList<>(s.conversation());
    for (Pending pending : s.pending()) {
      if (pending.seq() <= started.consumesThrough()) {
        frames.add(pending.frame());
        utterance(pending.frame()).ifPresent(said::add);
      } else {
        rest.add(pending);
      }
    }
    return Edit.of(s)
        .pending(rest)
        .turn(started.turn())
        .open(new OpenTurn(started.turn(), frames, List.of(step)))
        .conversation(said)
        .done();
  }

  /// What a frame adds to the conversation.
  public static Optional<Utterance> utterance(FrameAccepted frame) {
    String text = frameText(frame.payload());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return switch (frame.frameType()) {
      case "user_message" -> Optional.of(new Utterance(Speaker.USER, text));
      case "note" -> Optional.of(new Utterance(Speaker.NOTE, text));
      default -> Optional.empty();
    };
  }

  /// The text of a message's payload: `text`, or the texts of its `parts` joined by line breaks, or
  /// where the payload lies.
  public static String frameText(Json.Obj payload) {
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

  private static RunState message(RunState s, MessageEvent event) {
    return switch (event) {
      case MessageStarted(String id) ->
          Edit.of(s).openText(new OpenText(s.lastSeq(), id, false, "")).done();
      case MessageDelta(String id, String text) -> more(s, id, text);
      case MessageCompleted message -> {
        String id = message.messageId();
        String text = message.shown();
        Outcome outcome = message.outcome();
        Edit edit = Edit.of(s).openText(null);
        if (s.open() != null) {
          Result result = new Result(intentOf(id), outcome, text);
          edit.open(s.open().withLastStep(s.open().lastStep().withResult(result)));
        }
        if (outcome == Outcome.COMPLETE) {
          List<Utterance> said = new ArrayList<>(s.conversation());
          said.add(new Utterance(Speaker.AGENT, text));
          edit.conversation(said).recoveries(0);
        }
        yield edit.done();
      }
    };
  }

  private static RunState tool(RunState s, ToolEvent event) {
    if (event instanceof ToolApprovalResolved resolved && s.open() != null) {
      String verdict = resolved.approved() ? "approved" : "denied";
      Result result = new Result(resolved.toolCallId(), Outcome.COMPLETE, verdict);
      List<Pending> rest =
          s.pending().stream()
              .filter(pending -> !pending.answersApproval(resolved.approvalId()))
              .toList();
      return Edit.of(s)
          .open(s.open().withLastStep(s.open().lastStep().withResult(result)))
          .pending(rest)
          .done();
    }
    return s;
  }

  private static RunState reasoning(RunState s, ReasoningEvent event) {
    return switch (event) {
      case ReasoningStarted(String id) ->
          Edit.of(s).openText(new OpenText(s.lastSeq(), id, true, "")).done();
      case ReasoningDelta(String id, String text) -> more(s, id, text);
      case ReasoningCompleted _ -> Edit.of(s).openText(null).done();
    };
  }

  private static RunState more(RunState s, String id, String text) {
    OpenText open = s.openText();
    return open == null || !open.id().equals(id)
        ? s
        : Edit.of(s)
            .openText(new OpenText(open.seq(), id, open.reasoning(), open.text() + text))
            .done();
  }

  /// The intent that a message answers: its id without the attempt.
  private static String intentOf(String messageId) {
    int dot = messageId.lastIndexOf('.');
    return dot < 0 ? messageId : messageId.substring(0, dot);
  }
}
