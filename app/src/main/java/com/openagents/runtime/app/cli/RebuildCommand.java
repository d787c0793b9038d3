package com.openagents.runtime.app.cli;

import com.openagents.runtime.app.database.Database;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.postgres.Migrations;
import com.openagents.runtime.postgres.log.Rebuild;
import com.openagents.runtime.postgres.log.Rebuild.Left;
import com.openagents.runtime.postgres.log.Rebuild.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Computes the rows beside the logs anew.
@Command(
    name = "rebuild",
    description =
        "Compute the rows of runs, frames and threads anew from the logs. Stop every node first;"
            + " it waits up to 75 seconds until none is seen.",
    mixinStandardHelpOptions = true)
final class RebuildCommand implements Callable<Integer> {

  private static final int TOLD_EVERY = 1_000;

  /// Longer than the minute after which a node that was killed is no longer taken for alive.
  private static final Duration SILENT_WITHIN = Duration.ofSeconds(75);

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--after",
      paramLabel = "RUN",
      description = "Begin behind this run, where a rebuild was stopped.")
  private Optional<RunId> after = Optional.empty();

  @Option(
      names = "--while-nodes-run",
      description =
          "Rebuild although nodes are alive. Executors lose their runs, and a run whose row is"
              + " missing does not exist for its callers until its turn comes.")
  private boolean whileNodesRun;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  private long looked;
  private long rebuilt;

  RebuildCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    var settings = environment.settings();
    PrintWriter errors = spec.commandLine().getErr();
    try (var database = Database.open(settings, errors::println);
        var connections = Database.connections(database.url())) {
      if (Migrations.pending(connections) > 0) {
        errors.println("the database's schema is not up to date; run openagents-runtime migrate");
        return ExitCode.FAILED;
      }
      Rebuild rebuild = new Rebuild(connections);
      Silence silence = new Silence(rebuild::nodesAlive, errors::println);
      return whileNodesRun || silence.comesWithin(SILENT_WITHIN)
          ? told(rebuild.run(after.orElse(null), this::tell))
          : ExitCode.FAILED;
    }
  }

  private void tell(Progress progress) {
    rebuilt = progress.rebuilt();
    if (++looked % TOLD_EVERY == 0) {
      spec.commandLine().getErr().println(looked + " runs, the last is " + progress.last());
    }
  }

  private int told(List<Left> left) {
    PrintWriter out = spec.commandLine().getOut();
    left.forEach(run ->
        spec.commandLine().getErr().println("left %s: %s".formatted(run.runId(), run.why())));
    out.println(
        json
            ? CanonicalJson.write(
                Json.object().put("rebuilt", rebuilt).put("left", left.size()).build())
            : "rebuilt %d runs, left %d".formatted(rebuilt, left.size()));
    return left.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
