package com.openagents.runtime.app.drill;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Faults of every kind to nodes and a PostgreSQL under load, and the judgement of what is left.
@Command(
    name = "chaos",
    description = {
      "Starts nodes and a PostgreSQL as processes of their own, lets clients deal with runs over"
          + " the signed API, and kills, freezes, cuts and starves what it started. Then checks"
          + " from outside that nothing acknowledged is lost, nothing happened twice, every run has"
          + " one end, and every stream is its log. Ends with 1 when a law is broken.",
      "It touches nothing but what it started itself, in a temporary directory."
    },
    mixinStandardHelpOptions = true)
final class DrillChaosCommand implements Callable<Integer> {

  @Mixin private DrillOptions options = new DrillOptions();

  @Option(
      names = "--for",
      defaultValue = "10m",
      description = "How long faults happen: 90s, 10m, 2h (default: ${DEFAULT-VALUE}).")
  private String time = "";

  @Option(
      names = "--kills",
      defaultValue = "0",
      description = "Go on until so many nodes were killed (default: ${DEFAULT-VALUE}).")
  private int kills;

  @Option(
      names = "--crashes",
      defaultValue = "0",
      description = "Go on until PostgreSQL crashed so often (default: ${DEFAULT-VALUE}).")
  private int crashes;

  @Option(names = "--nodes", defaultValue = "3", description = "Nodes (default: ${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--customers",
      defaultValue = "12",
      description = "Clients that deal with runs at a time (default: ${DEFAULT-VALUE}).")
  private int customers;

  @Option(
      names = "--seed",
      defaultValue = "7",
      description = "Of the faults' order and the clients' whims (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--faults",
      split = ",",
      description =
          "Which: kill, freeze, crash, cut, delay, stall, connections, readonly, lock, foreign,"
              + " disk, clock (default: all).")
  private List<String> faults = List.of();

  @Override
  public Integer call() throws Exception {
    Extent extent = new Extent(options.time(time), kills, crashes);
    Set<Fault> which = options.some("--faults", faults, Fault.all(), Fault::ofWord);
    return options.carryOut(lines ->
        new Chaos(
                new ChaosSettings(nodes, customers, seed, which, extent, options::progress, lines))
            .run());
  }
}
