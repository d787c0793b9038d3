package com.openagents.runtime.testkit.simulator;

/// A play of projections that broke a law, and what happened before.
public final class ProjectionFailure extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final String law;
  private final long seed;
  private final transient Schedule schedule;

  ProjectionFailure(ProjectionSimulation simulation, Defect how, Schedule schedule) {
    super(how.getMessage(), how);
    this.seed = simulation.seed();
    this.law = how.kind().equals(Lockstep.ENDS) ? ProjectionLaws.REST : how.kind();
    this.schedule = schedule;
  }

  /// The law that does not hold, as a sentence; or what else must not be.
  public String law() {
    return law;
  }

  public long seed() {
    return seed;
  }

  /// What happened before.
  public Schedule schedule() {
    return schedule;
  }

  @Override
  public String getMessage() {
    return "seed %d breaks \"%s\": %s%n%s"
        .formatted(seed, law, super.getMessage(), schedule.shown());
  }
}
