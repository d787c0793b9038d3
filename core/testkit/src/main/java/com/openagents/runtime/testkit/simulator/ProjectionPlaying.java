package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.testkit.simulator.ProjectionSimulation.Played;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// Plays of processes that project, and of sinks.
final class ProjectionPlaying implements Playing {

  private final LongFunction<ProjectionSimulation> simulation;
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private Optional<ProjectionFailure> failure = Optional.empty();
  private Duration time = Duration.ZERO;
  private long plays;
  private long steps;

  ProjectionPlaying(LongFunction<ProjectionSimulation> simulation) {
    this.simulation = simulation;
  }

  @Override
  public void play(long from, long to) {
    LongStream.rangeClosed(from, to)
        .parallel()
        .mapToObj(this::ended)
        .toList()
        .forEach(ended -> ended.run());
  }

  /// What is to be noted of a play, by one thread after all have ended.
  private Runnable ended(long seed) {
    try {
      Played played = simulation.apply(seed).play();
      return () -> count(played);
    } catch (ProjectionFailure broken) {
      return () -> failure = failure.or(() -> Optional.of(broken));
    }
  }

  private void count(Played played) {
    plays++;
    steps += played.steps();
    time = time.plus(played.time());
    played.faults().forEach((fault, times) -> faults.merge(fault, times, Long::sum));
  }

  @Override
  public List<String> show(long seed) {
    try {
      Played played = simulation.apply(seed).play();
      count(played);
      return played.schedule().lines();
    } catch (ProjectionFailure broken) {
      failure = Optional.of(broken);
      return List.of();
    }
  }

  @Override
  public boolean held() {
    return failure.isEmpty();
  }

  @Override
  public long plays() {
    return plays;
  }

  @Override
  public String totals() {
    return "%,d plays of projections, of %,.1f simulated hours: %,d steps%n%,d faults: %s"
        .formatted(
            plays,
            time.toMillis() / 3_600_000.0,
            steps,
            faults.values().stream().mapToLong(Long::longValue).sum(),
            faults.entrySet().stream()
                .map(entry -> "%s %,d".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", ")));
  }

  @Override
  public String failure() {
    ProjectionFailure broken = failure.orElseThrow();
    return "%s%nAgain: core/testkit/bin/simulate projections --seed %d, or ProjectionSimulation.of(%d).play()"
        .formatted(broken.getMessage(), broken.seed(), broken.seed());
  }
}
