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
  private final @Nullable Known known;
  private final FloorRule open = new FloorRule();
  private long last;
  private long floor;
  private boolean whole = true;

  Gaps(RunId runId, @Nullable Known known) {
    this.runId = runId;
    this.known = known;
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
    if (envelope.seq() > last + 1) {
      gap(envelope.seq() - 1);
    }
    last = envelope.seq();
    open.take(envelope);
    whole |= open.none();
  }

  private void gap(long end) {
    if (!open.bearsParts() || (known != null && end > known.floor())) {
      throw lost(last + 1, end);
    }
    floor = end;
    whole = false;
  }

  /// To be called behind the last event.
  void end() {
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
