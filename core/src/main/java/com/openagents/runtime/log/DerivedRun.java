package com.openagents.runtime.log;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that is stored beside the log of a run, computed from the log alone.
///
/// It is what the writes of the log stored, but for what no event tells:
///
/// - The lease is free, under an epoch [#UNTOLD_EPOCHS] above the highest in the log.
/// - A run that does not rest is due at once. Its time is that of its last event.
/// - `updatedAt` is the time of the last event; changes of the lease leave no trace.
/// - The floor is the last sequence that is missing, 0 when none is. The store may know a higher
///   one.
///
/// @param restsUntil before when nobody may take the run, or null when it lost no executor
/// @param endedAt null while the run has not ended
/// @param frames every frame that the run took, oldest first
public record DerivedRun(
    RunHead head,
    @Nullable Instant restsUntil,
    @Nullable Instant endedAt,
    List<TakenFrame> frames) {

  /// How far above the log an epoch must begin that is to be above every one given out.
  ///
  /// Who acquires a run and lets it go without an event uses up an epoch of which the log does not
  /// tell, so the log may be behind by any number of them. No run is acquired 2^32 times; and 2^21
  /// such steps leave an epoch below 2^53, where every reader of JSON still tells it exactly.
  public static final long UNTOLD_EPOCHS = 1L << 32;

  public DerivedRun {
    frames = List.copyOf(frames);
  }

  /// What the row of a run, where it is left, tells of what its log must hold.
  ///
  /// @param floor up to where parts of texts may be missing
  public record Known(long lastSeq, long floor) {}

  /// @param seq of the event that carries the frame
  public record TakenFrame(FrameId frameId, Digest content, long seq) {}

  /// Computes what belongs beside a log of which no row is left.
  ///
  /// @param log every event that is left of it, in order; at least one
  /// @throws IllegalStateException when the log is damaged, lacks more than text that aged out, or
  ///   holds what only a newer runtime understands
  public static DerivedRun of(List<Envelope> log) {
    Derivation derivation = new Derivation(log.getFirst().runId());
    log.forEach(derivation::take);
    return derivation.result(null).orElseThrow();
  }

  /// Reads a log and computes what belongs beside it; empty when there is none.
  ///
  /// @param known null where no row is left
  /// @throws IllegalStateException as [#of] does
  /// @throws StoreUnavailable when the store does not answer
  public static Optional<DerivedRun> read(EventLog log, RunId runId, @Nullable Known known) {
    Derivation derivation = new Derivation(runId);
    derivation.readOn(log);
    return derivation.result(known);
  }
}
