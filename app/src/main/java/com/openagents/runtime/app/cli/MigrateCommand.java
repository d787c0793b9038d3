package com.openagents.runtime.app.cli;

import com.openagents.runtime.app.database.Database;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.postgres.Migrations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Brings the database's schema up to date.
@Command(
    name = "migrate",
    description =
        "Bring the database's schema up to date. Safe while older nodes run; nodes take turns.",
    mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {
  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  MigrateCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    var settings = environment.settings();
    var terminal = spec.commandLine();
    try (var database = Database.open(settings, terminal.getErr()::println);
        var connections = Database.connections(database.url())) {
      int applied = Migrations.apply(connections);
      terminal
          .getOut()
          .println(
              json
                  ? CanonicalJson.write(Json.object().put("applied", applied).build())
                  : applied == 0
                      ? "the schema is up to date"
                      : "applied " + applied + " migrations");
    }
    return ExitCode.DONE;
  }
}
