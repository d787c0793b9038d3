package com.openagents.runtime.app.cli;

import picocli.CommandLine.Command;

/// `openagents-runtime` itself.
@Command(
    name = "openagents-runtime",
    description = "A durable execution runtime for autonomous agents.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  done",
      "  1  the command failed, or a check did",
      "  2  the command line is not understood",
      "  3  the settings cannot be used",
      "",
      "Settings come from the environment; `settings` lists them."
    })
final class RootCommand {}
