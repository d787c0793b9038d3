package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.testkit.simulator.Failure;
import com.openagents.runtime.testkit.simulator.Plays;
import com.openagents.runtime.testkit.simulator.Simulation;
import com.openagents.runtime.testkit.simulator.StoreParts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The bugs of an event log that runs show by what becomes of them.
final class SeededBugs {

  /// What needs a client that lies, or a write that the runtime does not make; or what is fenced by
  /// the sequence as well, as every release is.
  private static final Set<String> OUT_OF_REACH =
      Set.of(
          "a stranger may write",
          "the trace is not kept",
          "waking now sends the run to the end of the queue",
          "a start with other content is taken for a repetition",
          "text is stored without its line breaks",
          "an epoch is only compared from below",
          "a zombie may release the lease of the thief",
          "events are written though their change of the lease is refused",
          "a fork forgets what asked for it",
          "a fork is due at once",
          "a fork begins behind an epoch that nobody had",
          "a fork from beyond the log takes what there is",
          "other content under a known id is taken for a repetition in a batch",
          "frames of a batch come before its other writes",
          "a frame of a batch is kept without its key",
          "what ages is noted, and never removed",
          "everything is removed at once",
          "a note removes at once",
          "a look is noted whatever the floor is",
          "what cannot be noted counts as noted",
          "every run is due at any time");

  private SeededBugs() {}

  static List<Plant> all() {
    return Stream.of(
            LogPlants.all(),
            LeasePlants.all(),
            SimulatorPlants.all(),
            RacingPlants.all(),
            LawPlants.all(),
            ForkPlants.all(),
            TogetherPlants.all(),
            AgeingPlants.all(),
            PlayPlants.all())
        .flatMap(List::stream)
        .filter(plant -> !OUT_OF_REACH.contains(plant.bug()))
        .toList();
  }

  /// The failure of the lowest seed whose play shows the bug.
  static Optional<Failure> firstFailure(Plant plant, int seeds) {
    return new Plays(seed -> Simulation.random(seed).overStore(store -> spoiled(store, plant)))
        .firstFailure(1, seeds);
  }

  /// The law that the play breaks when it is played again.
  static Optional<String> again(Failure failure) {
    try {
      failure.simulation().play();
      return Optional.empty();
    } catch (Failure same) {
      return Optional.of(same.law());
    }
  }

  private static StoreParts spoiled(StoreParts honest, Plant plant) {
    Planted planted = new Planted();
    planted.log = honest.log();
    planted.ageing = honest.ageing();
    plant.planting().accept(planted);
    return new StoreParts(planted.log, planted.ageing);
  }
}
