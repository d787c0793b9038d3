package com.openagents.runtime.app.bench;

import picocli.CommandLine.Command;

/// Measures the runtime on this machine.
@Command(
    name = "bench",
    description = "Measures the runtime on this machine, beside a reference in the same run.",
    subcommands = {
      BenchAppendCommand.class,
      BenchHttpCommand.class,
      BenchFlatCommand.class,
      BenchRebuildCommand.class,
      BenchMemoryCommand.class,
      BenchNodesCommand.class,
      BenchStartCommand.class,
      BenchStreamCommand.class,
      BenchFanOutCommand.class,
      BenchIdleCommand.class,
      BenchWritesCommand.class,
      BenchRecoveryCommand.class,
      BenchShownCommand.class
    },
    mixinStandardHelpOptions = true)
public final class BenchCommand {}
