package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.canon.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// How fast one run's events reach many readers.
@Command(
    name = "fan-out",
    description =
        "Events of one run, each appended when all readers have the one before, beside the same"
            + " bytes written to as many bare sockets. Service and readers share this process.",
    mixinStandardHelpOptions = true)
final class BenchFanOutCommand implements Callable<Integer> {

  private static final int FILES_EACH = 4;
  private static final int OTHER_FILES = 500;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--streams",
      split = ",",
      defaultValue = "100,1000,2000",
      description = "Readers of the run (default: ${DEFAULT-VALUE}).")
  private List<Integer> streams = List.of();

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

  @Override
  public Integer call() throws Exception {
    refuseWithoutFiles(Collections.max(streams));
    try (Workplace workplace = Workplace.make("bench");
        BenchDatabase database = options.database(workplace)) {
      Report report =
          Report.ofServices("fan-out")
              .setting("windowSeconds", seconds)
              .setting("rounds", rounds)
              .setting("postgres", database.version());
      for (int count : streams) {
        options.progress(count + " streams");
        try (FanOutBench bench = new FanOutBench(database, workplace, count)) {
          report.row(row(bench, count));
        }
      }
      options.print(report);
    }
    return 0;
  }

  /// Both ends of a stream are in this process, and of a bare socket too.
  private void refuseWithoutFiles(int most) throws IOException {
    long max = IdleBench.openFilesMax();
    int needed = FILES_EACH * most + OTHER_FILES;
    if (needed > max) {
      throw new ParameterException(
          spec.commandLine(),
          "%d readers need %d open files here, and the limit is %d: raise it (ulimit -Hn), or ask for fewer"
              .formatted(most, needed, max));
    }
  }

  private Json.Builder row(FanOutBench bench, int count) throws Exception {
    Duration time = Duration.ofSeconds(seconds);
    bench.service(time);
    Comparison compared = Comparison.of(rounds, () -> bench.service(time), () -> bench.raw(time));
    return Json.object()
        .put("streams", count)
        .put("bytesEach", bench.blockBytes())
        .put("deliveriesPerSecond", Spread.of(compared.ours()).median())
        .put("socketsPerSecond", Spread.of(compared.reference()).median())
        .put("ratio", compared.ratio().median())
        .put("ratioRange", compared.ratio().range());
  }
}
