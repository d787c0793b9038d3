package com.openagents.runtime.app.drill;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// How often each fault happened, and how often it could not be caused. Thread-safe.
final class FaultCount {

  private final Map<Fault, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final Map<Fault, Failures> failures = new ConcurrentHashMap<>();

  /// Attempts at a fault that came to nothing.
  ///
  /// @param why of the last
  record Failures(int times, String why) {}

  void happened(Fault fault) {
    counts.computeIfAbsent(fault, _ -> new AtomicInteger()).incrementAndGet();
  }

  void failed(Fault fault, String why) {
    var _ =
        failures.merge(
            fault, new Failures(1, why), (before, _) -> new Failures(before.times() + 1, why));
  }

  int of(Fault fault) {
    AtomicInteger count = counts.get(fault);
    return count == null ? 0 : count.get();
  }

  int total() {
    return counts.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  Map<Fault, Integer> all() {
    Map<Fault, Integer> all = new TreeMap<>();
    counts.forEach((fault, count) -> all.put(fault, count.get()));
    return all;
  }

  Map<Fault, Failures> failures() {
    return new TreeMap<>(failures);
  }
}
