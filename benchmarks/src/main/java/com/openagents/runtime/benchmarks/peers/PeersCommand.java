package com.openagents.runtime.benchmarks.peers;

import com.openagents.runtime.app.bench.BenchDatabase;
import com.openagents.runtime.app.bench.BenchOptions;
import com.openagents.runtime.app.bench.Report;
import com.openagents.runtime.app.machine.Workplace;
import dev.dbos.transact.DBOS;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The command `peers`: durable runs from their start to their end, beside other runtimes.
@Command(
    name = "peers",
    description =
        "Durable runs of one step and of ten, from the start until the caller has the result, over"
            + " HTTP, one request for each: ours beside DBOS Transact on the same PostgreSQL and"
            + " Restate on its own storage, all with their default durability. Restate's server"
            + " comes from npm; where that fails it is left out. Ours keeps no documents, but for"
            + " projections: that is ours with them, on a database of its own, so its row tells"
            + " what they cost.",
    mixinStandardHelpOptions = true)
public final class PeersCommand implements Callable<Integer> {

  private static final Path NPM = Path.of("benchmarks", "target", "restate");

  @Mixin private BenchOptions options = new BenchOptions();

  /// Who is compared with.
  enum Other {
    dbos,
    restate,
    projections
  }

  @Option(
      names = "--callers",
      split = ",",
      defaultValue = "1,16,64",
      description = "How many callers at a time (default: ${DEFAULT-VALUE}).")
  private List<Integer> callers = List.of();

  @Option(
      names = "--steps",
      split = ",",
      defaultValue = "1,10",
      description = "Steps of a run, 1 or 10 (default: ${DEFAULT-VALUE}).")
  private List<Integer> steps = List.of();

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "Length of one window (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "How often each is measured (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--warmup",
      defaultValue = "60",
      description = "Seconds for which each does runs before all else (default: ${DEFAULT-VALUE}).")
  private int warmup;

  @Option(
      names = "--only",
      split = ",",
      defaultValue = "dbos,restate",
      description = "What to compare with: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Set<Other> only = Set.of();

  @Option(
      names = "--projected-database-url",
      description =
          "The database of ours with projections; best on the same server. Default: an embedded"
              + " PostgreSQL in a temporary directory.")
  private Optional<String> projectedDatabase = Optional.empty();

  public static void main(String... arguments) {
    System.exit(new CommandLine(new PeersCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<Callers> all = new ArrayList<>();
    try (Workplace workplace = Workplace.make("peers");
        BenchDatabase database = options.database(workplace);
        BenchDatabase beside = projected(workplace)) {
      Report report =
          Report.ofServices("peers")
              .setting("postgres", database.version())
              .setting("windowSeconds", seconds)
              .setting("rounds", rounds)
              .setting("warmupSeconds", warmup);
      try {
        start(all, database, workplace, report);
        if (beside != null) {
          options.progress("starting ours with projections");
          all.add(new Callers(Ours.projecting(beside.text(), workplace.folder("projecting"))));
        }
        Comparison comparison = new Comparison(all, rounds, Duration.ofSeconds(seconds));
        options.progress("warming up, %d s for each".formatted(warmup));
        comparison.warmUp(Duration.ofSeconds(warmup));
        for (int count : steps) {
          for (int at : callers) {
            options.progress("runs of %d steps, %d callers".formatted(count, at));
            comparison.compare(count, at, report);
          }
        }
        options.print(report);
      } finally {
        all.forEach(Callers::close);
      }
    }
    return 0;
  }

  private @Nullable BenchDatabase projected(Workplace workplace) {
    return only.contains(Other.projections) ? options.another(projectedDatabase, workplace) : null;
  }

  private void start(List<Callers> all, BenchDatabase database, Workplace workplace, Report report)
      throws IOException, InterruptedException {
    all.add(new Callers(Ours.start(database.text(), workplace.folder("ours"))));
    if (only.contains(Other.dbos)) {
      options.progress("starting DBOS Transact");
      all.add(new Callers(Dbos.start(database.text())));
      report.setting("dbos", DBOS.version());
    }
    if (only.contains(Other.restate)) {
      try {
        Path program = RestateProgram.install(NPM, options::progress);
        options.progress("starting Restate");
        all.add(new Callers(Restate.start(program, workplace.folder("restate"))));
        report.setting("restate", RestateProgram.version());
      } catch (IOException | IllegalStateException e) {
        options.progress("Restate is left out: " + e.getMessage());
        report.setting("leftOut", "restate");
      }
    }
  }
}
