package com.openagents.runtime.app.cli;

import com.openagents.runtime.http.token.TokenKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// A file with the keys of tokens.
final class TokenKeyFile {

  private TokenKeyFile() {}

  /// @throws ParameterException when there are no such keys in it; it shows none of them
  static TokenKeys read(Path file, CommandSpec spec) throws IOException {
    try {
      return TokenKeys.parse(Files.readString(file).strip());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), file + " " + e.getMessage());
    }
  }
}
