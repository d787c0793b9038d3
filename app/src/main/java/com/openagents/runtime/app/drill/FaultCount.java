package com.openagents.runtime.app.drill;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// How often each fault happened. Thread-safe.
final class FaultCount {

  private final Map<Fault, AtomicInteger> counts = new ConcurrentHashMap<>();

  void happened(Fault fault) {
    counts.computeIfAbsent(fault, _ -> new AtomicInteger()).incrementAndGet();
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
}
