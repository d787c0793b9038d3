package com.openagents.runtime.app.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Alternates windows of the reference and of the runtime, and prints medians and ratios.
final class AppendComparison {

  private final AppendBench ours;
  private final Optional<Pgbench> reference;
  private final PrintWriter out;

  AppendComparison(AppendBench ours, Optional<Pgbench> reference, PrintWriter out) {
    this.ours = ours;
    this.reference = reference;
    this.out = out;
  }

  /// @param rounds how often each pair is measured
  void run(List<Integer> callers, int rounds, Duration time)
      throws IOException, InterruptedException {
    out.printf(
        "%-8s %12s %12s %7s %17s %10s %10s%n",
        "callers", "ours/s", "pgbench/s", "ratio", "[min..max]", "p50 ms", "p99 ms");
    for (int count : callers) {
      ours.run(count, time.dividedBy(2));
      compare(count, rounds, time);
    }
  }

  private void compare(int callers, int rounds, Duration time)
      throws IOException, InterruptedException {
    List<Window> windows = new ArrayList<>();
    List<Double> references = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      double before = reference(callers, time);
      Window window = ours.run(callers, time);
      double around = (before + reference(callers, time)) / 2;
      windows.add(window);
      references.add(around);
      ratios.add(window.perSecond() / around);
    }
    windows.sort(Comparator.comparingDouble(Window::perSecond));
    Window median = windows.get(rounds / 2);
    out.printf(
        "%-8d %12.0f %12.0f %7.2f %17s %10.2f %10.2f%n",
        callers,
        median.perSecond(),
        median(references),
        median(ratios),
        "[%.2f..%.2f]"
            .formatted(
                ratios.stream().mapToDouble(r -> r).min().orElse(0),
                ratios.stream().mapToDouble(r -> r).max().orElse(0)),
        median.p50().toNanos() / 1e6,
        median.p99().toNanos() / 1e6);
    out.flush();
  }

  private double reference(int clients, Duration time) throws IOException, InterruptedException {
    return reference.isEmpty() ? Double.NaN : reference.get().run(clients, time);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
