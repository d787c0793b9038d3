package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.canon.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Memory behind runs.
@Command(
    name = "memory",
    description =
        "Reachable heap and resident memory of a service with runs that wait for a message, and"
            + " with runs that ask a model which does not answer, by run; after a garbage"
            + " collection each time. Needs Linux, and an open file for each run that is executed.",
    mixinStandardHelpOptions = true)
final class BenchMemoryCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--waiting",
      defaultValue = "10000",
      description = "Runs that wait (default: ${DEFAULT-VALUE}).")
  private int waiting;

  @Option(
      names = "--executing",
      defaultValue = "10000",
      description = "Runs that are executed (default: ${DEFAULT-VALUE}).")
  private int executing;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "In how many parts they are added (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--heap",
      defaultValue = "1g",
      description = "The service's greatest heap (default: ${DEFAULT-VALUE}).")
  private String heap = "";

  /// Adds so many runs.
  @FunctionalInterface
  private interface Adding {
    void add(int count) throws Exception;
  }

  @Override
  public Integer call() throws Exception {
    try (Workplace workplace = Workplace.make("bench");
        BenchDatabase database = options.database(workplace)) {
      Report report =
          Report.ofServices("memory")
              .setting("heap", heap)
              .setting("collector", "serial")
              .setting("rounds", rounds)
              .setting("postgres", database.version());
      options.progress("warming up");
      try (MemoryBench bench =
          new MemoryBench(database, workplace.folder("service"), executing, heap)) {
        bench.warmUp();
        rows(report, bench, "waiting", waiting, bench::wait);
        rows(report, bench, "executing", executing, bench::execute);
      }
      options.print(report);
    }
    return 0;
  }

  private void rows(Report report, MemoryBench bench, String state, int runs, Adding adding)
      throws Exception {
    ProcessMemory before = bench.memory();
    for (int round = 1; round <= rounds; round++) {
      int count = runs * round / rounds;
      options.progress(count + " runs " + state);
      adding.add(count - runs * (round - 1) / rounds);
      ProcessMemory with = bench.memory();
      report.row(
          Json.object()
              .put("state", state)
              .put("runs", count)
              .put("reachableKibEach", kibEach(before.reachable(), with.reachable(), count))
              .put("residentKibEach", kibEach(before.resident(), with.resident(), count))
              .put("residentMib", with.resident() / 1024.0 / 1024));
    }
  }

  private static double kibEach(long before, long with, int count) {
    return (with - before) / 1024.0 / count;
  }
}
