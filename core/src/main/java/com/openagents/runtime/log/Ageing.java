package com.openagents.runtime.log;

import com.openagents.runtime.identity.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets pieces age out of logs, in two steps that may each be cut short: first the floor of a run
/// is raised and the ranges are noted, both or neither; then what lies in noted ranges is removed.
/// So a log never lacks an event above its floor, whenever a node dies.
///
/// Thread-safe; every method may throw [StoreUnavailable]. Safe under many nodes.
public interface Ageing {

  /// Runs that have events which nobody has looked at for this long on the store's clock, longest
  /// first.
  List<RunId> due(Duration window, int limit);

  /// Notes what a look at a run came to.
  ///
  /// @return false when nothing was noted: the floor is not where the look found it, the log does
  ///   not reach the new one, or somebody holds the run's row
  boolean note(Look look);

  /// Removes what may age of noted ranges, by sequence from the beginning of each.
  ///
  /// @param limit at most so many sequences in one transaction
  /// @return how many sequences were gone through; 0 when no range is left
  int remove(int limit);

  /// @param found the floor as it was found
  /// @param floor where it is to stand, at `found` or higher
  /// @param ranges what may age between the two, in order
  /// @param lookedUntil when the first event was written that is still to be looked at; null when
  ///   nothing of the run will age any more
  record Look(
      RunId runId, long found, long floor, List<AgedRange> ranges, @Nullable Instant lookedUntil) {
    public Look {
      ranges = List.copyOf(ranges);
      long last = 0;
      for (AgedRange range : ranges) {
        if (range.from() <= last) {
          throw new IllegalArgumentException("ranges follow each other");
        }
        last = range.through();
      }
      if (floor < found || floor < last) {
        throw new IllegalArgumentException("the floor lies behind what ages, and never goes back");
      }
    }
  }
}
