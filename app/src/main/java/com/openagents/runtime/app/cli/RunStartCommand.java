package com.openagents.runtime.app.cli;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.identity.RunId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Starts a run.
@Command(
    name = "start",
    description = "Start a run with a first message, and print its id.",
    mixinStandardHelpOptions = true)
final class RunStartCommand implements Callable<Integer> {

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Remote remote = new Remote();

  @Option(names = "--run", description = "The run's id, a UUID; repeat it to be sure.")
  private Optional<RunId> run = Optional.empty();

  @Option(names = "--thread", description = "The thread (default: one of its own).")
  private Optional<String> thread = Optional.empty();

  @Option(names = "--agent", description = "The program (default: the service's).")
  private Optional<String> agent = Optional.empty();

  @Option(names = "--session", description = "Wait for further messages after the first turn.")
  private boolean session;

  @Parameters(paramLabel = "TEXT", description = "The first message.")
  private String text = "";

  RunStartCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    RunId runId = run.orElseGet(() -> new RunId(UUID.randomUUID()));
    Json.Builder request =
        Json.object()
            .put("runId", runId.toString())
            .put("threadId", thread.orElse("thread-" + runId))
            .put("authenticatedSession", true)
            .put("toolPolicy", openPolicy())
            .put("lifecycle", session ? "session" : "turn")
            .put("firstFrame", RunFrameCommand.message("first", text));
    agent.ifPresent(name -> request.put("agent", name));
    remote.principal(request);
    Reply reply = remote.client(environment).start(request.build());
    return remote.print(reply, runId.toString(), spec);
  }

  private static Json.Obj openPolicy() {
    return Json.object()
        .put("allow", Json.array(List.of()))
        .put("deny", Json.array(List.of()))
        .put("guestMode", false)
        .build();
  }
}
