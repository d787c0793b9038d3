package com.openagents.runtime.app.cli;

import com.openagents.runtime.app.bench.BenchCommand;
import com.openagents.runtime.app.drill.DrillCommand;
import com.openagents.runtime.app.embedded.DirectoryInUseException;
import com.openagents.runtime.app.embedded.EmbeddedPostgresException;
import com.openagents.runtime.app.hostile.DrillHostileCommand;
import com.openagents.runtime.app.settings.SettingsRefused;
import com.openagents.runtime.app.wiring.Parts;
import com.openagents.runtime.http.client.RuntimeUnreachable;
import com.openagents.runtime.http.edge.ListenRefused;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.postgres.UnfitStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;

/// Every command there is.
public final class Commands {
  private Commands() {}

  /// Runs a command line and returns its exit status.
  public static int execute(Map<String, String> variables, String... arguments) {
    return execute(variables, Parts.usual(), arguments);
  }

  /// Runs a command line, with parts of the caller's in the service that `serve` or `demo` starts.
  public static int execute(Map<String, String> variables, Parts parts, String... arguments) {
    return commandLine(new Environment(variables, parts), arguments).execute(arguments);
  }

  /// Makes the command that is called alone. Help, completion and names that were mistyped need
  /// all.
  static CommandLine commandLine(Environment environment, String... arguments) {
    Map<String, Supplier<Object>> all = all(environment);
    Supplier<Object> called = arguments.length == 0 ? null : all.get(arguments[0]);
    CommandLine commands = new CommandLine(new RootCommand());
    if (called == null) {
      all.forEach((name, make) -> commands.addSubcommand(name, make.get()));
      commands.addSubcommand(new GenerateCompletion());
    } else {
      commands.addSubcommand(arguments[0], called.get());
    }
    return Arguments.readBy(
        commands.setExecutionExceptionHandler((failure, command, _) -> answer(failure, command)));
  }

  private static Map<String, Supplier<Object>> all(Environment environment) {
    Map<String, Supplier<Object>> all = new LinkedHashMap<>();
    all.put("serve", () -> new ServeCommand(environment));
    all.put("demo", () -> new DemoCommand(environment));
    all.put("migrate", () -> new MigrateCommand(environment));
    all.put("rebuild", () -> new RebuildCommand(environment));
    all.put("doctor", () -> new DoctorCommand(environment));
    all.put("settings", SettingsCommand::new);
    all.put("run", () -> runCommands(environment));
    all.put("token", () -> tokenCommands(environment));
    all.put("projection", () -> projectionCommands(environment));
    all.put("gates", () -> new GatesCommand(environment));
    all.put("bench", BenchCommand::new);
    all.put(
        "drill",
        () -> new CommandLine(new DrillCommand()).addSubcommand(new DrillHostileCommand()));
    return all;
  }

  private static CommandLine runCommands(Environment environment) {
    return new CommandLine(new RunCommand())
        .addSubcommand(new RunStartCommand(environment))
        .addSubcommand(new RunFrameCommand(environment))
        .addSubcommand(new RunTailCommand(environment))
        .addSubcommand(new RunCancelCommand(environment))
        .addSubcommand(new RunForkCommand(environment))
        .addSubcommand(new RunShowCommand(environment))
        .addSubcommand(new RunExportCommand(environment))
        .addSubcommand(new RunVerifyCommand());
  }

  private static CommandLine tokenCommands(Environment environment) {
    return new CommandLine(new TokenCommand())
        .addSubcommand(new TokenKeyCommand())
        .addSubcommand(new TokenRotateCommand())
        .addSubcommand(new TokenRetireCommand())
        .addSubcommand(new TokenRevokeCommand(environment))
        .addSubcommand(new TokenLiftCommand(environment))
        .addSubcommand(new TokenRevocationsCommand(environment));
  }

  private static CommandLine projectionCommands(Environment environment) {
    return new CommandLine(new ProjectionCommand(environment))
        .addSubcommand(new ProjectionRebuildCommand(environment))
        .addSubcommand(new ProjectionAuditCommand(environment));
  }

  /// A failure that has to be expected is told by its message; any other with its trace.
  private static int answer(Exception failure, CommandLine command) throws Exception {
    command.getErr().println(message(failure));
    return failure instanceof SettingsRefused ? ExitCode.SETTINGS : ExitCode.FAILED;
  }

  private static String message(Exception failure) throws Exception {
    return switch (failure) {
      case SettingsRefused refused -> String.valueOf(refused.getMessage());
      case EmbeddedPostgresException unprovided -> String.valueOf(unprovided.getMessage());
      case DirectoryInUseException inUse -> String.valueOf(inUse.getMessage());
      case UnfitStore unfit -> String.valueOf(unfit.getMessage());
      case StoreUnavailable unavailable -> withCause(unavailable);
      case SQLException refused -> "the database does not answer: " + refused.getMessage();
      case RuntimeUnreachable silent ->
          silent.getMessage() + "; `serve` starts one here, --url names one elsewhere";
      case ListenRefused taken ->
          taken.getMessage()
              + "; end what listens there, or choose another OA_HTTP_PORT or OA_PUBLIC_HTTP_PORT";
      case NoSuchFileException missing -> "there is no file " + missing.getMessage();
      case AccessDeniedException closed -> "no permission for " + closed.getMessage();
      case FileSystemException unfit -> String.valueOf(unfit.getMessage());
      case IOException unreadable -> unreadable.toString();
      case UncheckedIOException unusable -> withCause(unusable);
      default -> throw failure;
    };
  }

  private static String withCause(RuntimeException failure) {
    Throwable cause = failure.getCause();
    return failure.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
  }
}
