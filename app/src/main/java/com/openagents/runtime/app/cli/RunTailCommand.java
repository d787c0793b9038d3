package com.openagents.runtime.app.cli;

import com.openagents.runtime.app.logging.Unprintable;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RunStream;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.identity.RunId;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Follows a run to its end.
@Command(
    name = "tail",
    description =
        "Follow a run from its log to its end, one JSON object a line, over as many connections as"
            + " it takes.",
    mixinStandardHelpOptions = true)
final class RunTailCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Remote remote = new Remote();

  @Option(names = "--after", description = "Begin behind this event.")
  private Optional<Long> after = Optional.empty();

  @Option(
      names = "--format",
      defaultValue = "events",
      description = "events, ai-sdk or ag-ui (default: ${DEFAULT-VALUE}).")
  private String format = "";

  @Parameters(paramLabel = "RUN", description = "The run's id.")
  private RunId run = Arguments.NO_RUN;

  RunTailCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    RuntimeClient client = remote.client(environment);
    requireAnswer(client);
    RunStream stream =
        new RunStream(client, run, format, pause -> LockSupport.parkNanos(pause.toNanos()));
    RunStream begun = after.map(stream::after).orElse(stream);
    Optional<Reply> refused =
        begun.follow(
            PATIENCE,
            block -> {
              out.println(Unprintable.escaped(String.valueOf(block.data())));
              out.flush();
            });
    return refused.map(reply -> remote.print(reply, "", spec)).orElse(ExitCode.DONE);
  }

  /// A runtime that goes away is waited for; one that was never there is told at once.
  private static void requireAnswer(RuntimeClient client) {
    client.get("/health/live");
  }
}
