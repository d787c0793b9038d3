package com.openagents.runtime.app.cli;

import com.openagents.runtime.app.settings.SettingsDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Lists what may be set.
@Command(
    name = "settings",
    description = "List every setting with its default and meaning.",
    mixinStandardHelpOptions = true)
final class SettingsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--markdown", description = "Print the page of the documentation.")
  private boolean markdown;

  @Override
  public void run() {
    var out = spec.commandLine().getOut();
    out.print(markdown ? SettingsDocument.markdown() : SettingsDocument.text());
    out.flush();
  }
}
