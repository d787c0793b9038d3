package com.openagents.runtime.app.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the inspection of all runs added up to. Thread-safe.
final class Findings {

  private final Map<String, Integer> runsByEnd = new TreeMap<>();
  private final List<Breach> breaches = new ArrayList<>();
  private int runs;
  private int forks;
  private int frames;
  private int together;
  private int readers;
  private long events;
  private int executorsLost;

  /// Counts a run as judged when every law was held against it.
  void judge(RunEvidence run) {
    judged(run, Laws.breaches(run));
  }

  private synchronized void judged(RunEvidence run, List<Breach> broken) {
    runs++;
    forks += run.dealings().original() == null ? 0 : 1;
    together += run.dealings().together().stream().mapToInt(List::size).sum();
    frames += run.dealings().acknowledged().size();
    readers += run.dealings().followed().size();
    events += run.log().size();
    executorsLost += run.ofType("run.executor_lost").size();
    runsByEnd.merge(run.log().isEmpty() ? "nothing" : end(run.log().getLast()), 1, Integer::sum);
    breaches.addAll(broken);
  }

  private static String end(LoggedEvent last) {
    return last.type().equals("run.failed")
        ? last.type() + " " + last.text("reasonClass")
        : last.type();
  }

  synchronized void add(List<Breach> more) {
    breaches.addAll(more);
  }

  synchronized void add(Breach one) {
    breaches.add(one);
  }

  synchronized List<Breach> breaches() {
    return List.copyOf(breaches);
  }

  synchronized int runs() {
    return runs;
  }

  /// How many of the runs began as forks.
  synchronized int forks() {
    return forks;
  }

  /// How many frames were sent in one call with others.
  synchronized int framesTogether() {
    return together;
  }

  synchronized int frames() {
    return frames;
  }

  synchronized int readers() {
    return readers;
  }

  synchronized long events() {
    return events;
  }

  synchronized int executorsLost() {
    return executorsLost;
  }

  synchronized Map<String, Integer> runsByEnd() {
    return new TreeMap<>(runsByEnd);
  }
}
