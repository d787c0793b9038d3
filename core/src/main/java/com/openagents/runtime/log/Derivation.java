package com.openagents.runtime.log;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.log.DerivedRun.Known;
import com.openagents.runtime.log.DerivedRun.TakenFrame;
import com.openagents.runtime.run.Alarm;
import com.openagents.runtime.run.FrameType;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Takes the events of one log in their order and computes the [DerivedRun]. Pure but for itself;
/// one use.
final class Derivation {

  private final RunId runId;
  private final Gaps gaps;
  private final List<TakenFrame> frames = new ArrayList<>();
  private RunState state = RunState.ABSENT;
  private long epoch;
  private Instant lastAt = Instant.MIN;
  private @Nullable Digest content;
  private @Nullable Instant restsUntil;
  private @Nullable Instant endedAt;

  Derivation(RunId runId, @Nullable Known known) {
    this.runId = runId;
    gaps = new Gaps(runId, known);
  }

  long lastSeq() {
    return gaps.last();
  }

  void take(Envelope envelope) {
    gaps.take(envelope);
    lastAt = envelope.occurredAt();
    seen(envelope.epoch() == null ? 0 : envelope.epoch());
    if (envelope.event().retention() != Retention.DELTA) {
      fold(envelope);
    }
  }

  private void seen(long used) {
    epoch = Math.max(epoch, used);
  }

  private void fold(Envelope envelope) {
    state = RunFold.apply(state, envelope);
    switch (envelope.event()) {
      case RunCreated created -> content = created.content();
      case FrameAccepted frame ->
          frames.add(new TakenFrame(frame.frameId(), frame.content(), envelope.seq()));
      case RunExecutorLost lost -> {
        seen(lost.epoch());
        restsUntil = envelope.occurredAt().plusMillis(lost.resumeAfterMs());
      }
      case RunForked _ -> restsUntil = null;
      case Event.Unrecognized newer when newer.matters() ->
          throw new IllegalStateException(
              "event %d of run %s (%s) is of a newer version than this runtime understands"
                  .formatted(envelope.seq(), runId, newer.type()));
      default -> {}
    }
    if (endedAt == null && state.run().ended()) {
      endedAt = envelope.occurredAt();
    }
  }

  DerivedRun result() {
    gaps.end();
    RunSpec spec = state.specified();
    RunHead head =
        new RunHead(
            runId,
            spec.threadId(),
            spec.owner(),
            spec.agent(),
            Objects.requireNonNull(content),
            new Columns(state.run(), state.recoveries()),
            gaps.last(),
            gaps.floor(),
            new Lease.Free(epoch + DerivedRun.UNTOLD_EPOCHS),
            wakeAt(),
            Objects.requireNonNull(state.createdAt()),
            lastAt,
            lastAt);
    return new DerivedRun(head, restsUntil, endedAt, frames);
  }

  /// A frame that came to a waiting run is looked at, whatever it is; a note alone is not.
  private @Nullable Instant wakeAt() {
    if (state.run().ended()) {
      return null;
    }
    boolean notes = state.pending().stream().allMatch(f -> f.effect() == FrameType.Effect.CONTEXT);
    if (state.run() instanceof Run.Waiting && notes) {
      return Alarm.of(state);
    }
    return restsUntil != null && restsUntil.isAfter(lastAt) ? restsUntil : lastAt;
  }
}
