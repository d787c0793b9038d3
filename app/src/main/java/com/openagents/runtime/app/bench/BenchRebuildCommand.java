package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.canon.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How fast logs are read and folded, and documents told again.
@Command(
    name = "rebuild",
    description =
        "Fetching and folding of all logs, beside COPY of the same rows out of the database: one"
            + " run after the other, as the command rebuild does but without its writes; into all"
            + " documents, as projection rebuild does, but kept in memory; and the same with the"
            + " documents kept in the database.",
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
      try (RebuildBench bench = new RebuildBench(database, events)) {
        options.progress("measuring");
        report.row(row("logs, folded", bench, bench::derive));
        try (TellingBench telling = bench.tellingInMemory()) {
          report.row(row("documents, folded", bench, telling::tell));
        }
        try (TellingBench telling = bench.telling()) {
          report.row(row("documents, kept", bench, telling::tell));
        }
      }
      options.print(report);
    }
    return 0;
  }

  private Json.Builder row(String what, RebuildBench bench, Comparison.Measure ours)
      throws Exception {
    ours.perSecond();
    Comparison compared = Comparison.of(rounds, ours, bench::copy);
    return Json.object()
        .put("what", what)
        .put("events", bench.events())
        .put("eventsInRun", CopiedRuns.EVENTS_EACH)
        .put("foldedPerSecond", Spread.of(compared.ours()).median())
        .put("copiedPerSecond", Spread.of(compared.reference()).median())
        .put("ratio", compared.ratio().median())
        .put("ratioRange", compared.ratio().range());
  }
}
