package com.openagents.runtime.app.drill;

import java.time.Duration;
import java.util.Set;

/// How much chaos there is to be: for a time, and on until every kind of fault has happened, and
/// enough of the gravest.
///
/// @param kills of nodes, at least
/// @param crashes of PostgreSQL, at least
record Extent(Duration time, int kills, int crashes) {

  private static final Duration KILL_MAX = Duration.ofSeconds(20);
  private static final Duration CRASH_MAX = Duration.ofSeconds(60);
  private static final Duration KIND_MAX = Duration.ofSeconds(30);

  /// @param kinds of faults that there are to be
  boolean reached(Duration elapsed, FaultCount count, Set<Fault> kinds) {
    return elapsed.compareTo(time) >= 0
        && count.of(Fault.KILL) >= kills
        && count.of(Fault.CRASH) >= crashes
        && kinds.stream().allMatch(kind -> count.of(kind) > 0);
  }

  /// When a drill that does not get there gives up.
  Duration most(Set<Fault> kinds) {
    return time.plus(KILL_MAX.multipliedBy(kills))
        .plus(CRASH_MAX.multipliedBy(crashes))
        .plus(KIND_MAX.multipliedBy(kinds.size()));
  }
}
