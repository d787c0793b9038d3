package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.testkit.simulator.Played.Course;
import java.util.List;
import java.util.stream.Collectors;

/// A play that broke a law: which, how, under which faults, and what happened before.
public final class Failure extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final transient Simulation simulation;
  private final String law;
  private final transient Course course;

  Failure(Simulation simulation, String law, Defect how, Course course) {
    super(how.getMessage(), how);
    this.simulation = simulation;
    this.law = law;
    this.course = course;
  }

  /// What was played.
  public Simulation simulation() {
    return simulation;
  }

  /// The law that does not hold, as a sentence; or what else must not be.
  public String law() {
    return law;
  }

  /// The faults that happened, in order.
  public List<Strike> strikes() {
    return course.strikes();
  }

  /// How it went, up to where the law was found broken.
  public Course course() {
    return course;
  }

  /// How much there is to understand: smaller is better, and nothing else is said by it.
  public int size() {
    return 2 * simulation.nodes()
        + (simulation.retention() == null ? 0 : 2)
        + simulation.conversations().stream().mapToInt(c -> 2 + c.size()).sum()
        + 2 * strikes().size();
  }

  /// The law, what was played, and the end of its schedule.
  @Override
  public String getMessage() {
    return "%s%n%s%n%s".formatted(headline(), played(), course.schedule().shown());
  }

  /// The seed, the law, and how it is broken.
  public String headline() {
    return "seed %d breaks \"%s\": %s".formatted(simulation.seed(), law, super.getMessage());
  }

  /// Nodes, conversations and faults, in a line each.
  private String played() {
    return "  %d nodes%s%n%s%s"
        .formatted(
            simulation.nodes(),
            simulation.retention() == null ? "" : ", pieces age after " + simulation.retention(),
            simulation.conversations().stream()
                .map("  %s%n"::formatted)
                .collect(Collectors.joining()),
            strikes().stream().map("  %s%n"::formatted).collect(Collectors.joining()));
  }
}
