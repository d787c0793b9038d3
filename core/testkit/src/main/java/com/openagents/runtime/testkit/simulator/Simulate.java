package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.testkit.simulator.Plays.Tally;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// The command `simulate`: plays many seeds, or shows one.
///
/// Exits with 1 when a law was broken, and with 2 when it was not understood.
public final class Simulate {

  private static final long SEEDS_AT_ONCE = 500;
  private static final Duration TELL_EVERY = Duration.ofSeconds(10);

  private final Plays plays;
  private final SimulateOptions options;
  private final InstantSource clock;
  private final Consumer<String> out;

  private Simulate(
      Plays plays, SimulateOptions options, InstantSource clock, Consumer<String> out) {
    this.plays = plays;
    this.options = options;
    this.clock = clock;
    this.out = out;
  }

  public static void main(String... arguments) {
    System.exit(run(new Plays(), InstantSource.system(), IO::println, arguments));
  }

  static int run(Plays plays, InstantSource clock, Consumer<String> out, String... arguments) {
    if (List.of(arguments).contains("--help")) {
      out.accept(SimulateOptions.USAGE);
      return 0;
    }
    SimulateOptions options;
    try {
      options = SimulateOptions.of(arguments);
    } catch (IllegalArgumentException e) {
      out.accept(e.getMessage());
      out.accept(SimulateOptions.USAGE);
      return 2;
    }
    Simulate simulate = new Simulate(plays, options, clock, out);
    return options.onlySeed() ? simulate.show() : simulate.play();
  }

  /// One seed, with its schedule.
  private int show() {
    try {
      Played played = plays.simulation().apply(options.from()).play();
      played.course().schedule().lines().forEach(out);
      out.accept(Totals.of(played).toString());
      return 0;
    } catch (Failure failure) {
      return tell(failure);
    }
  }

  private int play() {
    long began = clock.millis();
    long told = began;
    Tally tally = Tally.NONE;
    long next = options.from();
    while (tally.failure().isEmpty() && next <= options.to() && !over(began)) {
      long last = Math.min(options.to(), next + SEEDS_AT_ONCE - 1);
      tally = tally.plus(plays.play(next, last));
      next = last + 1;
      if (clock.millis() - told >= TELL_EVERY.toMillis()) {
        told = clock.millis();
        out.accept("… up to seed %,d after %,d s".formatted(last, (told - began) / 1_000));
      }
    }
    out.accept("seeds %,d to %,d".formatted(options.from(), next - 1));
    out.accept(tally.totals().toString());
    out.accept(speed(tally, clock.millis() - began));
    return tally.failure().map(this::tell).orElse(0);
  }

  private boolean over(long began) {
    return clock.millis() - began >= options.time().toMillis();
  }

  private static String speed(Tally tally, long millis) {
    double seconds = Math.max(1, millis) / 1_000.0;
    return String.format(
        Locale.ROOT, "%,.1f s, %,.0f plays/s", seconds, tally.totals().plays() / seconds);
  }

  private int tell(Failure failure) {
    out.accept(Shrunk.of(failure).toString());
    return 1;
  }
}
