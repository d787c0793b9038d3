package com.openagents.runtime.app.cli;

import com.openagents.runtime.app.bench.BenchCommand;
import com.openagents.runtime.app.drill.DrillCommand;
import com.openagents.runtime.app.embedded.DirectoryInUseException;
import com.openagents.runtime.app.embedded.EmbeddedPostgresException;
import com.openagents.runtime.app.hostile.DrillHostileCommand;
import com.openagents.runtime.app.settings.SettingsRefused;
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
import java.util.Map;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;

/// Every command there is.
public final class Commands {
  private Commands() {}

  /// Runs a command line and returns its exit status.
  public static int execute(Map<String, String> variables, String... arguments) {
    return commandLine(new Environment(variables)).execute(arguments);
  }

  static CommandLine commandLine(Environment environment) {
    CommandLine commands =
        new CommandLine(new RootCommand())
            .addSubcommand(new ServeCommand(environment))
            .addSubcommand(new DemoCommand(environment))
            .addSubcommand(new MigrateCommand(environment))
            .addSubcommand(new RebuildCommand(environment))
            .addSubcommand(new DoctorCommand(environment))
            .addSubcommand(new SettingsCommand())
            .addSubcommand(runCommands(environment))
            .addSubcommand(tokenCommands(environment))
            .addSubcommand(projectionCommands(environment))
            .addSubcommand(new GatesCommand(environment))
            .addSubcommand(new BenchCommand())
            .addSubcommand(
                new CommandLine(new DrillCommand()).addSubcommand(new DrillHostileCommand()))
            .addSubcommand(new GenerateCompletion())
            .setExecutionExceptionHandler((failure, command, _) -> answer(failure, command));
    return Arguments.readBy(commands);
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
