package com.openagents.runtime.app.drill;

import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What a drill is to be.
///
/// @param customers how many deal with runs at a time
/// @param seed of the faults' order and the customers' whims
/// @param progress gets a line for a person now and then
/// @param log gets what the nodes print
record ChaosSettings(
    int nodes,
    int customers,
    long seed,
    Set<Fault> faults,
    Extent extent,
    Consumer<String> progress,
    Consumer<String> log) {

  ChaosSettings {
    faults = Set.copyOf(faults);
    if (nodes < 1 || customers < 1) {
      throw new IllegalArgumentException("a drill has nodes and customers");
    }
  }

  /// The faults that are to happen.
  ///
  /// @param missing those that cannot be made here
  Set<Fault> faultsBut(Set<Fault> missing) {
    return faults.stream()
        .filter(fault -> !missing.contains(fault))
        .collect(Collectors.toUnmodifiableSet());
  }
}
