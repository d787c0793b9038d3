package com.openagents.runtime.execution;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.ClaimCheck;
import com.openagents.runtime.log.SavedFolds;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunState;
import java.time.Instant;
import java.util.List;

/// Brings a new executor up to date: the fold of the log, the text left open by a dead predecessor,
/// and what the thread said before. One call of a port for each step.
final class Loading {

  /// What a step came to.
  sealed interface Progress {}

  /// There is more to read.
  record Underway() implements Progress {}

  /// This node has nothing that may go on with the run.
  record NoProgram() implements Progress {}

  /// It took longer than a turn may.
  record TooLate() implements Progress {}

  /// The log holds what only a newer runtime understands.
  record Unreadable() implements Progress {}

  /// @param savedThrough up to where the fold is saved as a checkpoint
  record Loaded(Charter charter, RunState fold, long savedThrough) implements Progress {}

  private static final int PAGE = 1_000;

  /// What is read next.
  private enum Phase {
    CHECKPOINT,
    DURABLE,
    TAIL,
    THREAD
  }

  private final ExecutionPorts ports;
  private final ClaimCheck claims;
  private final RunId runId;
  private final Appended.Written acquired;
  private final Instant giveUpAt;
  private Phase phase = Phase.CHECKPOINT;
  private RunState fold = RunState.ABSENT;
  private long savedThrough;
  private long tailFrom;
  private boolean unreadable;

  Loading(ExecutionPorts ports, ClaimCheck claims, RunId runId, Appended.Written acquired) {
    this.ports = ports;
    this.claims = claims;
    this.runId = runId;
    this.acquired = acquired;
    this.giveUpAt = ports.clock().instant().plus(ports.settings().limits().turnDeadline());
  }

  /// Takes one step. Never again after the last.
  Progress advance() {
    if (ports.clock().instant().isAfter(giveUpAt)) {
      return new TooLate();
    }
    switch (phase) {
      case CHECKPOINT -> readCheckpoint();
      case DURABLE -> readDurable();
      case TAIL -> readTail();
      case THREAD -> {
        return ports
            .programs()
            .continuing(fold.specified().agent())
            .<Progress>map(program -> new Loaded(charter(program), fold, savedThrough))
            .orElseGet(NoProgram::new);
      }
    }
    return unreadable ? new Unreadable() : new Underway();
  }

  /// A checkpoint that is ahead of the log is of another history, so it counts as none.
  private void readCheckpoint() {
    RunState saved = SavedFolds.latest(ports.checkpoints(), runId);
    fold = saved.lastSeq() <= acquired.lastSeq() ? saved : RunState.ABSENT;
    savedThrough = fold.lastSeq();
    phase = Phase.DURABLE;
  }

  private void readDurable() {
    List<StoredEvent> page = ports.log().readDurable(runId, fold.lastSeq(), PAGE);
    for (StoredEvent stored : page) {
      fold(claims.decode(stored));
    }
    if (page.size() < PAGE) {
      RunState.OpenText open = fold.openText();
      tailFrom = open == null ? fold.lastSeq() : Math.max(open.seq(), savedThrough);
      phase = open == null && fold.lastSeq() >= acquired.lastSeq() ? Phase.THREAD : Phase.TAIL;
    }
  }

  /// Reads what the durable pages left out: deltas of the open text, and whatever came last.
  private void readTail() {
    List<StoredEvent> page = ports.log().read(runId, tailFrom, PAGE);
    for (StoredEvent stored : page) {
      Envelope envelope = claims.decode(stored);
      if (stored.seq() > fold.lastSeq() || continuesText(envelope.event())) {
        fold(envelope);
      }
      tailFrom = stored.seq();
    }
    phase = page.size() < PAGE ? Phase.THREAD : Phase.TAIL;
  }

  private void fold(Envelope envelope) {
    unreadable |= unreadable(envelope);
    fold = RunFold.apply(fold, envelope);
  }

  /// Whether an executor that does not understand the event must leave its run to another.
  static boolean unreadable(Envelope envelope) {
    return envelope.event() instanceof Event.Unrecognized newer && newer.matters();
  }

  private static boolean continuesText(Event event) {
    return event instanceof MessageDelta || event instanceof ReasoningDelta;
  }

  private Charter charter(AgentProgram program) {
    return new Charter(
        runId,
        ports.settings().node(),
        acquired.epoch(),
        acquired.at(),
        ports.settings().leaseTtl(),
        program,
        Earlier.of(ports.threads(), fold.specified().threadId(), runId));
  }
}
