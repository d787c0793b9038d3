package com.openagents.runtime.app.embedded;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/// Runs PostgreSQL's own programs under the right account, with a clean environment.
record Programs(Installation installation, Account account, ServerLog log) {
  private static final File NOTHING = new File("/dev/null");

  /// Whether a program can be started with these words before its command line.
  static boolean works(List<String> prefix) {
    var command = new ArrayList<>(prefix);
    command.add("true");
    try {
      return new ProcessBuilder(command)
              .redirectInput(NOTHING)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Starts a program and leaves it running; what it prints goes to the log.
  Process start(String program, List<String> arguments) throws IOException {
    return builder(program, arguments).redirectInput(NOTHING).start();
  }

  /// Runs a program to its end.
  ///
  /// @throws EmbeddedPostgresException with its last words when it does not end with status 0
  void run(String program, List<String> arguments, String input) throws IOException {
    long mark = log.length();
    var process = builder(program, arguments).start();
    try (var stdin = process.outputWriter()) {
      stdin.write(input);
    } catch (IOException _) {
      // It ended without reading everything; its status tells.
    }
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new EmbeddedPostgresException(
            "%s ended with status %d: %s".formatted(program, status, log.since(mark)));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("interrupted while " + program + " ran", e);
    }
  }

  private ProcessBuilder builder(String program, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(installation.program(program));
    command.addAll(arguments);
    var builder = new ProcessBuilder(account.command(command));
    // A directory that every account may be in; PG… variables of the caller are not meant for this
    // server.
    builder.directory(new File("/"));
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    return builder.redirectErrorStream(true).redirectOutput(log.appending());
  }
}
