package com.openagents.runtime.app.bench;

import com.openagents.runtime.app.machine.Workplace;
import com.openagents.runtime.canon.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Memory behind streams that wait.
@Command(
    name = "idle",
    description =
        "Resident memory and reachable heap of a service with idle streams, less those without, by"
            + " stream; after a garbage collection each time. Needs Linux.",
    mixinStandardHelpOptions = true)
final class BenchIdleCommand implements Callable<Integer> {

  private static final int OTHER_FILES = 500;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--streams",
      split = ",",
      defaultValue = "2000,5000,10000",
      description = "How many streams are open when memory is read (default: ${DEFAULT-VALUE}).")
  private List<Integer> streams = List.of();

  @Option(
      names = "--runs",
      defaultValue = "10000",
      description = "Over how many runs they are spread, at most (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--heap",
      defaultValue = "512m",
      description = "The service's greatest heap (default: ${DEFAULT-VALUE}).")
  private String heap = "";

  @Override
  public Integer call() throws Exception {
    List<Integer> steps = streams.stream().sorted().distinct().toList();
    int most = steps.getLast();
    refuseWithoutFiles(most);
    try (Workplace workplace = Workplace.make("bench");
        BenchDatabase database = options.database(workplace)) {
      Report report =
          Report.ofServices("idle")
              .setting("heap", heap)
              .setting("runs", Math.min(runs, most))
              .setting("collector", "serial")
              .setting("postgres", database.version());
      options.progress("creating " + Math.min(runs, most) + " runs");
      try (IdleBench bench =
          new IdleBench(database, workplace.folder("service"), most, runs, heap)) {
        ProcessMemory before = bench.memory();
        for (int count : steps) {
          options.progress("opening up to " + count + " streams");
          bench.open(count);
          report.row(row(count, before, bench.memory()));
        }
      }
      options.print(report);
    }
    return 0;
  }

  private void refuseWithoutFiles(int most) throws Exception {
    long max = IdleBench.openFilesMax();
    if (most + OTHER_FILES > max) {
      throw new ParameterException(
          spec.commandLine(),
          "%d streams need %d open files, and the limit is %d: raise it (ulimit -Hn, or nofile in"
                  .formatted(most, most + OTHER_FILES, max)
              + " /etc/security/limits.conf), or ask for fewer streams");
    }
  }

  private static Json.Builder row(int streams, ProcessMemory before, ProcessMemory with) {
    return Json.object()
        .put("streams", streams)
        .put("residentMib", with.resident() / 1024.0 / 1024)
        .put("residentMibBefore", before.resident() / 1024.0 / 1024)
        .put("kibPerStream", (with.resident() - before.resident()) / 1024.0 / streams)
        .put("reachableKibPerStream", (with.reachable() - before.reachable()) / 1024.0 / streams);
  }
}
