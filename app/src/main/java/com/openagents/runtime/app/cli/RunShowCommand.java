package com.openagents.runtime.app.cli;

import com.openagents.runtime.app.logging.Unprintable;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.identity.RunId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows where a run is, and why.
@Command(
    name = "show",
    description = "Show where a run is, and why.",
    mixinStandardHelpOptions = true)
final class RunShowCommand implements Callable<Integer> {

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Remote remote = new Remote();

  @Parameters(paramLabel = "RUN", description = "The run's id.")
  private RunId run = Arguments.NO_RUN;

  RunShowCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    RuntimeClient client = remote.client(environment);
    Reply head = client.run(run);
    if (remote.json() || !head.successful()) {
      return remote.print(head, "", spec);
    }
    Reply diagnosis = client.get("/internal/v1/runs/" + run + "/diagnosis");
    return remote.print(
        diagnosis,
        "%s at event %s%n%s%n%s"
            .formatted(
                text(head, "status"),
                text(head, "lastSeq"),
                text(diagnosis, "explanation"),
                text(diagnosis, "nextAction")),
        spec);
  }

  private static String text(Reply reply, String field) {
    return switch (reply.body().get(field)) {
      case Json.Str(String text) -> Unprintable.escaped(text);
      case Json.Num(double number) -> Long.toString((long) number);
      case null, default -> "";
    };
  }
}
