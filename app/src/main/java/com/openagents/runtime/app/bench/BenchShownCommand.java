package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.bench.ShownBench.Setting;
import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.canon.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a run pays for being shown.
@Command(
    name = "shown",
    description =
        "Runs of one step, from the start of each to the end of its stream: without projections,"
            + " with documents that a deployment takes, and with one that is down or overloaded.",
    mixinStandardHelpOptions = true)
final class BenchShownCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--callers",
      defaultValue = "4",
      description = "Callers, each with one run at a time (default: ${DEFAULT-VALUE}).")
  private int callers;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "Length of one window (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "How often each is measured, all by turns (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "30",
      description = "Seconds of runs at each service before that (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Override
  public Integer call() throws Exception {
    try (Workplace workplace = Workplace.make("bench");
        BenchDatabase database = options.database(workplace);
        ShownBench bench = new ShownBench(database, workplace)) {
      Report report =
          new Report("shown")
              .setting("postgres", database.version())
              .setting("callers", callers)
              .setting("windowSeconds", seconds)
              .setting("rounds", rounds)
              .setting("warmUpSeconds", warmUp);
      options.progress("warming up");
      bench.runs(Setting.OFF, callers, Duration.ofSeconds(warmUp));
      bench.runs(Setting.SHOWN, callers, Duration.ofSeconds(warmUp));
      Map<Setting, List<Window>> windows = measure(bench);
      windows.forEach((setting, all) -> report.row(row(setting, all, windows)));
      options.print(report);
    }
    return 0;
  }

  private Map<Setting, List<Window>> measure(ShownBench bench) throws Exception {
    Map<Setting, List<Window>> windows = new EnumMap<>(Setting.class);
    for (int round = 1; round <= rounds; round++) {
      options.progress("round " + round + " of " + rounds);
      for (Setting setting : Setting.values()) {
        Window window = bench.runs(setting, callers, Duration.ofSeconds(seconds));
        windows.computeIfAbsent(setting, _ -> new ArrayList<>()).add(window);
      }
    }
    return windows;
  }

  private static Json.Builder row(
      Setting setting, List<Window> ours, Map<Setting, List<Window>> windows) {
    List<Window> off = windows.getOrDefault(Setting.OFF, List.of());
    List<Double> medians = ours.stream().map(window -> window.latencies().millis(50)).toList();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ours.size(); round++) {
      ratios.add(medians.get(round) / off.get(round).latencies().millis(50));
    }
    return Json.object()
        .put("documents", setting.words())
        .put("runsPerSecond", Spread.of(ours.stream().map(Window::perSecond).toList()).median())
        .put("p50Ms", Spread.of(medians).median())
        .put("p50MsRange", Spread.of(medians).range())
        .put("p99Ms", Spread.of(ours.stream().map(w -> w.latencies().millis(99)).toList()).median())
        .put("p50ToOff", Spread.of(ratios).median())
        .put("p50ToOffRange", Spread.of(ratios).range());
  }
}
