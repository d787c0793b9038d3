package com.openagents.runtime.app.cli;

import com.openagents.runtime.app.doctor.Finding;
import com.openagents.runtime.app.doctor.Finding.Verdict;
import com.openagents.runtime.app.gates.Gates;
import com.openagents.runtime.app.logging.Unprintable;
import com.openagents.runtime.app.settings.ProjectionCatalog;
import com.openagents.runtime.identity.RunId;
import java.net.URI;
import java.time.Duration;
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

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Remote remote = new Remote();

  @Option(
      names = "--clients-url",
      description = "Where clients are served (default: where the service listens).")
  private Optional<URI> clients = Optional.empty();

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
            PATIENCE);
    List<Finding> findings = gates.go();
    for (Finding finding : findings) {
      spec.commandLine()
          .getOut()
          .printf(
              "%-8s %-16s %s%n",
              finding.verdict().name().toLowerCase(Locale.ROOT),
              finding.subject(),
              Unprintable.escaped(finding.text()));
    }
    return findings.stream().anyMatch(f -> f.verdict() == Verdict.FAILURE)
        ? ExitCode.FAILED
        : ExitCode.DONE;
  }
}
