package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.canon.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How fast logs are read and folded.
@Command(
    name = "rebuild",
    description =
        "Fetching and folding of all logs, one run after the other, as the command rebuild does but"
            + " without its writes, beside COPY of the same rows out of the database.",
    mixinStandardHelpOptions = true)
final class BenchRebuildCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--events",
      defaultValue = "300000",
      description = "Events in the table (default: ${DEFAULT-VALUE}).")
  private long events;

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
          new Report("rebuild").setting("postgres", database.version()).setting("rounds", rounds);
      options.progress("filling up to " + events + " events");
      report.row(row(database));
      options.print(report);
    }
    return 0;
  }

  private Json.Builder row(BenchDatabase database) throws Exception {
    try (RebuildBench bench = new RebuildBench(database, events)) {
      options.progress("measuring");
      bench.derive();
      Comparison compared = Comparison.of(rounds, bench::derive, bench::copy);
      return Json.object()
          .put("events", bench.events())
          .put("eventsInRun", CopiedRuns.EVENTS_EACH)
          .put("foldedPerSecond", Spread.of(compared.ours()).median())
          .put("copiedPerSecond", Spread.of(compared.reference()).median())
          .put("ratio", compared.ratio().median())
          .put("ratioRange", compared.ratio().range());
    }
  }
}
