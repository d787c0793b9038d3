package com.openagents.runtime.testkit.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Makes a play that broke a law smaller, for as long as what is left breaks the same law: fewer
/// faults, conversations and nodes, and shorter conversations.
///
/// It plays what is smaller again, so it is a search: the same failure gives the same result, which
/// need not be the smallest there is. One use.
final class Shrinking {

  private static final int PLAYS_MAX = 600;

  /// What is left to chance falls otherwise in a smaller play, so it is tried under some seeds.
  private static final int SEEDS = 6;

  private static final int CALLS_TRIED = 60;

  private Failure smallest;
  private int plays;

  private Shrinking(Failure found) {
    smallest = found;
  }

  static Shrunk of(Failure found) {
    Shrinking shrinking = new Shrinking(found);
    if (shrinking.accept(found.simulation().with(Faults.again(found.strikes())))) {
      shrinking.shrink();
    }
    return new Shrunk(found, shrinking.smallest, shrinking.plays);
  }

  private void shrink() {
    List<Function<Failure, Stream<Simulation>>> ways =
        List.of(
            Shrinking::withoutFaults,
            Shrinking::withoutAgeing,
            Shrinking::fewerConversations,
            Shrinking::fewerNodes,
            Shrinking::fewerFaults,
            Shrinking::shorterConversations,
            Shrinking::oneFault);
    boolean smaller = true;
    while (smaller && plays < PLAYS_MAX) {
      smaller = false;
      for (Function<Failure, Stream<Simulation>> way : ways) {
        smaller |= shrink(way);
      }
    }
  }

  /// Goes one way as far as it leads.
  private boolean shrink(Function<Failure, Stream<Simulation>> way) {
    boolean smaller = false;
    while (way.apply(smallest).anyMatch(this::accept)) {
      smaller = true;
    }
    return smaller;
  }

  /// Plays it, and keeps it when it breaks the same law and is smaller.
  private boolean accept(Simulation candidate) {
    if (plays >= PLAYS_MAX) {
      return false;
    }
    plays++;
    try {
      candidate.play();
      return false;
    } catch (Failure failure) {
      boolean taken =
          failure.law().equals(smallest.law()) && (plays == 1 || failure.size() < smallest.size());
      smallest = taken ? failure : smallest;
      return taken;
    }
  }

  private static Stream<Simulation> withoutFaults(Failure failure) {
    return failure.strikes().isEmpty()
        ? Stream.empty()
        : seeds(failure.simulation().with(Faults.NONE));
  }

  private static Stream<Simulation> withoutAgeing(Failure failure) {
    return failure.simulation().retention() == null
        ? Stream.empty()
        : seeds(failure.simulation().withoutAgeing());
  }

  private static Stream<Simulation> fewerConversations(Failure failure) {
    List<Conversation> all = failure.simulation().conversations();
    return all.size() == 1
        ? Stream.empty()
        : all.stream()
            .map(left -> all.stream().filter(other -> !other.equals(left)).toList())
            .flatMap(fewer -> seeds(failure.simulation().with(fewer)));
  }

  private static Stream<Simulation> fewerNodes(Failure failure) {
    int nodes = failure.simulation().nodes();
    return Stream.of(1, nodes - 1)
        .filter(fewer -> fewer > 0 && fewer < nodes)
        .flatMap(fewer -> seeds(failure.simulation().withNodes(fewer)));
  }

  private static Stream<Simulation> shorterConversations(Failure failure) {
    List<Conversation> all = failure.simulation().conversations();
    return all.stream()
        .flatMap(longer ->
            longer
                .shorter()
                .map(shorter ->
                    all.stream().map(other -> other.equals(longer) ? shorter : other).toList()))
        .flatMap(shorter -> seeds(failure.simulation().with(shorter)));
  }

  /// Leaves out the half of the faults, then a quarter, and so on down to each one.
  private static Stream<Simulation> fewerFaults(Failure failure) {
    List<Strike> strikes = failure.strikes();
    return Stream.iterate(strikes.size() / 2, size -> size > 0, size -> size / 2)
        .flatMap(size -> without(strikes, size))
        .map(left -> failure.simulation().with(Faults.again(left)));
  }

  private static Stream<List<Strike>> without(List<Strike> strikes, int size) {
    return Stream.iterate(0, from -> from < strikes.size(), from -> from + size)
        .map(from -> {
          List<Strike> left = new ArrayList<>(strikes);
          left.subList(from, Math.min(from + size, strikes.size())).clear();
          return left;
        });
  }

  /// One fault, of the kinds that happened, at calls all over the play.
  private static Stream<Simulation> oneFault(Failure failure) {
    List<Fault> kinds = failure.strikes().stream().map(Strike::fault).distinct().toList();
    long calls = failure.course().calls();
    return failure.strikes().size() < 2
        ? Stream.empty()
        : LongStream.rangeClosed(1, CALLS_TRIED)
            .mapToObj(i -> 1 + i * calls / CALLS_TRIED)
            .flatMap(call -> kinds.stream().map(kind -> Faults.once(call, kind)))
            .map(failure.simulation()::with);
  }

  private static Stream<Simulation> seeds(Simulation smaller) {
    return Stream.concat(
        Stream.of(smaller), LongStream.rangeClosed(1, SEEDS - 1L).mapToObj(smaller::withSeed));
  }
}
