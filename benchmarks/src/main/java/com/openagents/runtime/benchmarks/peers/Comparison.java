package com.openagents.runtime.benchmarks.peers;

import com.openagents.runtime.app.bench.Report;
import com.openagents.runtime.app.bench.Spread;
import com.openagents.runtime.app.bench.Window;
import com.openagents.runtime.canon.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Alternates windows of ours and of the others: what disturbs the machine disturbs all of them.
final class Comparison {

  private static final int CALLERS_TO_WARM_UP = 16;

  private final List<Callers> all;
  private final int rounds;
  private final Duration time;

  /// @param all ours first
  Comparison(List<Callers> all, int rounds, Duration time) {
    this.all = all;
    this.rounds = rounds;
    this.time = time;
  }

  /// Lets everybody do runs of both lengths, for their virtual machines to compile what they need.
  ///
  /// @param each for each of them
  void warmUp(Duration each) throws InterruptedException {
    for (Callers some : all) {
      some.run(CALLERS_TO_WARM_UP, 1, each.dividedBy(2));
      some.run(CALLERS_TO_WARM_UP, 10, each.dividedBy(2));
    }
  }

  /// Compares runs of so many steps for so many callers; the first windows are for warming up and
  /// do not count.
  void compare(int steps, int callers, Report report) throws InterruptedException {
    Map<String, List<Window>> windows = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (Callers each : round % 2 == 0 ? all : all.reversed()) {
        Window window = each.run(callers, steps, time);
        if (round > 0) {
          windows.computeIfAbsent(each.peer().name(), _ -> new ArrayList<>()).add(window);
        }
      }
    }
    List<Window> ours = windowsOf(all.getFirst(), windows);
    for (Callers each : all) {
      List<Window> theirs = windowsOf(each, windows);
      report.row(
          row(
              steps,
              callers,
              each.peer().name(),
              theirs,
              each == all.getFirst() ? List.of() : ours));
    }
  }

  private static List<Window> windowsOf(Callers each, Map<String, List<Window>> windows) {
    return Objects.requireNonNull(windows.get(each.peer().name()));
  }

  /// @param ours in the rounds of `windows`; empty in our own row
  private static Json.Builder row(
      int steps, int callers, String name, List<Window> windows, List<Window> ours) {
    Json.Builder row =
        Json.object()
            .put("steps", steps)
            .put("callers", callers)
            .put("runtime", name)
            .put(
                "runsPerSecond",
                Spread.of(windows.stream().map(Window::perSecond).toList()).median())
            .put("p50Ms", millis(windows, 50).median())
            .put("p99Ms", millis(windows, 99).median());
    if (ours.isEmpty()) {
      return row;
    }
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < windows.size(); round++) {
      ratios.add(ours.get(round).perSecond() / windows.get(round).perSecond());
    }
    Spread ratio = Spread.of(ratios);
    return row.put("oursToIt", ratio.median())
        .put("oursToItRange", ratio.range())
        .put("p99OursToIt", millis(ours, 99).median() / millis(windows, 99).median());
  }

  private static Spread millis(List<Window> windows, int percent) {
    return Spread.of(windows.stream().map(window -> window.latencies().millis(percent)).toList());
  }
}
