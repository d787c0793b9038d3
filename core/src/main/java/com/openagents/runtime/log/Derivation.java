package com.openagents.runtime.log;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.StoredEvent;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes the events of one log in their order and computes the [DerivedRun]. One use; not
/// thread-safe.
///
/// What is wrong with the log is told at the end, so that logs can be read ahead.
public final class Derivation {

  private static final int PAGE = 1_000;

  private final RunId runId;
  private final Gaps gaps;
  private final List<TakenFrame> frames = new ArrayList<>();
  private RunState state = RunState.ABSENT;
  private long epoch;
  private Instant lastAt = Instant.MIN;
  private @Nullable Digest content;
  private @Nullable Instant restsUntil;
  private @Nullable Instant endedAt;
  private @Nullable IllegalStateException damage;

  Derivation(RunId runId) {
    this.runId = runId;
    gaps = new Gaps(runId);
  }

  public RunId runId() {
    return runId;
  }

  /// Takes what has come to the log since it was read.
  ///
  /// @throws StoreUnavailable when the store does not answer
  public void readOn(EventLog log) {
    while (damage == null) {
      List<StoredEvent> page = log.read(runId, gaps.last(), PAGE);
      page.forEach(this::take);
      if (page.size() < PAGE) {
        return;
      }
    }
  }

  void take(StoredEvent stored) {
    if (damage != null) {
      return;
    }
    try {
      if (stored.ages()) {
        gaps.pass(stored.seq());
        seen(stored.occurredAt(), stored.epoch());
      } else {
        take(EventCodec.decode(stored));
      }
    } catch (IllegalStateException e) {
      damage = e;
    }
  }

  void take(Envelope envelope) {
    gaps.take(envelope);
    seen(envelope.occurredAt(), envelope.epoch());
    if (envelope.event().retention() != Retention.DELTA) {
      fold(envelope);
    }
  }

  private void seen(Instant at, @Nullable Long used) {
    lastAt = at;
    seen(used == null ? 0 : used);
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

  /// What belongs beside the log; empty when there is none.
  ///
  /// @param known what the row of the run tells, no earlier than the log was read; null where no
  ///   row is left
  /// @throws IllegalStateException when the log is damaged, lacks more than text that aged out, or
  ///   holds what only a newer runtime understands
  public Optional<DerivedRun> result(@Nullable Known known) {
    if (damage != null) {
      throw damage;
    }
    return gaps.last() == 0 ? Optional.empty() : Optional.of(derived(known));
  }

  private DerivedRun derived(@Nullable Known known) {
    gaps.end(known);
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
