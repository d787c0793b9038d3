package com.openagents.runtime.app.cli;

import com.openagents.runtime.canon.Json;
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

/// Sends a message to a run.
@Command(name = "frame", description = "Send a message to a run.", mixinStandardHelpOptions = true)
final class RunFrameCommand implements Callable<Integer> {

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Remote remote = new Remote();

  @Option(names = "--frame", description = "The frame's id; repeat it to be sure.")
  private Optional<String> frame = Optional.empty();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
  private RunId run = Arguments.NO_RUN;

  @Parameters(index = "1", paramLabel = "TEXT", description = "What to say.")
  private String text = "";

  RunFrameCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    String frameId = frame.orElseGet(() -> UUID.randomUUID().toString());
    Reply reply = remote.client(environment).send(run, message(frameId, text));
    return remote.print(reply, "taken as " + frameId, spec);
  }

  static Json.Obj message(String frameId, String text) {
    return Json.object()
        .put("frameId", frameId)
        .put("type", "user_message")
        .put("payload", Json.object().put("text", text).build())
        .build();
  }
}
