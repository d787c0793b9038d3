package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.bench.StatementCount.Count;
import com.openagents.runtime.app.bench.WritesBench.Operation;
import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.canon.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Round trips and commits behind what a client asks for.
@Command(
    name = "writes",
    description =
        "Round trips to the database and commits behind a start, a frame and whole runs, counted at"
            + " the pools of a service that is called over HTTP. What a node does at intervals"
            + " whether anything happens or not is left out.",
    mixinStandardHelpOptions = true)
final class BenchWritesCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "How often each is counted (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    try (Workplace workplace = Workplace.make("bench");
        BenchDatabase database = options.database(workplace);
        WritesBench bench = new WritesBench(database, workplace.folder("service"))) {
      Report report =
          Report.ofServices("writes")
              .setting("rounds", rounds)
              .setting("postgres", database.version());
      for (Operation operation : Operation.values()) {
        options.progress(operation.words());
        report.row(measure(bench, operation));
      }
      options.print(report);
    }
    return 0;
  }

  private Json.Builder measure(WritesBench bench, Operation operation) throws Exception {
    List<Double> statements = new ArrayList<>();
    List<Double> commits = new ArrayList<>();
    bench.count(operation);
    for (int round = 0; round < rounds; round++) {
      Count count = bench.count(operation);
      statements.add((double) count.statements());
      commits.add((double) count.commits());
    }
    Spread roundTrips = Spread.of(statements);
    Spread durable = Spread.of(commits);
    return Json.object()
        .put("operation", operation.words())
        .put("roundTrips", roundTrips.median())
        .put("roundTripsMax", roundTrips.max())
        .put("commits", durable.median())
        .put("commitsMax", durable.max());
  }
}
