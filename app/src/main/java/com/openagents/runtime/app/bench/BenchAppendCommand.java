package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.app.settings.DatabaseUrl;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Appends of frames through the library, beside pgbench doing the same write.
@Command(
    name = "append",
    description =
        "Durable idempotent appends of frames through the library, beside pgbench doing the best"
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
      AppendComparison comparison =
          new AppendComparison(HeldRuns.create(library.log(), RUNS), reference(database));
      for (int count : callers) {
        options.progress(count + " callers");
        report.row(comparison.compare(count, rounds, Duration.ofSeconds(seconds)));
      }
      options.print(report);
    }
    return 0;
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
