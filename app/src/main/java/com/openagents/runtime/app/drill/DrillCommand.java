package com.openagents.runtime.app.drill;

import picocli.CommandLine.Command;

/// Tries what a whole installation bears.
@Command(
    name = "drill",
    description = "Tries on this machine what a whole installation bears.",
    subcommands = DrillChaosCommand.class,
    mixinStandardHelpOptions = true)
public final class DrillCommand {}
