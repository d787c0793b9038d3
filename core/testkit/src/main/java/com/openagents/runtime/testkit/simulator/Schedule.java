package com.openagents.runtime.testkit.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What happened, in order, for people to read.
final class Schedule {

  private static final int SHOWN_MAX = 300;

  private final Instant start;
  private final List<String> lines = new ArrayList<>();

  Schedule(Instant start) {
    this.start = start;
  }

  void note(Instant now, String what) {
    lines.add("%10.6f %s".formatted(Duration.between(start, now).toNanos() / 1e9, what));
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /// The end of the schedule, where the trouble mostly is.
  String shown() {
    int from = Math.max(0, lines.size() - SHOWN_MAX);
    String left = from == 0 ? "" : "(" + from + " earlier lines left out)\n";
    return left + String.join("\n", lines.subList(from, lines.size()));
  }
}
