package com.openagents.runtime.testkit.simulator;

import java.util.function.UnaryOperator;

/// Where a play of projections has a bug, or none.
///
/// @param inNodes between a node and its calls, so that faults may happen within it
/// @param inStores between calls and the honest store and sinks
public record ProjectionBug(
    UnaryOperator<ProjectionParts> inNodes, UnaryOperator<ProjectionParts> inStores) {

  public static final ProjectionBug NONE =
      new ProjectionBug(UnaryOperator.identity(), UnaryOperator.identity());

  public static ProjectionBug inNodes(UnaryOperator<ProjectionParts> bug) {
    return new ProjectionBug(bug, UnaryOperator.identity());
  }

  public static ProjectionBug inStores(UnaryOperator<ProjectionParts> bug) {
    return new ProjectionBug(UnaryOperator.identity(), bug);
  }
}
