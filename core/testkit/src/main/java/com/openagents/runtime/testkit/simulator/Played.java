package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.testkit.law.RunEvidence;
import java.time.Duration;
import java.util.List;

/// What a play leaves behind in which every law holds.
public record Played(List<RunEvidence> runs, Course course) {

  public Played {
    runs = List.copyOf(runs);
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
