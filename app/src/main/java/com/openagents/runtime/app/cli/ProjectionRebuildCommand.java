package com.openagents.runtime.app.cli;

import static com.openagents.runtime.app.cli.ProjectionCommand.ROOT;
import static com.openagents.runtime.app.cli.ProjectionCommand.objects;
import static com.openagents.runtime.app.cli.ProjectionCommand.text;

import com.openagents.runtime.app.logging.Unprintable;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.identity.RunId;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Tells documents again from the log, or compares them with it, and shows how far that has come.
@Command(
    name = "rebuild",
    description =
        "Tell documents again from the log, and print their digests before and after. The node that"
            + " writes the projections does it; the command only waits.",
    mixinStandardHelpOptions = true)
final class ProjectionRebuildCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofMillis(500);

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Remote remote = new Remote();

  @Option(names = "--run", paramLabel = "RUN", description = "Only the documents of this run.")
  private Optional<RunId> run = Optional.empty();

  @Option(
      names = "--thread",
      paramLabel = "THREAD",
      description = "Only a thread and the runs in it.")
  private Optional<String> thread = Optional.empty();

  @Option(
      names = "--projection",
      paramLabel = "NAME",
      description = "Only this projection; projection status names them.")
  private Optional<String> projection = Optional.empty();

  @Option(
      names = "--compare-only",
      description =
          "Write nothing; tell what is kept otherwise than the log has it. The status is 1 when"
              + " anything is. Sinks are not looked at: projection audit does that.")
  private boolean compareOnly;

  @Option(names = "--reason", description = "Why; kept in the audit.")
  private Optional<String> reason = Optional.empty();

  @Option(names = "--no-wait", description = "Ask for it and return.")
  private boolean noWait;

  ProjectionRebuildCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    RuntimeClient client = remote.operator(environment);
    Reply asked =
        client.post(
            ROOT + "/rebuilds",
            Json.object()
                .put("runId", run.map(RunId::toString).orElse(null))
                .put("threadId", thread.orElse(null))
                .put("projection", projection.orElse(null))
                .put("compareOnly", compareOnly)
                .put("reason", reason.orElse(null))
                .build());
    if (!asked.successful() || noWait) {
      return remote.print(asked, ProjectionCommand.rebuild(asked.body()), spec);
    }
    Reply ended = awaited(client, asked);
    int status = remote.print(ended, told(ended), spec);
    return status == ExitCode.DONE && compareOnly && differs(ended) ? ExitCode.FAILED : status;
  }

  private Reply awaited(RuntimeClient client, Reply asked) {
    PrintWriter err = spec.commandLine().getErr();
    String last = "";
    Reply now = asked;
    while (now.successful() && !List.of("done", "canceled").contains(phase(now))) {
      String line = ProjectionCommand.rebuild(now.body());
      if (!line.equals(last)) {
        err.println(line);
        last = line;
      }
      LockSupport.parkNanos(LOOK.toNanos());
      now = client.get(ROOT + "/rebuilds/" + text(asked.body(), "number"));
    }
    return now;
  }

  private static Json.Obj progress(Reply reply) {
    return reply.body().get("progress") instanceof Json.Obj object ? object : Json.Obj.EMPTY;
  }

  private static String phase(Reply reply) {
    return text(progress(reply), "phase");
  }

  private static boolean differs(Reply reply) {
    return !text(progress(reply), "differing").equals("0");
  }

  private static String told(Reply reply) {
    StringBuilder lines = new StringBuilder(ProjectionCommand.rebuild(reply.body()));
    for (Json.Obj proof : objects(progress(reply), "proof")) {
      lines.append(
          "%n%-6s %s: %s documents, %s"
              .formatted(
                  text(proof, "moment"),
                  text(proof, "projection"),
                  text(proof, "count"),
                  text(proof, "digest")));
    }
    if (progress(reply).get("evidence") instanceof Json.Arr(List<Json> evidence)) {
      for (Json line : evidence) {
        if (line instanceof Json.Str(String text)) {
          lines.append(System.lineSeparator()).append(Unprintable.escaped(text));
        }
      }
    }
    return lines.toString();
  }
}
