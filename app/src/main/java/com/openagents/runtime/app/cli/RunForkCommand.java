package com.openagents.runtime.app.cli;

import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.identity.RunId;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Begins a run with a copy of the beginning of another.
@Command(
    name = "fork",
    description =
        "Begin a run with a copy of the beginning of another, and print its id. It waits for its"
            + " first message; nothing that was under way goes on in it.",
    mixinStandardHelpOptions = true)
final class RunForkCommand implements Callable<Integer> {

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Remote remote = new Remote();

  @Option(
      names = "--at",
      required = true,
      paramLabel = "SEQ",
      description =
          "The last sequence to copy; run tail --format events shows the sequences. Of a run that"
              + " has ended, its end is never copied.")
  private long at;

  @Option(
      names = "--as",
      description = "The fork's id, a UUID. The same id again forks nothing twice.")
  private Optional<RunId> fork = Optional.empty();

  @Parameters(paramLabel = "RUN", description = "The run's id.")
  private RunId run = Arguments.NO_RUN;

  RunForkCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    RunId runId = fork.orElseGet(() -> new RunId(UUID.randomUUID()));
    Reply reply = remote.client(environment).fork(run, at, runId);
    return remote.print(reply, runId.toString(), spec);
  }
}
