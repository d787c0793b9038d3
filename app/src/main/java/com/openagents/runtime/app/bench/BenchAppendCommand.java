package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.embedded.EmbeddedPostgres;
import com.openagents.runtime.app.embedded.Endpoint;
import com.openagents.runtime.app.settings.DatabaseUrl;
import com.openagents.runtime.postgres.ConnectionSettings;
import com.openagents.runtime.postgres.Migrations;
import com.openagents.runtime.postgres.PostgresPools;
import com.openagents.runtime.postgres.log.Committer;
import com.openagents.runtime.postgres.log.PostgresEventLog;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Appends of frames through the library, beside pgbench doing the same write.
@Command(
    name = "append",
    description =
        "Durable idempotent appends of frames through the library, beside pgbench doing the best"
            + " single-row form of the same write on the same server.",
    mixinStandardHelpOptions = true)
final class BenchAppendCommand implements Callable<Integer> {

  private static final Duration LEASE_TTL = Duration.ofSeconds(30);
  private static final int CONNECTIONS = 8;

  @Spec private CommandSpec spec = CommandSpec.create();

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

  @Option(
      names = "--database-url",
      description =
          "A database to write to; its schemas runtime and bench are used. Default: an embedded"
              + " PostgreSQL in a temporary directory.")
  private Optional<String> database = Optional.empty();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (database.isPresent()) {
      DatabaseUrl url = DatabaseUrl.parse(database.get());
      measure(url.jdbcUrl(), url.user(), url.password(), out);
      return 0;
    }
    Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "openagents-bench");
    try (EmbeddedPostgres embedded = EmbeddedPostgres.start(folder, out::println)) {
      Endpoint at = embedded.endpoint();
      measure(at.jdbcUrl(), at.user(), at.password(), out);
    }
    return 0;
  }

  private void measure(String url, String user, String password, PrintWriter out) throws Exception {
    ConnectionSettings settings =
        new ConnectionSettings(url, user, password, LEASE_TTL, CONNECTIONS, CONNECTIONS);
    try (PostgresPools pools = PostgresPools.open(settings);
        Committer log =
            new Committer(
                new PostgresEventLog(pools.executing(), pools.serving()),
                writers,
                10_000,
                (_, _) -> {})) {
      Migrations.apply(pools.serving());
      AppendBench ours = new AppendBench(log);
      ours.prepare();
      out.printf(
          "%d processors, %s, PostgreSQL %s; windows of %d s, %d rounds, %d runs, %d writer(s)%n",
          Runtime.getRuntime().availableProcessors(),
          System.getProperty("java.vm.version"),
          serverVersion(url, user, password),
          seconds,
          rounds,
          AppendBench.RUNS,
          writers);
      new AppendComparison(ours, reference(url, user, password), out)
          .run(callers, rounds, Duration.ofSeconds(seconds));
    }
  }

  private static String serverVersion(String url, String user, String password) throws Exception {
    try (Connection connection = DriverManager.getConnection(url, user, password)) {
      return connection.getMetaData().getDatabaseProductVersion();
    }
  }

  private static Optional<Pgbench> reference(String url, String user, String password)
      throws Exception {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      statement.execute(Pgbench.schema(AppendBench.RUNS));
    }
    URI uri = URI.create(url.substring("jdbc:".length()));
    Pgbench.Target target =
        new Pgbench.Target(
            uri.getHost(), uri.getPort(), uri.getPath().substring(1), user, password);
    String payload = "{\"frameId\":\"f-1\",\"text\":\"" + AppendBench.TEXT + "\"}";
    return Pgbench.find(target, AppendBench.RUNS, payload);
  }
}
