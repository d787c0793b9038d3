package com.openagents.runtime.execution;

import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.event.RunEvent.RunResumed;
import com.openagents.runtime.event.RunEvent.RunResumed.Cause;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.RunCommand;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunRules;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.run.RunState.OpenText;
import com.openagents.runtime.run.RunVerdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the events of one write, and folds each at once, so that what follows is decided as if
/// they were in the log. Used by one step of a [Turn], then dropped.
final class Plan {

  private final Charter charter;
  private final long from;
  private final List<Event.Known> events = new ArrayList<>();
  private RunState state;

  Plan(Charter charter, RunState state) {
    this.charter = charter;
    this.from = state.lastSeq();
    this.state = state;
  }

  RunState state() {
    return state;
  }

  /// Whether this write tells that a wait ended by its time.
  boolean resumedByTimer() {
    return events.stream()
        .anyMatch(e -> e instanceof RunResumed resumed && resumed.cause() == Cause.TIMER);
  }

  boolean empty() {
    return events.isEmpty();
  }

  void emit(Event.Known event) {
    state = RunFold.apply(state, state.lastSeq() + 1, event);
    events.add(event);
  }

  /// Emits what the rules make of a command; nothing when it is done already.
  ///
  /// @throws IllegalStateException when the rules refuse, which is a defect of the turn
  void command(RunCommand command) {
    switch (RunRules.decide(state.run(), command)) {
      case RunVerdict.Accepted(var event) -> emit(event);
      case RunVerdict.AlreadyDone() -> {}
      case RunVerdict.Refused(var why) ->
          throw new IllegalStateException(command + " was refused: " + why);
    }
  }

  /// Emits what was heard and is not in the log yet.
  void flush(Answer answer) {
    OpenText open = state.openText();
    if (open == null && !answer.reasoning().isEmpty()) {
      emit(new ReasoningStarted(answer.reasoningId()));
      open = state.openText();
    }
    if (open != null && open.reasoning()) {
      reasoningRest(answer, open.text());
      if (answer.text().isEmpty()) {
        return;
      }
      emit(new ReasoningCompleted(answer.reasoningId(), answer.reasoning(), Outcome.COMPLETE));
      open = null;
    }
    if (!answer.text().isEmpty()) {
      if (open == null) {
        emit(new MessageStarted(answer.messageId()));
      }
      textRest(answer, open == null ? "" : open.text());
    }
  }

  private void reasoningRest(Answer answer, String logged) {
    String rest = answer.reasoning().substring(logged.length());
    if (!rest.isEmpty()) {
      emit(new ReasoningDelta(answer.reasoningId(), rest));
    }
  }

  private void textRest(Answer answer, String logged) {
    String rest = answer.text().substring(logged.length());
    if (!rest.isEmpty()) {
      emit(new MessageDelta(answer.messageId(), rest));
    }
  }

  /// Emits the whole answer's end.
  void conclude(Answer answer, ModelUse use) {
    flush(answer);
    OpenText open = state.openText();
    if (open != null && open.reasoning()) {
      emit(new ReasoningCompleted(answer.reasoningId(), answer.reasoning(), Outcome.COMPLETE));
      open = null;
    }
    if (open == null) {
      emit(new MessageStarted(answer.messageId()));
    }
    emit(new MessageCompleted(answer.messageId(), answer.text(), Outcome.COMPLETE, use));
  }

  /// Ends the text that is open as interrupted, with all that was heard of it.
  void interrupt(@Nullable Answer answer) {
    if (answer != null) {
      flush(answer);
    }
    OpenText open = state.openText();
    if (open == null) {
      return;
    }
    emit(
        open.reasoning()
            ? new ReasoningCompleted(open.id(), open.text(), Outcome.INTERRUPTED)
            : new MessageCompleted(open.id(), open.text(), Outcome.INTERRUPTED, null));
  }

  /// A write that must find the log as it was folded.
  Effect.Write boundary(LeaseChange lease, Wake wake) {
    return new Effect.Write(
        new Append(
            charter.runId(),
            Precondition.executor(charter.epoch()).atSeq(from),
            events,
            lease,
            new Columns(state.run(), state.recoveries()),
            wake,
            null,
            charter.traceId()));
  }

  Effect.Write keepingLease() {
    return boundary(new LeaseChange.Extend(charter.leaseTtl()), Wake.KEEP);
  }

  Effect.Write lettingGo(Wake wake) {
    return boundary(LeaseChange.RELEASE, wake);
  }

  /// A write of deltas, which may land behind a frame that it does not know of.
  Effect.Write deltas() {
    return new Effect.Write(
        Append.of(charter.runId(), Precondition.executor(charter.epoch()), events)
            .with(new LeaseChange.Extend(charter.leaseTtl()))
            .tracedBy(charter.traceId()));
  }
}
