package com.openagents.runtime.app.cli;

import com.openagents.runtime.app.doctor.Finding;
import com.openagents.runtime.app.doctor.Finding.Verdict;
import com.openagents.runtime.app.gates.Gates;
import com.openagents.runtime.app.logging.Unprintable;
import com.openagents.runtime.app.settings.ProjectionCatalog;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Verifies the read side of a running service.
@Command(
    name = "gates",
    description =
        "Verify the read side of a running service with a run of its own: the deployment at"
            + " OA_CONVEX_URL, documents, and what clients see. Prints the evidence; the status is"
            + " 1 when a gate does not hold.",
    mixinStandardHelpOptions = true)
final class GatesCommand implements Callable<Integer> {

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Remote remote = new Remote();

  @Option(
      names = "--clients-url",
      description = "Where clients are served (default: where the service listens).")
  private Optional<URI> clients = Optional.empty();

  @Option(
      names = "--wait",
      defaultValue = "60s",
      description =
          "How long the run may take to end, and to be shown: 90s, 2m (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ZERO;

  GatesCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Gates gates =
        new Gates(
            new Gates.Callers(
                remote.operator(environment),
                user -> remote.asUser(environment, user, remote.base(environment)),
                user ->
                    remote.asUser(
                        environment, user, clients.orElseGet(() -> remote.base(environment)))),
            environment.settings().find(ProjectionCatalog.CONVEX_URL).orElse(null),
            new RunId(UUID.randomUUID()),
            patience);
    List<Finding> findings = gates.go();
    boolean hold = findings.stream().noneMatch(f -> f.verdict() == Verdict.FAILURE);
    PrintWriter out = spec.commandLine().getOut();
    if (remote.json()) {
      out.println(Unprintable.escaped(CanonicalJson.write(asJson(findings, hold))));
    } else {
      for (Finding finding : findings) {
        String text = Unprintable.escaped(finding.text());
        out.printf("%-8s %-16s %s%n", word(finding.verdict()), finding.subject(), text);
      }
    }
    return hold ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static Json asJson(List<Finding> findings, boolean hold) {
    List<Json> gates = new ArrayList<>();
    for (Finding finding : findings) {
      gates.add(
          Json.object()
              .put("verdict", word(finding.verdict()))
              .put("gate", finding.subject())
              .put("evidence", finding.text())
              .build());
    }
    return Json.object().put("hold", hold).put("gates", Json.array(gates)).build();
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }
}
