package com.openagents.runtime.log;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.DerivedRun.Known;
import org.jspecify.annotations.Nullable;

/// Tells text that aged out of a log from events that were lost. One use; not thread-safe.
///
/// What ages is parts of a message, of a thought or of a tool's work. So a gap lies between the
/// beginning of one and its end, and below the floor that the row of the run has.
final class Gaps {

  private final RunId runId;
  private final FloorRule open = new FloorRule();
  private long last;
  private long begun;
  private long floor;
  private boolean whole = true;

  Gaps(RunId runId) {
    this.runId = runId;
  }

  /// The last sequence that was taken.
  long last() {
    return last;
  }

  /// The last sequence that is missing, 0 when none is.
  long floor() {
    return floor;
  }

  void take(Envelope envelope) {
    pass(envelope.seq());
    open.take(envelope);
    whole |= open.none();
  }

  /// Goes past an event that may age out.
  void pass(long seq) {
    if (seq > last + 1) {
      gap(seq - 1);
    }
    last = seq;
  }

  private void gap(long end) {
    if (!open.bearsParts()) {
      throw lost(last + 1, end);
    }
    begun = last + 1;
    floor = end;
    whole = false;
  }

  /// To be called behind the last event.
  ///
  /// @param known what the row of the run tells, no earlier than its log was read
  void end(@Nullable Known known) {
    if (known != null && floor > known.floor()) {
      throw lost(begun, floor);
    }
    if (known != null && last < known.lastSeq()) {
      throw lost(last + 1, known.lastSeq());
    }
    if (!whole) {
      throw new IllegalStateException(
          "events up to %d of run %s are missing from what has not ended".formatted(floor, runId));
    }
  }

  private IllegalStateException lost(long first, long end) {
    return new IllegalStateException(
        "events %d to %d of run %s are missing".formatted(first, end, runId));
  }
}
