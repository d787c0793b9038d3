package com.openagents.runtime.execution;

import com.openagents.runtime.event.Event;
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
import com.openagents.runtime.run.RunVerdict;
import java.util.ArrayList;
import java.util.List;

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

  Effect.Write keepingLease() {
    return boundary(new LeaseChange.Extend(charter.leaseTtl()), Wake.KEEP);
  }

  Effect.Write lettingGo(Wake wake) {
    return boundary(LeaseChange.RELEASE, wake);
  }

  private Effect.Write boundary(LeaseChange lease, Wake wake) {
    Columns columns = new Columns(state.run(), state.recoveries());
    return new Effect.Write(write(lease).with(columns).with(wake));
  }

  /// A write of deltas, which no column tells of.
  Effect.Write deltas() {
    return new Effect.Write(write(new LeaseChange.Extend(charter.leaseTtl())));
  }

  /// A write that must find the log as it was folded: so a frame or a cancel that landed meanwhile
  /// is seen, and a write that was given up and lands late finds that the log has moved.
  private Append write(LeaseChange lease) {
    return Append.of(charter.runId(), Precondition.executor(charter.epoch()).atSeq(from), events)
        .with(lease)
        .tracedBy(state.traceId());
  }
}
