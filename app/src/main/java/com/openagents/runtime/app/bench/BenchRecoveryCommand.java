package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.canon.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How soon a run goes on when its executor is gone.
@Command(
    name = "recovery",
    description =
        "From SIGKILL of the process that carries out a run, in the middle of a turn, to the first"
            + " event by its next owner; and how fast one janitor recovers many runs that expired"
            + " together.",
    mixinStandardHelpOptions = true)
final class BenchRecoveryCommand implements Callable<Integer> {

  private static final int WRITERS = 2;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--rounds",
      defaultValue = "10",
      description = "How many executors are killed (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--lease-seconds",
      defaultValue = "2",
      description = "How long a lease lasts (default: ${DEFAULT-VALUE}).")
  private int leaseSeconds;

  @Option(
      names = "--expired",
      defaultValue = "50000",
      description = "How many runs expire together (default: ${DEFAULT-VALUE}).")
  private int expired;

  @Override
  public Integer call() throws Exception {
    try (Workplace workplace = Workplace.make("bench");
        BenchDatabase database = options.database(workplace)) {
      Report report =
          Report.ofServices("recovery")
              .setting("rounds", rounds)
              .setting("leaseSeconds", leaseSeconds)
              .setting("expired", expired)
              .setting("postgres", database.version());
      report.row(drained(database));
      report.row(takenOver(database, workplace));
      options.print(report);
    }
    return 0;
  }

  private Json.Builder drained(BenchDatabase database) throws Exception {
    options.progress("letting " + expired + " runs expire");
    try (Library library = Library.open(database.url(), WRITERS)) {
      double rate = new ExpiredBench(database, library).drain(expired);
      return Json.object()
          .put("measure", "expired runs recovered by one janitor")
          .put("runs", expired)
          .put("perSecond", rate);
    }
  }

  private Json.Builder takenOver(BenchDatabase database, Workplace workplace) throws Exception {
    List<Double> millis = new ArrayList<>();
    Duration lease = Duration.ofSeconds(leaseSeconds);
    try (RecoveryBench bench = new RecoveryBench(database, workplace, lease)) {
      for (int round = 1; round <= rounds; round++) {
        options.progress("kill " + round + " of " + rounds);
        millis.add(bench.round().toNanos() / 1e6);
      }
    }
    Spread spread = Spread.of(millis);
    return Json.object()
        .put("measure", "executor killed to next event by the new owner")
        .put("runs", rounds)
        .put("medianMs", spread.median())
        .put("minMs", spread.min())
        .put("maxMs", spread.max())
        .put("barMs", lease.plusSeconds(1).toMillis());
  }
}
