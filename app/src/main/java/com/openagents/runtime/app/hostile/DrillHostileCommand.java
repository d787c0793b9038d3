package com.openagents.runtime.app.hostile;

import com.openagents.runtime.app.drill.DrillOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Attackers of every kind on a service that others use.
@Command(
    name = "hostile",
    description = {
      "Starts a service with a small heap and a PostgreSQL as processes of their own, lets"
          + " well-behaved users deal with runs over the signed API, and lets attackers loose: one"
          + " kind after another, and then all at once. Tells what each cost the service and the"
          + " others. Ends with 1 when the service dies, takes more memory than it may, serves"
          + " somebody wrongly, or keeps something of the attackers.",
      "It attacks nothing but what it started itself, in a temporary directory. Needs Linux."
    },
    mixinStandardHelpOptions = true)
public final class DrillHostileCommand implements Callable<Integer> {

  @Mixin private DrillOptions options = new DrillOptions();

  @Option(
      names = "--for",
      defaultValue = "5m",
      description = "How long attackers are there: 90s, 10m (default: ${DEFAULT-VALUE}).")
  private String time = "";

  @Option(
      names = "--attacks",
      split = ",",
      description =
          "Which: heads, bodies, promises, chunks, headers, json, pipeline, signatures, replays,"
              + " stalled, abandoned, pages, half-closed, connections (default: all).")
  private List<String> attacks = List.of();

  @Option(names = "--at-once", description = "Leave out the attacks one after the other.")
  private boolean atOnce;

  @Option(
      names = "--heap",
      defaultValue = "256",
      description = "The service's greatest heap in MiB (default: ${DEFAULT-VALUE}).")
  private int heap;

  @Option(
      names = "--regulars",
      defaultValue = "6",
      description = "Well-behaved users at a time (default: ${DEFAULT-VALUE}).")
  private int regulars;

  @Option(
      names = "--seed",
      defaultValue = "7",
      description = "Of the attackers' whims (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws Exception {
    Duration each = options.time(time);
    Set<Attack> which = options.some("--attacks", attacks, Attack.all(), Attack::ofWord);
    return options.carryOut(lines ->
        new Hostile(
                new HostileSettings(
                    each, which, !atOnce, heap, regulars, seed, options::progress, lines))
            .run());
  }
}
