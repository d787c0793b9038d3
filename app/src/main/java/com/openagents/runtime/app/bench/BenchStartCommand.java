package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.canon.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Starts of the service, each a process of its own.
@Command(
    name = "start",
    description =
        "From the start of the process to the first 200 of /health/ready: with a database that is"
            + " there, with an embedded one that has to be created, and with that one again.",
    mixinStandardHelpOptions = true)
final class BenchStartCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "How often each start is measured (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    try (Workplace workplace = Workplace.make("bench");
        BenchDatabase database = options.database(workplace)) {
      Report report =
          Report.ofServices("start")
              .setting("rounds", rounds)
              .setting("postgres", database.version());
      StartBench bench = new StartBench(workplace, database.text());
      bench.warmUp();
      for (int round = 1; round <= rounds; round++) {
        options.progress("round " + round + " of " + rounds);
        bench.round();
      }
      report.row(row("external", bench.external()));
      report.row(row("embedded first", bench.embeddedFirst()));
      report.row(row("embedded later", bench.embeddedLater()));
      options.print(report);
    }
    return 0;
  }

  private static Json.Builder row(String start, List<Double> millis) {
    Spread spread = Spread.of(millis);
    return Json.object()
        .put("start", start)
        .put("medianMs", spread.median())
        .put("minMs", spread.min())
        .put("maxMs", spread.max());
  }
}
