package com.openagents.runtime.testkit.simulator;

/// A failure, and the smallest play with the same failure that was found.
///
/// @param plays how many it took
public record Shrunk(Failure found, Failure smallest, int plays) {

  /// Shrinks a failure; takes some seconds, and the same failure always comes to the same.
  public static Shrunk of(Failure found) {
    return Shrinking.of(found);
  }

  /// What there is to know of the failure: its seed and law, the smaller play with its schedule,
  /// and how to see both again.
  @Override
  public String toString() {
    return """
    %s
    Smaller, and still broken (%d plays):
    %s
    Again: core/testkit/bin/simulate --seed %d, or Simulation.random(%d).play()
    """
        .formatted(
            found.headline(),
            plays,
            smallest.getMessage(),
            found.simulation().seed(),
            found.simulation().seed());
  }
}
