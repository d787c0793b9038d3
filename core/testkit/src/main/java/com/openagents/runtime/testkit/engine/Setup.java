package com.openagents.runtime.testkit.engine;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.execution.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What a [TestRuntime] is made of.
///
/// @param seed decides about identifiers and about which node is first; the same seed gives the
///   same logs
/// @param programs each makes the program of one node when it starts
/// @param nodes how many share the store
/// @param leaseTtl how long a crashed node's runs stay its own; a second or longer
public record Setup(
    List<Supplier<? extends AgentProgram>> programs,
    long seed,
    int nodes,
    Duration leaseTtl,
    Limits limits) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  public Setup {
    programs = List.copyOf(programs);
    if (nodes < 1) {
      throw new IllegalArgumentException("a runtime has at least one node");
    }
    if (leaseTtl.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("a lease lasts a second or longer, not " + leaseTtl);
    }
  }

  /// One node with these programs, leases of thirty seconds, and the limits of a service. Nodes
  /// that start later get the same objects.
  public static Setup of(AgentProgram... programs) {
    List<Supplier<? extends AgentProgram>> same = new ArrayList<>();
    for (AgentProgram program : programs) {
      same.add(() -> program);
    }
    return of(same);
  }

  /// The same, but each node has programs of its own, as each process has: what one keeps in a
  /// field is lost when its node goes down.
  @SafeVarargs
  public static Setup of(
      Supplier<? extends AgentProgram> program, Supplier<? extends AgentProgram>... more) {
    List<Supplier<? extends AgentProgram>> programs = new ArrayList<>();
    programs.add(program);
    for (Supplier<? extends AgentProgram> another : more) {
      programs.add(another);
    }
    return of(programs);
  }

  private static Setup of(List<Supplier<? extends AgentProgram>> programs) {
    return new Setup(programs, 1, 1, Duration.ofSeconds(30), Limits.defaults());
  }

  AgentPrograms freshPrograms(AgentErrors errors) {
    return new AgentPrograms(
        programs.stream().map(program -> errors.heard(program.get())).toList());
  }

  public Setup seed(long number) {
    return new Setup(programs, number, nodes, leaseTtl, limits);
  }

  public Setup nodes(int count) {
    return new Setup(programs, seed, count, leaseTtl, limits);
  }

  public Setup leaseTtl(Duration ttl) {
    return new Setup(programs, seed, nodes, ttl, limits);
  }

  public Setup limits(Limits bounds) {
    return new Setup(programs, seed, nodes, leaseTtl, bounds);
  }
}
