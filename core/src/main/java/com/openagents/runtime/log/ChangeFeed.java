package com.openagents.runtime.log;

import com.openagents.runtime.identity.RunId;
import java.util.List;

/// Tells what became visible since a look before: one source for every reader of a node.
///
/// A change is reported at least once to everyone who keeps looking from the position before it,
/// whatever other transactions are open and in whatever order writers commit. Thread-safe; every
/// method may throw [StoreUnavailable].
public interface ChangeFeed {

  /// A position from which only later commits are reported.
  Position now();

  Changes since(Position position);

  /// Looks at the oldest of what is new, so that no look takes long, however much there is.
  ///
  /// @param events about so many, at least 1
  Changes since(Position position, int events);

  /// Opaque; only its store understands it. May be kept across restarts.
  record Position(String token) {}

  /// @param changes at most one for each run
  /// @param next where to look from the next time
  /// @param more whether the look ended before all that is new, or just with it
  record Changes(List<Change> changes, Position next, boolean more) {
    public Changes {
      changes = List.copyOf(changes);
    }

    /// All that is new.
    public Changes(List<Change> changes, Position next) {
      this(changes, next, false);
    }
  }

  /// @param lastSeq the highest sequence that became visible
  record Change(RunId runId, long lastSeq) {}
}
