package com.openagents.runtime.app.cli;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Takes tokens back.
@Command(
    name = "revoke",
    description =
        "Revoke one token, or every token of a subject, which then gets no others. Convex cannot"
            + " ask: there a token is good until it expires.",
    mixinStandardHelpOptions = true)
final class TokenRevokeCommand implements Callable<Integer> {

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Remote remote = new Remote();
  @Mixin private Revocable revocable = new Revocable();

  @Option(
      names = "--for",
      paramLabel = "SECONDS",
      description = "How long, from 900 (the default) to 31536000.")
  private Optional<Long> seconds = Optional.empty();

  TokenRevokeCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Json.Obj request = revocable.request(spec).put("forSeconds", seconds.orElse(null)).build();
    Reply reply = remote.operator(environment).post("/internal/v1/token-revocations", request);
    return remote.print(reply, told(reply), spec);
  }

  private static String told(Reply reply) {
    return reply.body().get("until") instanceof Json.Str(String until)
        ? "revoked until " + until
        : "revoked";
  }
}
