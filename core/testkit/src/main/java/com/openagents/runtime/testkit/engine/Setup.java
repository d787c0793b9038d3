package com.openagents.runtime.testkit.engine;

import com.openagents.runtime.agent.AgentProgram;
import com.openagents.runtime.execution.Limits;
import java.time.Duration;
import java.util.List;

/// What a [TestRuntime] is made of.
///
/// @param seed decides about identifiers and about which node is first; the same seed gives the
///   same logs
/// @param nodes how many share the store
/// @param leaseTtl how long a crashed node's runs stay its own
public record Setup(
    List<AgentProgram> programs, long seed, int nodes, Duration leaseTtl, Limits limits) {

  public Setup {
    programs = List.copyOf(programs);
    if (nodes < 1) {
      throw new IllegalArgumentException("a runtime has at least one node");
    }
  }

  /// One node with these programs, leases of thirty seconds, and the limits of a service.
  public static Setup of(AgentProgram... programs) {
    return new Setup(List.of(programs), 1, 1, Duration.ofSeconds(30), Limits.defaults());
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
