package com.openagents.runtime.intake;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.Wake;
import com.openagents.runtime.run.Run;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;

/// Begins runs with a copy of the beginning of another, which wait for their first frame.
///
/// A fork is a conversation of its own: it has a thread of its own, named after it, so nothing
/// changes for those who follow the original. It has no deadline, for the original's was meant for
/// that one.
final class Forking {

  /// So many are copied by one statement well within the time that a statement may take.
  static final long EVENTS_MAX = 100_000;

  private static final Set<String> TERMINAL =
      Set.of(
          EventType.RUN_COMPLETED.wireName(),
          EventType.RUN_FAILED.wireName(),
          EventType.RUN_CANCELED.wireName());

  private static final int PAGE = 64;

  private final EventLog log;
  private final AgentPrograms programs;
  private final Specs specs;
  private final Semaphore places = new Semaphore(Runs.FORKS_MAX);

  Forking(EventLog log, AgentPrograms programs, Specs specs) {
    this.log = log;
    this.programs = programs;
    this.specs = specs;
  }

  Forked fork(ForkRun request, Sender sender) {
    RunHead head = log.head(request.from()).filter(h -> sender.sees(h.owner())).orElse(null);
    RunSpec spec = head == null ? null : specs.of(request.from()).orElse(null);
    if (head == null || spec == null) {
      return new Forked.Refused(Taken.Why.NOT_FOUND);
    }
    if (programs.continuing(spec.agent()).isEmpty()) {
      return new Forked.Refused(Taken.Why.UNKNOWN_AGENT);
    }
    if (request.atSeq() > head.lastSeq()) {
      return new Forked.Ahead(head.lastSeq());
    }
    long through = Math.min(request.atSeq(), beforeTheEnd(head));
    return through > EVENTS_MAX
        ? new Forked.TooLong(EVENTS_MAX)
        : inAPlace(request, through, anew(spec, request.runId()), head);
  }

  private Forked inAPlace(ForkRun request, long through, RunSpec spec, RunHead head) {
    if (!places.tryAcquire()) {
      return new Forked.Busy();
    }
    try {
      return fork(request, through, spec, head);
    } finally {
      places.release();
    }
  }

  private Forked fork(ForkRun request, long through, RunSpec spec, RunHead head) {
    Append write =
        Append.of(
                request.runId(),
                Precondition.FRESH.ownedBy(spec.owner()),
                List.of(
                    new RunCreated(spec, request.content()),
                    new RunForked(request.from(), through)))
            .with(new Columns(new Run.Waiting(WaitingFor.FRAMES, null), 0))
            .with(Wake.NEVER)
            .tracedBy(request.traceId());
    Appended outcome = log.append(write);
    if (outcome instanceof Appended.Refused(Refusal why, _, _) && why == Refusal.MISSING) {
      long floor = log.head(request.from()).map(RunHead::floor).orElse(head.floor());
      return new Forked.Aged(floor, head.lastSeq());
    }
    if (outcome instanceof Appended.Refused(Refusal why, _, _) && why == Refusal.TOO_LARGE) {
      return new Forked.TooLarge(Append.COPIED_BYTES_MAX);
    }
    return switch (Taken.of(outcome)) {
      case Taken.Accepted(long lastSeq) -> new Forked.Accepted(through, lastSeq);
      case Taken.Repeated(long lastSeq) -> new Forked.Repeated(through, lastSeq);
      case Taken.Refused(Taken.Why why) -> new Forked.Refused(why);
    };
  }

  private static RunSpec anew(RunSpec spec, RunId runId) {
    return new RunSpec(
        new ThreadId(runId.toString()),
        spec.owner(),
        spec.agent(),
        spec.lifecycle(),
        spec.whileBusy(),
        spec.session(),
        spec.toolPolicy(),
        spec.budget(),
        null,
        spec.idleTimeoutMs(),
        spec.metadata());
  }

  /// The last sequence before a run's end; looked for from the head backwards, for only late
  /// results follow the end.
  private long beforeTheEnd(RunHead head) {
    if (!head.columns().run().ended()) {
      return head.lastSeq();
    }
    for (long to = head.lastSeq(); to > 0; to -= PAGE) {
      for (StoredEvent event : log.read(head.runId(), Math.max(0, to - PAGE), PAGE)) {
        if (TERMINAL.contains(event.type())) {
          return event.seq() - 1;
        }
      }
    }
    throw new IllegalStateException("run %s ended without a last event".formatted(head.runId()));
  }
}
