package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Workplace;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What every benchmark has: where to write, and how to tell what it found.
///
/// Progress goes to standard error, the report to standard output.
public final class BenchOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  @Option(
      names = "--database-url",
      description =
          "A database to write to; its schemas runtime and bench are used. Default: an embedded"
              + " PostgreSQL in a temporary directory.")
  private Optional<String> database = Optional.empty();

  public BenchDatabase database(Workplace workplace) {
    return BenchDatabase.open(database, workplace.folder("database"), this::progress).migrated();
  }

  /// One more beside it.
  ///
  /// @param own empty for an embedded one
  public BenchDatabase another(Optional<String> own, Workplace workplace) {
    return BenchDatabase.open(own, workplace.folder("another"), this::progress).migrated();
  }

  /// Tells a person who waits how far it is.
  public void progress(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  public void print(Report report) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? report.json() : report.text());
    out.flush();
  }
}
