package com.openagents.runtime.log;

import java.time.Instant;

/// What became of an [Append].
public sealed interface Appended {

  /// Durable.
  ///
  /// @param firstSeq sequence of the first event written; one more than `lastSeq` when none was
  /// @param lastSeq the head of the log after this write
  /// @param epoch the run's epoch after this write
  /// @param at the store's clock at this write; the time of its events
  record Written(long firstSeq, long lastSeq, long epoch, Instant at) implements Appended {}

  /// The same was written before; nothing changed.
  ///
  /// @param lastSeq the head of the log now
  record Duplicate(long lastSeq) implements Appended {}

  /// Nothing changed.
  ///
  /// @param lastSeq the head of the log, 0 when there is no such run or it is contended
  /// @param epoch the run's epoch, 0 when there is no such run or it is contended
  record Refused(Refusal why, long lastSeq, long epoch) implements Appended {}

  enum Refusal {
    /// There is no such run.
    UNKNOWN_RUN,
    /// The run, or its thread, belongs to another principal.
    FOREIGN,
    /// Somebody else is changing the run, and the write was not to wait. Nothing else was looked
    /// at, so the writer may still be the executor, and may try again later.
    CONTENDED,
    /// The frame or run exists with other content.
    CONFLICT,
    /// The run has ended.
    ENDED,
    /// The writer is not, or no longer, the executor.
    FENCED,
    /// The log has grown since the writer looked.
    MOVED,
    /// Somebody holds the lease, or the run rests and nobody may take it yet.
    HELD,
    /// The copy that a fork is to begin with cannot be made: the log ends before, or pieces of it
    /// aged out.
    MISSING,
    /// The copy that a fork is to begin with has more than [Append#COPIED_BYTES_MAX].
    TOO_LARGE,
    /// There is no lease to extend, release or break.
    NOT_HELD
  }
}
