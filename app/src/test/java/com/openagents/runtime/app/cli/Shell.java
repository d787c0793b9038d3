package com.openagents.runtime.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/// Runs command lines in this process.
public final class Shell {
  private Shell() {}

  /// @param output standard output
  /// @param errors standard error
  public record Result(int status, String output, String errors) {}

  public static Result run(Map<String, String> variables, String... arguments) {
    var output = new StringWriter();
    var errors = new StringWriter();
    int status =
        Commands.commandLine(new Environment(variables), arguments)
            .setOut(new PrintWriter(output, true))
            .setErr(new PrintWriter(errors, true))
            .execute(arguments);
    return new Result(status, output.toString(), errors.toString());
  }
}
