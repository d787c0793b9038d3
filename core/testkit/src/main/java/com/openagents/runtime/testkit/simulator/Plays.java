package com.openagents.runtime.testkit.simulator;

import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Many plays, under seeds one after the other, as many at once as there are processors.
///
/// @param simulation what is played under a seed
public record Plays(LongFunction<Simulation> simulation) {

  /// What came of the plays.
  ///
  /// @param totals of those that kept every law
  /// @param failure of the lowest seed whose play did not
  public record Tally(Totals totals, Optional<Failure> failure) {

    public static final Tally NONE = new Tally(Totals.NONE, Optional.empty());

    /// @param later of higher seeds
    public Tally plus(Tally later) {
      return new Tally(totals.plus(later.totals), failure.or(later::failure));
    }
  }

  /// Plays random simulations.
  public Plays() {
    this(Simulation::random);
  }

  /// Plays the seeds `from` to `to`, both of them included.
  public Tally play(long from, long to) {
    return tallies(from, to).reduce(Tally.NONE, Tally::plus);
  }

  /// Plays until one breaks a law.
  ///
  /// @return the failure of the lowest seed
  public Optional<Failure> firstFailure(long from, long to) {
    return tallies(from, to).flatMap(tally -> tally.failure().stream()).findFirst();
  }

  private Stream<Tally> tallies(long from, long to) {
    return LongStream.rangeClosed(from, to).parallel().mapToObj(this::play);
  }

  private Tally play(long seed) {
    try {
      return new Tally(Totals.of(simulation.apply(seed).play()), Optional.empty());
    } catch (Failure failure) {
      return new Tally(Totals.NONE, Optional.of(failure));
    }
  }
}
