package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.canon.Json;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What several nodes reach together.
@Command(
    name = "nodes",
    description =
        "Frames sent by signed HTTP calls to one, two, … service processes over one database,"
            + " beside the same number of callers at one of them. All share the machine.",
    mixinStandardHelpOptions = true)
final class BenchNodesCommand implements Callable<Integer> {

  private static final int RUNS = 10_000;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--nodes",
      defaultValue = "3",
      description = "The greatest number of nodes (default: ${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--connections",
      defaultValue = "64",
      description = "Callers altogether, each with a connection (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--frames",
      defaultValue = "1",
      description = "Frames in each call (default: ${DEFAULT-VALUE}).")
  private int frames;

  @Option(
      names = "--seconds",
      defaultValue = "3",
      description = "Length of one window (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "How often each pair is measured (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "20",
      description = "Seconds of calls before anything is measured (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Override
  public Integer call() throws Exception {
    try (Workplace workplace = Workplace.make("bench");
        BenchDatabase database = options.database(workplace);
        NodesBench bench = new NodesBench(database, workplace, nodes, RUNS, connections)) {
      Report report =
          Report.ofServices("nodes")
              .setting("postgres", database.version())
              .setting("connections", connections)
              .setting("framesPerCall", frames)
              .setting("windowSeconds", seconds)
              .setting("rounds", rounds)
              .setting("warmUpSeconds", warmUp)
              .setting("runs", RUNS);
      options.progress("warming up");
      bench.calls(nodes, frames, Duration.ofSeconds(warmUp));
      for (int used = 1; used <= nodes; used++) {
        options.progress(used + " of " + nodes + " nodes");
        report.row(row(bench, used));
      }
      options.print(report);
    }
    return 0;
  }

  private Json.Builder row(NodesBench bench, int used) throws Exception {
    Comparison compared =
        Comparison.of(rounds, () -> framesPerSecond(bench, used), () -> framesPerSecond(bench, 1));
    return Json.object()
        .put("nodes", used)
        .put("framesPerSecond", Spread.of(compared.ours()).median())
        .put("oneNodePerSecond", Spread.of(compared.reference()).median())
        .put("ratio", compared.ratio().median())
        .put("ratioRange", compared.ratio().range());
  }

  private double framesPerSecond(NodesBench bench, int used) throws InterruptedException {
    return bench.calls(used, frames, Duration.ofSeconds(seconds)).perSecond() * frames;
  }
}
