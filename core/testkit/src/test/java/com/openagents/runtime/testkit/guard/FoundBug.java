package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.testkit.simulator.Failure;
import com.openagents.runtime.testkit.simulator.Shrunk;
import com.openagents.runtime.testkit.simulator.Simulation;

/// A known bug, and how the simulator found it.
record FoundBug(Plant plant, Shrunk shrunk) {

  private static final int FREQUENT = 3;
  private static final int RARE = 30;
  private static final int EASILY = 30;
  private static final int SOON = 300;

  /// How many seeds were played, up to the one that shows it.
  long seeds() {
    return shrunk.found().simulation().seed();
  }

  /// How many seeds it may need before somebody has to look why: ten times as many as it did,
  /// about.
  int seedsMax() {
    if (seeds() <= FREQUENT) {
      return EASILY;
    }
    return seeds() <= RARE ? SOON : SimulationCatchesTest.SEEDS;
  }

  /// A row of the table in `docs/reliability.md`.
  String row() {
    Failure smallest = shrunk.smallest();
    Simulation play = smallest.simulation();
    return "| %s | %d | %d | %s | %d, %d, %d |"
        .formatted(
            plant.bug(),
            seeds(),
            seedsMax(),
            smallest.law(),
            play.nodes(),
            play.conversations().size(),
            smallest.strikes().size());
  }
}
