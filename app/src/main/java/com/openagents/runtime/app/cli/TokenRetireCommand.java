package com.openagents.runtime.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Takes the key away that signs no more.
@Command(
    name = "retire",
    description = "Print the keys of a file without the last one: the last step of a rotation.",
    mixinStandardHelpOptions = true)
final class TokenRetireCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The keys, as OA_TOKEN_KEYS has them.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    try {
      spec.commandLine().getOut().println(TokenKeyFile.read(file, spec).retired());
      return ExitCode.DONE;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), file + " " + e.getMessage());
    }
  }
}
