package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.testkit.simulator.Failure;
import com.openagents.runtime.testkit.simulator.Plays;
import com.openagents.runtime.testkit.simulator.Simulation;
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
          "nothing after a refused write of a batch happens",
          "a batch is applied from its end",
          "the same frame id with other content is taken for a repetition",
          "waking now sends the run to the end of the queue",
          "a start with other content is taken for a repetition",
          "text is stored without its line breaks",
          "an epoch is only compared from below",
          "a zombie may release the lease of the thief",
          "events are written though their change of the lease is refused");

  private SeededBugs() {}

  static List<Plant> all() {
    return Stream.of(
            LogPlants.all(),
            LeasePlants.all(),
            SimulatorPlants.all(),
            RacingPlants.all(),
            LawPlants.all())
        .flatMap(List::stream)
        .filter(plant -> !OUT_OF_REACH.contains(plant.bug()))
        .toList();
  }

  /// The failure of the lowest seed whose play shows the bug.
  static Optional<Failure> firstFailure(Plant plant, int seeds) {
    return new Plays(seed -> Simulation.random(seed).over(log -> spoiled(log, plant)))
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

  private static EventLog spoiled(EventLog honest, Plant plant) {
    Planted planted = new Planted();
    planted.log = honest;
    plant.planting().accept(planted);
    return planted.log;
  }
}
