package com.openagents.runtime.testkit.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What happened, in order, for people to read.
public final class Schedule {

  private static final int SHOWN_MAX = 300;

  private final Instant start;
  private final List<Supplier<String>> lines = new ArrayList<>();

  Schedule(Instant start) {
    this.start = start;
  }

  /// Notes what is put into words only when somebody reads it.
  void note(Instant now, Supplier<String> what) {
    lines.add(
        () -> "%10.6f %s".formatted(Duration.between(start, now).toNanos() / 1e9, what.get()));
  }

  /// A line for each thing that happened, with its time in seconds.
  public List<String> lines() {
    return lines.stream().map(Supplier::get).toList();
  }

  /// The end of the schedule, where the trouble mostly is.
  String shown() {
    int from = Math.max(0, lines.size() - SHOWN_MAX);
    String left = from == 0 ? "" : "(" + from + " earlier lines left out)\n";
    return left
        + lines.subList(from, lines.size()).stream()
            .map(Supplier::get)
            .collect(Collectors.joining("\n"));
  }
}
