package com.openagents.runtime.app.hostile;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/// What a drill is to be.
///
/// @param time of all attacks together
/// @param oneByOne whether the attacks also come one after the other, before all at once
/// @param heapMiB the greatest heap of the service
/// @param regulars well-behaved users at a time
/// @param seed of the attackers' whims
/// @param progress gets a line for a person now and then
/// @param log gets what the service prints
record HostileSettings(
    Duration time,
    Set<Attack> attacks,
    boolean oneByOne,
    int heapMiB,
    int regulars,
    long seed,
    Consumer<String> progress,
    Consumer<String> log) {

  HostileSettings {
    attacks = Set.copyOf(attacks);
    if (attacks.isEmpty() || regulars < 1) {
      throw new IllegalArgumentException("a drill has attackers and others");
    }
  }
}
