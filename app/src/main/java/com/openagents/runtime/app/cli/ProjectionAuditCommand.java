package com.openagents.runtime.app.cli;

import static com.openagents.runtime.app.cli.ProjectionCommand.ROOT;
import static com.openagents.runtime.app.cli.ProjectionCommand.counts;
import static com.openagents.runtime.app.cli.ProjectionCommand.text;

import com.openagents.runtime.app.logging.Unprintable;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RuntimeClient;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Compares the log, documents and what sinks show.
@Command(
    name = "audit",
    description =
        "Compare the log, the documents beside it and what sinks show. The status is 1 when"
            + " anything differs but for what is on its way.",
    mixinStandardHelpOptions = true)
final class ProjectionAuditCommand implements Callable<Integer> {

  private static final int WALK = 200;

  /// A call looks at so much and no more, but for a run or a thread that is very long.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Remote remote = new Remote();

  @Option(
      names = "--newest",
      paramLabel = "N",
      description = "Only the newest N runs, at most 200 (default: all of them, in pages).")
  private Optional<Integer> newest = Optional.empty();

  ProjectionAuditCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    RuntimeClient client = remote.operator(environment).waiting(PATIENCE);
    String after = "";
    boolean clean = true;
    do {
      Reply report = client.post(ROOT + "/audits", request(after));
      if (!report.successful()) {
        return remote.print(report, "", spec);
      }
      print(report.body());
      clean &= Json.TRUE.equals(report.body().get("clean"));
      after = text(report.body(), "next");
      if (!after.isEmpty()) {
        spec.commandLine().getErr().println("going on behind " + Unprintable.escaped(after));
      }
    } while (!after.isEmpty());
    return clean ? ExitCode.DONE : ExitCode.FAILED;
  }

  private Json.Obj request(String after) {
    return newest
        .map(count -> Json.object().put("newest", count).build())
        .orElseGet(() ->
            Json.object().put("after", after.isEmpty() ? null : after).put("count", WALK).build());
  }

  private void print(Json.Obj report) {
    PrintWriter out = spec.commandLine().getOut();
    if (remote.json()) {
      out.println(Unprintable.escaped(CanonicalJson.write(report)));
      return;
    }
    out.println("compared " + counts(report.get("compared")));
    out.println(
        Json.TRUE.equals(report.get("clean"))
            ? "nothing differs; 95 of 100 are behind by at most %s events"
                .formatted(text(report, "lagP95"))
            : "found " + counts(report.get("found")));
    if (report.get("evidence") instanceof Json.Arr(List<Json> evidence)) {
      for (Json line : evidence) {
        if (line instanceof Json.Str(String text)) {
          out.println("  " + Unprintable.escaped(text));
        }
      }
    }
  }
}
