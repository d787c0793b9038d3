package com.openagents.runtime.app.cli;

import com.openagents.runtime.canon.Json;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The options that name tokens to take back.
final class Revocable {

  @Option(names = "--subject", description = "Whose tokens: user:<id> or guest:<scope>.")
  private Optional<String> subject = Optional.empty();

  @Option(names = "--id", description = "Or one token, by its jti.")
  private Optional<String> id = Optional.empty();

  @Option(names = "--reason", description = "Why; kept in the audit.")
  private Optional<String> reason = Optional.empty();

  /// Begins the body of a request.
  ///
  /// @throws ParameterException when not exactly one of the two is given
  Json.Builder request(CommandSpec spec) {
    if (subject.isPresent() == id.isPresent()) {
      throw new ParameterException(spec.commandLine(), "give either --subject or --id");
    }
    return Json.object()
        .put("kind", subject.isPresent() ? "subject" : "token")
        .put("name", subject.or(() -> id).orElseThrow())
        .put("reason", reason.orElse(null));
  }
}
