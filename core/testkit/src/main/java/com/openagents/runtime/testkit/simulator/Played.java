package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.testkit.law.RunEvidence;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What a play leaves behind in which every law holds.
///
/// @param sights how often it came across what
public record Played(List<RunEvidence> runs, Map<Sight, Long> sights, Course course) {

  public Played {
    runs = List.copyOf(runs);
    sights = Map.copyOf(sights);
  }

  /// How a play went, up to its end or to where it broke a law.
  ///
  /// @param time how long it was, on its own clock
  /// @param steps how often control changed hands
  /// @param calls how many calls of ports the nodes made
  /// @param strikes the faults that happened, in order
  public record Course(
      Duration time, long steps, long calls, List<Strike> strikes, Schedule schedule) {

    public Course {
      strikes = List.copyOf(strikes);
    }
  }
}
