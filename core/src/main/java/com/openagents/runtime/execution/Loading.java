package com.openagents.runtime.execution;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.ClaimCheck;
import com.openagents.runtime.log.SavedFolds;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunState;
import com.openagents.runtime.run.Utterance;
import com.openagents.runtime.run.Utterance.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Brings a new executor up to date: the fold of the log, the text left open by a dead predecessor,
/// and what the thread said before. One call of a port for each step.
final class Loading {

  /// @param savedThrough up to where the fold is saved as a checkpoint
  record Loaded(Charter charter, RunState fold, long savedThrough) {}

  private static final int PAGE = 1_000;
  private static final int EARLIER_MAX = 200;

  private final ExecutionPorts ports;
  private final ClaimCheck claims;
  private final RunId runId;
  private final Appended.Written acquired;
  private RunState fold = RunState.ABSENT;
  private @Nullable TraceId traceId;
  private boolean checkpointRead;
  private boolean durableRead;
  private long savedThrough;
  private long tailFrom;
  private boolean tailRead;

  Loading(ExecutionPorts ports, ClaimCheck claims, RunId runId, Appended.Written acquired) {
    this.ports = ports;
    this.claims = claims;
    this.runId = runId;
    this.acquired = acquired;
  }

  /// Takes one step; the result is there after the last.
  Optional<Loaded> advance() {
    if (!checkpointRead) {
      fold = SavedFolds.latest(ports.checkpoints(), runId);
      savedThrough = fold.lastSeq();
      checkpointRead = true;
      return Optional.empty();
    }
    if (!durableRead) {
      readDurable();
      return Optional.empty();
    }
    if (!tailRead) {
      readTail();
      return Optional.empty();
    }
    AgentProgram program =
        ports
            .programs()
            .continuing(fold.specified().agent())
            .orElseThrow(() -> new IllegalStateException("no program continues " + runId));
    Charter charter =
        new Charter(
            runId,
            ports.settings().node(),
            acquired.epoch(),
            acquired.at(),
            ports.settings().leaseTtl(),
            program,
            earlier(),
            traceId);
    return Optional.of(new Loaded(charter, fold, savedThrough));
  }

  private void readDurable() {
    List<StoredEvent> page = ports.log().readDurable(runId, fold.lastSeq(), PAGE);
    for (StoredEvent stored : page) {
      traceId = stored.traceId() == null ? traceId : stored.traceId();
      fold = RunFold.apply(fold, stored.seq(), claims.decode(stored).event());
    }
    if (page.size() < PAGE) {
      durableRead = true;
      RunState.OpenText open = fold.openText();
      tailFrom = open == null ? fold.lastSeq() : Math.max(open.seq(), savedThrough);
      tailRead = open == null && fold.lastSeq() >= acquired.lastSeq();
    }
  }

  /// Reads what the durable pages left out: deltas of the open text, and whatever came last.
  private void readTail() {
    List<StoredEvent> page = ports.log().read(runId, tailFrom, PAGE);
    for (StoredEvent stored : page) {
      Envelope envelope = claims.decode(stored);
      if (stored.seq() > fold.lastSeq() || continuesText(envelope.event())) {
        fold = RunFold.apply(fold, stored.seq(), envelope.event());
      }
      tailFrom = stored.seq();
    }
    tailRead = page.size() < PAGE;
  }

  private static boolean continuesText(Event event) {
    return event instanceof MessageDelta || event instanceof ReasoningDelta;
  }

  private List<Utterance> earlier() {
    List<Utterance> said = new ArrayList<>();
    for (StoredEvent stored :
        ports.threads().conversation(fold.specified().threadId(), EARLIER_MAX)) {
      if (!stored.runId().equals(runId)) {
        utterance(EventCodec.decode(stored).event()).ifPresent(said::add);
      }
    }
    return said;
  }

  private static Optional<Utterance> utterance(Event event) {
    return switch (event) {
      case FrameAccepted frame -> RunFold.utterance(frame);
      case MessageCompleted message when message.outcome() == Outcome.COMPLETE ->
          Optional.of(new Utterance(Speaker.AGENT, message.shown()));
      default -> Optional.empty();
    };
  }
}
