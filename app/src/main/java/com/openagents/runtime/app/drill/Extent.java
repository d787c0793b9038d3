package com.openagents.runtime.app.drill;

import java.time.Duration;

/// How much chaos there is to be: for a time, and on until there were enough of the gravest faults.
///
/// @param kills of nodes, at least
/// @param crashes of PostgreSQL, at least
record Extent(Duration time, int kills, int crashes) {

  private static final Duration KILL_MAX = Duration.ofSeconds(20);
  private static final Duration CRASH_MAX = Duration.ofSeconds(60);

  boolean reached(Duration elapsed, FaultCount count) {
    return elapsed.compareTo(time) >= 0
        && count.of(Fault.KILL) >= kills
        && count.of(Fault.CRASH) >= crashes;
  }

  /// When a drill that does not get there gives up.
  Duration most() {
    return time.plus(KILL_MAX.multipliedBy(kills)).plus(CRASH_MAX.multipliedBy(crashes));
  }
}
