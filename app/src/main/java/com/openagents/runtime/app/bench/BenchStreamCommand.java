package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.canon.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How long an event takes to its readers.
@Command(
    name = "stream",
    description =
        "From the return of an append to the byte at a reader of the same node and of another one,"
            + " with many live streams on both. Appends, both nodes and all readers share this"
            + " process.",
    mixinStandardHelpOptions = true)
final class BenchStreamCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--streams",
      defaultValue = "1000",
      description = "Live streams on each node, each of a run of its own (${DEFAULT-VALUE}).")
  private int streams;

  @Option(
      names = "--rate",
      defaultValue = "200",
      description = "Events each second (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "Length of one window (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "How many windows (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    try (Workplace workplace = Workplace.make("bench");
        BenchDatabase database = options.database(workplace)) {
      Report report =
          Report.ofServices("stream")
              .setting("streamsOnEachNode", streams)
              .setting("eventsPerSecond", rate)
              .setting("windowSeconds", seconds)
              .setting("rounds", rounds)
              .setting("pollInterval", Catalog.POLL_INTERVAL.preset())
              .setting("postgres", database.version());
      options.progress("opening " + 2 * streams + " streams");
      try (StreamBench bench = new StreamBench(database, workplace, streams)) {
        List<StreamBench.Window> windows = windows(bench);
        report.row(row("append itself", windows, StreamBench.Window::append));
        report.row(row("to a reader of the same node", windows, StreamBench.Window::near));
        report.row(row("to a reader of the other node", windows, StreamBench.Window::far));
      }
      options.print(report);
    }
    return 0;
  }

  private List<StreamBench.Window> windows(StreamBench bench) throws Exception {
    Duration time = Duration.ofSeconds(seconds);
    bench.run(rate, time.dividedBy(2));
    List<StreamBench.Window> windows = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      options.progress("round " + round + " of " + rounds);
      windows.add(bench.run(rate, time));
    }
    return windows;
  }

  private static Json.Builder row(
      String latency,
      List<StreamBench.Window> windows,
      Function<StreamBench.Window, Latencies> part) {
    List<Latencies> parts = windows.stream().map(part).toList();
    Spread p99 = Spread.of(parts.stream().map(p -> p.millis(99)).toList());
    return Json.object()
        .put("latency", latency)
        .put("events", parts.stream().mapToInt(Latencies::count).sum())
        .put("p50Ms", Spread.of(parts.stream().map(p -> p.millis(50)).toList()).median())
        .put("p99Ms", p99.median())
        .put("p99MsRange", p99.range());
  }
}
