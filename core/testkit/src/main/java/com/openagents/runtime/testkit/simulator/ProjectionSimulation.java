package com.openagents.runtime.testkit.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One play of processes that project, of sinks that fail, and of people who interfere, under a
/// seed.
public record ProjectionSimulation(long seed, ProjectionBug bug) {

  private static final int STEPS_MAX = 40_000;

  public static ProjectionSimulation of(long seed) {
    return new ProjectionSimulation(seed, ProjectionBug.NONE);
  }

  /// What every play is held against, as [ProjectionFailure#law] names it.
  public static List<String> laws() {
    return ProjectionLaws.NAMES;
  }

  /// Plays until everything rests and checks every law.
  ///
  /// @throws ProjectionFailure when a law is broken
  public Played play() {
    ProjectionWorld world = new ProjectionWorld(seed, bug);
    ProjectionOperator operator = new ProjectionOperator(world);
    try {
      world.start("node-1");
      world.start("node-2");
      operator.begin();
      world.lockstep().run(operator::over, STEPS_MAX);
      new ProjectionLaws(world.store()).check(world.sinks());
      return new Played(world.lockstep().steps(), world.age(), world.faults(), world.schedule());
    } catch (Defect defect) {
      throw new ProjectionFailure(this, defect, world.schedule());
    } finally {
      world.end();
    }
  }

  /// @param steps how often control changed hands
  /// @param time how long it was, on its own clock
  /// @param faults how many happened of each kind
  public record Played(long steps, Duration time, Map<Fault, Long> faults, Schedule schedule) {
    public Played {
      faults = Map.copyOf(faults);
    }
  }
}
