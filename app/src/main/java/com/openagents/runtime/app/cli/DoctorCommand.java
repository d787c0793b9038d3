package com.openagents.runtime.app.cli;

import com.openagents.runtime.app.doctor.Doctor;
import com.openagents.runtime.app.doctor.Finding;
import com.openagents.runtime.app.doctor.Finding.Verdict;
import com.openagents.runtime.app.logging.Unprintable;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Looks at this machine.
@Command(
    name = "doctor",
    description = "Look at this machine and say whether the service can run; changes nothing.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  DoctorCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    List<Finding> findings = Doctor.examine(environment.variables());
    boolean well = findings.stream().noneMatch(finding -> finding.verdict() == Verdict.FAILURE);
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(Unprintable.escaped(CanonicalJson.write(asJson(findings, well))));
    } else {
      for (Finding finding : findings) {
        String text = Unprintable.escaped(finding.text());
        out.printf("%-8s %-20s %s%n", word(finding.verdict()), finding.subject(), text);
      }
    }
    return well ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static Json asJson(List<Finding> findings, boolean well) {
    return Json.object()
        .put("version", Version.text())
        .put("well", well)
        .put(
            "findings",
            Json.array(
                findings.stream()
                    .map(finding ->
                        Json.object()
                            .put("verdict", word(finding.verdict()))
                            .put("subject", finding.subject())
                            .put("text", finding.text())
                            .build())
                    .toList()))
        .build();
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }
}
