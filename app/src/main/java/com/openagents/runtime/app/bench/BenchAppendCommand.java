package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.app.settings.DatabaseUrl;
import com.openagents.runtime.log.EventLog;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Appends through the library, beside pgbench doing the same write.
@Command(
    name = "append",
    description =
        "Durable appends through the library, of frames (idempotent, to any run) and of an"
            + " executor's events (to the run that it holds), beside pgbench doing the best"
            + " single-row form of the same write on the same server.",
    mixinStandardHelpOptions = true)
final class BenchAppendCommand implements Callable<Integer> {

  private static final int RUNS = 10_000;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--callers",
      split = ",",
      defaultValue = "1,16,64",
      description = "How many callers at a time (default: ${DEFAULT-VALUE}).")
  private List<Integer> callers = List.of();

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
      names = "--writers",
      defaultValue = "1",
      description = "Statements of the committer under way at once (default: ${DEFAULT-VALUE}).")
  private int writers;

  @Override
  public Integer call() throws Exception {
    try (Workplace workplace = Workplace.make("bench");
        BenchDatabase database = options.database(workplace);
        Library library = Library.open(database.url(), writers)) {
      Report report =
          new Report("append")
              .setting("postgres", database.version())
              .setting("windowSeconds", seconds)
              .setting("rounds", rounds)
              .setting("runs", RUNS)
              .setting("writers", writers);
      AppendComparison comparison = new AppendComparison(reference(database));
      measure(report, comparison, "frames", frames(library.log()));
      measure(report, comparison, "events", events(library.log()));
      options.print(report);
    }
    return 0;
  }

  private void measure(
      Report report, AppendComparison comparison, String writes, IntFunction<Runnable> caller)
      throws Exception {
    for (int count : callers) {
      options.progress(writes + ", " + count + " callers");
      report.row(
          comparison
              .compare(count, caller, rounds, Duration.ofSeconds(seconds))
              .put("writes", writes));
    }
  }

  private static IntFunction<Runnable> frames(EventLog log) {
    HeldRuns runs = HeldRuns.create(log, RUNS);
    return _ -> () -> runs.append(runs.all().get(ThreadLocalRandom.current().nextInt(RUNS)));
  }

  private IntFunction<Runnable> events(EventLog log) {
    int most = callers.stream().mapToInt(count -> count).max().orElse(0);
    ExecutedRuns runs = ExecutedRuns.take(log, HeldRuns.create(log, most).all());
    return number -> () -> runs.append(number);
  }

  private static Optional<Pgbench> reference(BenchDatabase database) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(Pgbench.schema(RUNS));
    }
    DatabaseUrl url = database.url();
    URI uri = URI.create(url.jdbcUrl().substring("jdbc:".length()));
    Pgbench.Target target =
        new Pgbench.Target(
            uri.getHost(), uri.getPort(), uri.getPath().substring(1), url.user(), url.password());
    String payload = "{\"frameId\":\"f-1\",\"text\":\"" + HeldRuns.TEXT + "\"}";
    return Pgbench.find(target, RUNS, payload);
  }
}
