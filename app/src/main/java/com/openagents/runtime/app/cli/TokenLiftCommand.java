package com.openagents.runtime.app.cli;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Ends a revocation early.
@Command(
    name = "lift",
    description = "End a revocation early. Tokens that have not expired are good again.",
    mixinStandardHelpOptions = true)
final class TokenLiftCommand implements Callable<Integer> {

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Remote remote = new Remote();
  @Mixin private Revocable revocable = new Revocable();

  TokenLiftCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Reply reply =
        remote
            .operator(environment)
            .post("/internal/v1/token-revocations/lift", revocable.request(spec).build());
    boolean lifted = Json.TRUE.equals(reply.body().get("lifted"));
    return remote.print(reply, lifted ? "lifted" : "nothing to lift", spec);
  }
}
