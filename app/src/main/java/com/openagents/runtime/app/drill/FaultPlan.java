package com.openagents.runtime.app.drill;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/// Which faults come in which order: each kind once, and then at random by weight. The same seed
/// gives the same plan. For one thread.
final class FaultPlan {

  private static final Duration PAUSE_MIN = Duration.ofMillis(500);
  private static final Duration PAUSE_MAX = Duration.ofMillis(3500);
  private static final Duration HOLD_MIN = Duration.ofMillis(1500);
  private static final Duration HOLD_MAX = Duration.ofSeconds(6);

  private final List<Fault> kinds;
  private final int nodes;
  private final RandomGenerator random;
  private final Deque<Fault> first = new ArrayDeque<>();

  /// @param node whom it befalls, where it is a node's
  /// @param variant which form of the fault, where it has several
  /// @param pause before it
  /// @param hold how long it lasts, where it does
  record Step(Fault fault, int node, boolean variant, Duration pause, Duration hold) {}

  /// @param kinds not empty
  FaultPlan(Collection<Fault> kinds, int nodes, RandomGenerator random) {
    this.kinds = List.copyOf(kinds);
    this.nodes = nodes;
    this.random = random;
    List<Fault> left = new ArrayList<>(this.kinds);
    while (!left.isEmpty()) {
      first.add(left.remove(random.nextInt(left.size())));
    }
  }

  Step next() {
    Fault fault = first.isEmpty() ? weighted() : first.remove();
    return new Step(
        fault,
        random.nextInt(nodes),
        random.nextBoolean(),
        between(PAUSE_MIN, PAUSE_MAX),
        between(HOLD_MIN, HOLD_MAX));
  }

  private Fault weighted() {
    int ticket = random.nextInt(kinds.stream().mapToInt(Fault::weight).sum());
    for (Fault kind : kinds) {
      ticket -= kind.weight();
      if (ticket < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("the weights changed");
  }

  private Duration between(Duration min, Duration max) {
    return Duration.ofNanos(random.nextLong(min.toNanos(), max.toNanos()));
  }
}
