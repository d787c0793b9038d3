package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.bench.ShownBench.Setting;
import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.canon.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a run pays for being shown.
@Command(
    name = "shown",
    description =
        "Runs of one step, from the start of each to the end of its stream, with documents that a"
            + " deployment takes, and with one that is down or overloaded, beside runs without"
            + " projections.",
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
      description = "How often each pair is measured (default: ${DEFAULT-VALUE}).")
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
      measure(bench).forEach((setting, pairs) -> report.row(row(setting, pairs)));
      options.print(report);
    }
    return 0;
  }

  /// A window, and the one without projections right before it.
  private record Pair(Window ours, Window off) {
    double ratio() {
      return ours.latencies().millis(50) / off.latencies().millis(50);
    }
  }

  private Map<Setting, List<Pair>> measure(ShownBench bench) throws Exception {
    Duration time = Duration.ofSeconds(seconds);
    Map<Setting, List<Pair>> pairs = new EnumMap<>(Setting.class);
    for (int round = 1; round <= rounds; round++) {
      options.progress("round " + round + " of " + rounds);
      for (Setting setting : EnumSet.complementOf(EnumSet.of(Setting.OFF))) {
        Window off = bench.runs(Setting.OFF, callers, time);
        Window ours = bench.runs(setting, callers, time);
        pairs.computeIfAbsent(setting, _ -> new ArrayList<>()).add(new Pair(ours, off));
      }
    }
    return pairs;
  }

  private static Json.Builder row(Setting setting, List<Pair> pairs) {
    return Json.object()
        .put("documents", setting.words())
        .put("runsPerSecond", spread(pairs, pair -> pair.ours().perSecond()).median())
        .put("p50Ms", spread(pairs, pair -> pair.ours().latencies().millis(50)).median())
        .put("p99Ms", spread(pairs, pair -> pair.ours().latencies().millis(99)).median())
        .put("offP50Ms", spread(pairs, pair -> pair.off().latencies().millis(50)).median())
        .put("offP99Ms", spread(pairs, pair -> pair.off().latencies().millis(99)).median())
        .put("ratio", spread(pairs, Pair::ratio).median())
        .put("ratioRange", spread(pairs, Pair::ratio).range());
  }

  private static Spread spread(List<Pair> pairs, ToDoubleFunction<Pair> value) {
    return Spread.of(pairs.stream().map(value::applyAsDouble).toList());
  }
}
