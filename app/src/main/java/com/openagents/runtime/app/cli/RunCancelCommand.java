package com.openagents.runtime.app.cli;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.identity.RunId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Asks a run to stop.
@Command(name = "cancel", description = "Ask a run to stop.", mixinStandardHelpOptions = true)
final class RunCancelCommand implements Callable<Integer> {

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Remote remote = new Remote();

  @Option(names = "--reason", description = "Why; kept in the log.")
  private Optional<String> reason = Optional.empty();

  @Parameters(paramLabel = "RUN", description = "The run's id.")
  private RunId run = Arguments.NO_RUN;

  RunCancelCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Reply reply = remote.client(environment).cancel(run, reason.orElse(null));
    return remote.print(reply, told(reply), spec);
  }

  /// A request that changed nothing came to a run that had ended, or was asked to stop before.
  private static String told(Reply reply) {
    if (!Json.TRUE.equals(reply.body().get("idempotentReplay"))
        || !(reply.body().get("status") instanceof Json.Str(String status))) {
      return "cancel requested";
    }
    return status.equals("canceling")
        ? "a cancel was requested before"
        : "nothing to cancel: the run had ended as " + status;
  }
}
