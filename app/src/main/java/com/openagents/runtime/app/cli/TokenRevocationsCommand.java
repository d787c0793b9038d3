package com.openagents.runtime.app.cli;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Lists what is revoked.
@Command(
    name = "revocations",
    description = "List what is revoked now, the longest first.",
    mixinStandardHelpOptions = true)
final class TokenRevocationsCommand implements Callable<Integer> {

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Remote remote = new Remote();

  TokenRevocationsCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Reply reply = remote.operator(environment).get("/internal/v1/token-revocations?limit=200");
    return remote.print(reply, lines(reply), spec);
  }

  private static String lines(Reply reply) {
    List<Json> items =
        reply.body().get("revocations") instanceof Json.Arr(var some) ? some : List.of();
    return items.isEmpty()
        ? "nothing is revoked"
        : items.stream().map(TokenRevocationsCommand::line).collect(Collectors.joining("\n"));
  }

  private static String line(Json item) {
    Json.Obj fields = item instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    return "%s %s until %s"
        .formatted(text(fields.get("kind")), text(fields.get("name")), text(fields.get("until")));
  }

  private static String text(@Nullable Json value) {
    return value instanceof Json.Str(String text) ? text : "";
  }
}
