package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.testkit.simulator.SimulateOptions.Subject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/// The command `simulate`: plays many seeds, or shows one.
///
/// Exits with 1 when a law was broken, and with 2 when it was not understood.
public final class Simulate {

  private static final long SEEDS_AT_ONCE = 200;
  private static final Duration TELL_EVERY = Duration.ofSeconds(10);

  private final Playing playing;
  private final SimulateOptions options;
  private final InstantSource clock;
  private final Consumer<String> out;

  private Simulate(
      Playing playing, SimulateOptions options, InstantSource clock, Consumer<String> out) {
    this.playing = playing;
    this.options = options;
    this.clock = clock;
    this.out = out;
  }

  public static void main(String... arguments) {
    System.exit(run(Simulate::playing, InstantSource.system(), IO::println, arguments));
  }

  static Playing playing(Subject subject) {
    return switch (subject) {
      case ENGINE -> new EnginePlaying(new Plays());
      case PROJECTIONS -> new ProjectionPlaying(ProjectionSimulation::of);
    };
  }

  static int run(
      Function<Subject, Playing> playing,
      InstantSource clock,
      Consumer<String> out,
      String... arguments) {
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
    Simulate simulate = new Simulate(playing.apply(options.subject()), options, clock, out);
    return options.onlySeed() ? simulate.show() : simulate.play();
  }

  /// One seed, with its schedule.
  private int show() {
    playing.show(options.from()).forEach(out);
    if (playing.held()) {
      out.accept(playing.totals());
    }
    return ended();
  }

  private int play() {
    long began = clock.millis();
    long told = began;
    long next = options.from();
    while (playing.held() && next <= options.to() && !over(began)) {
      long last = Math.min(options.to(), next + SEEDS_AT_ONCE - 1);
      playing.play(next, last);
      next = last + 1;
      if (clock.millis() - told >= TELL_EVERY.toMillis()) {
        told = clock.millis();
        out.accept("… up to seed %,d after %,d s".formatted(last, (told - began) / 1_000));
      }
    }
    out.accept("seeds %,d to %,d".formatted(options.from(), next - 1));
    out.accept(playing.totals());
    out.accept(speed(clock.millis() - began));
    return ended();
  }

  private boolean over(long began) {
    return clock.millis() - began >= options.time().toMillis();
  }

  private String speed(long millis) {
    double seconds = Math.max(1, millis) / 1_000.0;
    return String.format(Locale.ROOT, "%,.1f s, %,.0f plays/s", seconds, playing.plays() / seconds);
  }

  private int ended() {
    if (playing.held()) {
      return 0;
    }
    out.accept(playing.failure());
    return 1;
  }
}
