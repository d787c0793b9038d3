package com.openagents.runtime.app.cli;

import com.openagents.runtime.http.token.TokenKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Makes a key of tokens.
@Command(
    name = "key",
    description = "Make a key and print it as a JWK set, the value of OA_TOKEN_KEYS. It is secret.",
    mixinStandardHelpOptions = true)
final class TokenKeyCommand implements Callable<Integer> {

  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--id", description = "The key's id (default: the time).")
  private Optional<String> id = Optional.empty();

  @Option(names = "--rs256", description = "For RS256, where somebody cannot verify ES256.")
  private boolean rsa;

  @Option(
      names = "--behind",
      paramLabel = "FILE",
      description =
          "Print the keys of this file too, before the new one: the first step of a rotation.")
  private Optional<Path> behind = Optional.empty();

  @Override
  public Integer call() throws IOException {
    String keyId = id.orElseGet(() -> ID.format(InstantSource.system().instant()));
    try {
      spec.commandLine()
          .getOut()
          .println(
              behind.isPresent()
                  ? TokenKeyFile.read(behind.get(), spec).with(keyId, rsa)
                  : TokenKeys.generate(keyId, rsa));
      return ExitCode.DONE;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }
}
