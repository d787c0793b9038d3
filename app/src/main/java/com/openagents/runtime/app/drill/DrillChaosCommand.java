package com.openagents.runtime.app.drill;

import com.openagents.runtime.canon.CanonicalJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

  @Spec private CommandSpec spec = CommandSpec.create();

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

  @Option(names = "--log", description = "A file for what the nodes print.")
  private Optional<Path> log = Optional.empty();

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    try (PrintWriter lines = new PrintWriter(log.isPresent() ? file(log.get()) : nowhere(), true)) {
      ChaosReport report =
          new Chaos(
                  new ChaosSettings(
                      nodes,
                      customers,
                      seed,
                      faults(),
                      new Extent(duration(), kills, crashes),
                      this::progress,
                      lines::println))
              .run();
      PrintWriter out = spec.commandLine().getOut();
      out.println(json ? CanonicalJson.write(report.json()) : report.text());
      out.flush();
      return report.lawful() ? 0 : 1;
    }
  }

  private static Writer file(Path path) throws IOException {
    return Files.newBufferedWriter(path);
  }

  private static Writer nowhere() {
    return Writer.nullWriter();
  }

  private void progress(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  private Set<Fault> faults() {
    try {
      return faults.isEmpty()
          ? Fault.all()
          : EnumSet.copyOf(faults.stream().map(Fault::ofWord).collect(Collectors.toSet()));
    } catch (IllegalArgumentException e) {
      throw refused("--faults", String.join(",", faults));
    }
  }

  private Duration duration() {
    try {
      return Duration.parse("PT" + time.toUpperCase(Locale.ROOT));
    } catch (DateTimeParseException e) {
      throw refused("--for", time);
    }
  }

  private ParameterException refused(String option, String value) {
    return new ParameterException(
        spec.commandLine(), "'%s' is no value for %s: see --help".formatted(value, option));
  }
}
