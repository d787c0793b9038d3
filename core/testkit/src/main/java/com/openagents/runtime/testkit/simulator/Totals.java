package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.run.Run;
import com.openagents.runtime.testkit.simulator.Played.Course;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What plays added up to. Immutable.
///
/// @param time how long they were, on their own clocks
/// @param steps how often control changed hands
/// @param calls how many calls of ports their nodes made
/// @param faults how many happened of each kind
/// @param runs how many came to each end
/// @param sights how often they came across what
public record Totals(
    long plays,
    Duration time,
    long steps,
    long calls,
    Map<Fault, Long> faults,
    Map<Run.Outcome, Long> runs,
    Map<Sight, Long> sights) {

  public static final Totals NONE =
      new Totals(0, Duration.ZERO, 0, 0, Map.of(), Map.of(), Map.of());

  public Totals {
    faults = Map.copyOf(faults);
    runs = Map.copyOf(runs);
    sights = Map.copyOf(sights);
  }

  static Totals of(Played played) {
    Course course = played.course();
    return new Totals(
        1,
        course.time(),
        course.steps(),
        course.calls(),
        course.strikes().stream()
            .collect(Collectors.groupingBy(Strike::fault, Collectors.counting())),
        played.runs().stream()
            .map(run -> run.head().columns().run())
            .filter(Run.Ended.class::isInstance)
            .collect(
                Collectors.groupingBy(end -> ((Run.Ended) end).outcome(), Collectors.counting())),
        played.sights());
  }

  Totals plus(Totals more) {
    return new Totals(
        plays + more.plays,
        time.plus(more.time),
        steps + more.steps,
        calls + more.calls,
        sum(faults, more.faults),
        sum(runs, more.runs),
        sum(sights, more.sights));
  }

  private static <K> Map<K, Long> sum(Map<K, Long> some, Map<K, Long> more) {
    return Stream.of(some, more)
        .flatMap(counts -> counts.entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum));
  }

  /// In lines, for people to read.
  @Override
  public String toString() {
    return """
    %,d plays of %,.1f simulated hours: %,d steps, %,d calls of ports
    runs by end: %s
    among them: %s
    %,d faults: %s\
    """
        .formatted(
            plays,
            time.toMillis() / 3_600_000.0,
            steps,
            calls,
            shown(runs),
            shown(sights),
            faults.values().stream().mapToLong(Long::longValue).sum(),
            shown(faults));
  }

  private static <K extends Comparable<K>> String shown(Map<K, Long> counts) {
    return new TreeMap<>(counts)
        .entrySet().stream()
            .map(entry -> "%s %,d".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
  }
}
