package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.canon.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Frames through signed HTTP calls, beside frames appended through the library.
@Command(
    name = "http",
    description =
        "Durable idempotent frames sent to a service process by signed HTTP calls over connections"
            + " that stay open, beside frames appended through the library by as many callers. The"
            + " clients share the machine.",
    mixinStandardHelpOptions = true)
final class BenchHttpCommand implements Callable<Integer> {

  private static final int RUNS = 10_000;
  private static final int TOGETHER = 10;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--connections",
      defaultValue = "64",
      description = "Connections, and callers of the library (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--seconds",
      defaultValue = "3",
      description = "Length of one window (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "How often each pair is measured (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "10",
      description = "Seconds of calls before anything is measured (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Override
  public Integer call() throws Exception {
    try (Workplace workplace = Workplace.make("bench");
        BenchDatabase database = options.database(workplace);
        HttpBench bench = new HttpBench(database, workplace.folder("service"), RUNS, connections)) {
      Report report =
          Report.ofServices("http")
              .setting("postgres", database.version())
              .setting("connections", connections)
              .setting("windowSeconds", seconds)
              .setting("rounds", rounds)
              .setting("warmUpSeconds", warmUp)
              .setting("runs", RUNS);
      options.progress("warming up");
      bench.calls(1, Duration.ofSeconds(warmUp));
      for (int perCall : List.of(1, TOGETHER)) {
        options.progress(perCall + " frames in a call");
        report.row(row(bench, perCall));
      }
      options.print(report);
    }
    return 0;
  }

  private Json.Builder row(HttpBench bench, int perCall) throws Exception {
    Duration time = Duration.ofSeconds(seconds);
    bench.calls(perCall, time.dividedBy(2));
    bench.library(time.dividedBy(2));
    List<Window> windows = new ArrayList<>();
    List<Double> serviceMicros = new ArrayList<>();
    List<Double> clientMicros = new ArrayList<>();
    Comparison compared =
        Comparison.of(
            rounds,
            () -> {
              Duration service = bench.serviceTime();
              Duration client = HttpBench.clientTime();
              Window window = bench.calls(perCall, time);
              windows.add(window);
              serviceMicros.add(micros(bench.serviceTime().minus(service), window));
              clientMicros.add(micros(HttpBench.clientTime().minus(client), window));
              return window.perSecond() * perCall;
            },
            () -> bench.library(time).perSecond());
    return Json.object()
        .put("framesPerCall", perCall)
        .put("callsPerSecond", median(windows, Window::perSecond))
        .put("framesPerSecond", Spread.of(compared.ours()).median())
        .put("p50Ms", median(windows, window -> window.latencies().millis(50)))
        .put("p99Ms", median(windows, window -> window.latencies().millis(99)))
        .put("serviceUsPerCall", Spread.of(serviceMicros).median())
        .put("clientUsPerCall", Spread.of(clientMicros).median())
        .put("libraryPerSecond", Spread.of(compared.reference()).median())
        .put("ratio", compared.ratio().median())
        .put("ratioRange", compared.ratio().range());
  }

  private static double micros(Duration used, Window window) {
    return used.toNanos() / 1e3 / window.latencies().count();
  }

  private static double median(List<Window> windows, ToDoubleFunction<Window> value) {
    return Spread.of(windows.stream().map(value::applyAsDouble).toList()).median();
  }
}
