package com.openagents.runtime.app.cli;

import picocli.CommandLine.Command;

/// What can be done with one run.
@Command(name = "run", description = "Work with one run.", mixinStandardHelpOptions = true)
final class RunCommand {}
