package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Whether what a call costs depends on how much is stored already.
@Command(
    name = "flat",
    description =
        "Appends, and resuming of a run, in tables of growing size, beside a second database that"
            + " keeps the smallest size. At last, resuming of one long run from its checkpoint.",
    mixinStandardHelpOptions = true)
final class BenchFlatCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--events",
      split = ",",
      defaultValue = "1000,100000",
      description = "Events in the table (default: ${DEFAULT-VALUE}).")
  private List<Long> events = List.of();

  @Option(
      names = "--small-database-url",
      description =
          "The second database, which is emptied; best on the same server. Default: an embedded"
              + " PostgreSQL in a temporary directory.")
  private Optional<String> smallDatabase = Optional.empty();

  @Option(
      names = "--callers",
      defaultValue = "16",
      description = "Callers that append (default: ${DEFAULT-VALUE}).")
  private int callers;

  @Option(
      names = "--seconds",
      defaultValue = "1",
      description = "Length of one window of appends (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--resumes",
      defaultValue = "200",
      description = "Runs resumed in one window (default: ${DEFAULT-VALUE}).")
  private int resumes;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "How often each pair is measured (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--long-run",
      defaultValue = "100000",
      description = "Events of the long run (default: ${DEFAULT-VALUE}).")
  private int longRun;

  @Override
  public Integer call() throws Exception {
    List<Long> sizes = events.stream().sorted().distinct().toList();
    try (Workplace workplace = Workplace.make("bench");
        BenchDatabase database = options.database(workplace);
        BenchDatabase beside = options.another(smallDatabase, workplace);
        Table small = new Table(beside);
        Table table = new Table(database)) {
      Report report =
          new Report("flat")
              .setting("postgres", database.version())
              .setting("smallest", sizes.getFirst())
              .setting("callers", callers)
              .setting("windowSeconds", seconds)
              .setting("resumesInWindow", resumes)
              .setting("rounds", rounds);
      small.fill(sizes.getFirst());
      for (long size : sizes) {
        options.progress("filling up to " + size + " events");
        table.fill(size);
        options.progress("measuring");
        report.row(row(size, table, small, sizes.getFirst()));
      }
      options.progress("writing a run of " + longRun + " events");
      report.row(longRun(table));
      options.print(report);
    }
    return 0;
  }

  private Json.Builder row(long size, Table table, Table small, long smallest) throws Exception {
    Duration time = Duration.ofSeconds(seconds);
    appends(table, time);
    appends(small, time);
    Comparison appends =
        Comparison.of(
            rounds,
            () -> appends(table, time),
            () -> {
              small.refill(smallest);
              return appends(small, time);
            });
    List<Latencies> latencies = new ArrayList<>();
    Comparison resumed =
        Comparison.of(
            rounds,
            () -> perSecond(table.resumes(resumes), latencies),
            () -> perSecond(small.resumes(resumes), new ArrayList<>()));
    return Json.object()
        .put("eventsInTable", size)
        .put("eventsInRun", CopiedRuns.EVENTS_EACH)
        .put("appendsPerSecond", Spread.of(appends.ours()).median())
        .put("appendCost", appends.cost().median())
        .put("appendCostRange", appends.cost().range())
        .put("resumeMs", Spread.of(latencies.stream().map(l -> l.millis(50)).toList()).median())
        .put("resumeCost", resumed.cost().median())
        .put("resumeCostRange", resumed.cost().range());
  }

  private double appends(Table table, Duration time) throws InterruptedException {
    return table.appends(callers, time).perSecond();
  }

  /// By the median, because a few slow ones would outweigh the others.
  private static double perSecond(Latencies latencies, List<Latencies> all) {
    all.add(latencies);
    return 1_000 / latencies.millis(50);
  }

  private Json.Builder longRun(Table table) {
    RunId runId = table.longRun(longRun);
    Latencies latencies =
        Latencies.ofNanos(LongStream.generate(() -> table.resume(runId)).limit(resumes));
    return Json.object()
        .put("eventsInTable", events.stream().mapToLong(Long::longValue).max().orElse(0))
        .put("eventsInRun", longRun)
        .put("resumeMs", latencies.millis(50));
  }
}
