package com.openagents.runtime.benchmarks.core;

import com.openagents.runtime.app.bench.Report;
import com.openagents.runtime.app.bench.Spread;
import com.openagents.runtime.canon.Json;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The command `jmh`: events for each second that one thread folds, decodes, encodes, tells and
/// streams.
@Command(
    name = "jmh",
    description =
        "Events for each second of one thread in core: folding logs, decoding and encoding events,"
            + " telling documents of them, and mapping them to the formats of streams.",
    mixinStandardHelpOptions = true)
public final class JmhCommand implements Callable<Integer> {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final String THIS_PACKAGE = JmhCommand.class.getPackageName();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PATTERN",
      description = "Only benchmarks whose name has it, as a regular expression: Fold, decode.")
  private List<String> patterns = List.of();

  @Option(
      names = "--forks",
      defaultValue = "2",
      description = "Virtual machines, one after the other (default: ${DEFAULT-VALUE}).")
  private int forks;

  @Option(
      names = "--warmups",
      defaultValue = "4",
      description = "Iterations of each before it is measured (default: ${DEFAULT-VALUE}).")
  private int warmups;

  @Option(
      names = "--iterations",
      defaultValue = "5",
      description = "Measured iterations of each (default: ${DEFAULT-VALUE}).")
  private int iterations;

  @Option(
      names = "--seconds",
      defaultValue = "1",
      description = "Length of an iteration (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--prof",
      paramLabel = "PROFILER",
      description = "A profiler of JMH, such as stack or gc; what it says goes to standard error.")
  private List<String> profilers = List.of();

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  public static void main(String... arguments) {
    System.exit(new CommandLine(new JmhCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws RunnerException {
    Report report =
        new Report("jmh")
            .setting("forks", forks)
            .setting("warmups", warmups)
            .setting("iterations", iterations)
            .setting("seconds", seconds)
            .setting("threads", 1);
    for (RunResult result : run()) {
      report.row(row(result));
      tellProfile(result);
    }
    spec.commandLine().getOut().println(json ? report.json() : report.text());
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Collection<RunResult> run() throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .mode(Mode.Throughput)
            .timeUnit(TimeUnit.SECONDS)
            .forks(forks)
            .warmupIterations(warmups)
            .warmupTime(TimeValue.seconds(seconds))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.seconds(seconds))
            .shouldFailOnError(true)
            .addProfiler(CpuTime.class)
            .verbosity(VerboseMode.SILENT);
    includes().forEach(options::include);
    profilers.forEach(options::addProfiler);
    tell(
        "%d iterations of %d s for each; be patient"
            .formatted((warmups + iterations) * forks, seconds));
    return new Runner(options.build()).run();
  }

  private List<String> includes() {
    String all = THIS_PACKAGE.replace(".", "\\.") + "\\..*";
    return patterns.isEmpty()
        ? List.of(all)
        : patterns.stream().map(pattern -> all + "(" + pattern + ")").toList();
  }

  private static Json.Builder row(RunResult result) {
    List<IterationResult> measured =
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .toList();
    Spread passed =
        Spread.of(measured.stream().map(each -> each.getPrimaryResult().getScore()).toList());
    Spread busy = Spread.of(measured.stream().map(JmhCommand::perCpuSecond).toList());
    return Json.object()
        .put("benchmark", shortName(result))
        .put("eventsPerSecond", Math.rint(passed.median()))
        .put("least", Math.rint(passed.min()))
        .put("most", Math.rint(passed.max()))
        .put("perCpuSecond", Math.rint(busy.median()))
        .put("cpuLeast", Math.rint(busy.min()))
        .put("cpuMost", Math.rint(busy.max()));
  }

  private static double perCpuSecond(IterationResult iteration) {
    Result<?> nanos = iteration.getSecondaryResults().get(CpuTime.LABEL);
    return nanos == null ? 0 : NANOS_PER_SECOND / nanos.getScore();
  }

  private static String shortName(RunResult result) {
    return result.getParams().getBenchmark().substring(THIS_PACKAGE.length() + 1);
  }

  private void tellProfile(RunResult result) {
    if (profilers.isEmpty()) {
      return;
    }
    tell(shortName(result));
    result
        .getSecondaryResults()
        .values()
        .forEach(found -> tell(found.getLabel() + " " + found + found.extendedInfo()));
  }

  private void tell(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
