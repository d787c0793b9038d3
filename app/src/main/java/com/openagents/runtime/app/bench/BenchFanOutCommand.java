package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.canon.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How fast one run's events reach many readers.
@Command(
    name = "fan-out",
    description =
        "Events of one run, each appended when all readers have the one before, beside the same"
            + " bytes written to as many bare sockets. Service and readers share this process.",
    mixinStandardHelpOptions = true)
final class BenchFanOutCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--streams",
      split = ",",
      defaultValue = "100,1000,5000",
      description = "Readers of the run (default: ${DEFAULT-VALUE}).")
  private List<Integer> streams = List.of();

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

  @Override
  public Integer call() throws Exception {
    try (Workplace workplace = Workplace.make("bench");
        BenchDatabase database = options.database(workplace)) {
      Report report =
          new Report("fan-out")
              .setting("windowSeconds", seconds)
              .setting("rounds", rounds)
              .setting("postgres", database.version());
      for (int count : streams) {
        options.progress(count + " streams");
        try (FanOutBench bench = new FanOutBench(database, workplace, count)) {
          report.row(row(bench, count));
        }
      }
      options.print(report);
    }
    return 0;
  }

  private Json.Builder row(FanOutBench bench, int count) throws Exception {
    Duration time = Duration.ofSeconds(seconds);
    bench.service(time);
    Comparison compared = Comparison.of(rounds, () -> bench.service(time), () -> bench.raw(time));
    return Json.object()
        .put("streams", count)
        .put("bytesEach", bench.blockBytes())
        .put("deliveriesPerSecond", Spread.of(compared.ours()).median())
        .put("socketsPerSecond", Spread.of(compared.reference()).median())
        .put("ratio", compared.ratio().median())
        .put("ratioRange", compared.ratio().range());
  }
}
