package com.openagents.runtime.app.hostile;

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

  @Spec private CommandSpec spec = CommandSpec.create();

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

  @Option(names = "--log", description = "A file for what the service prints.")
  private Optional<Path> log = Optional.empty();

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    try (PrintWriter lines = new PrintWriter(log.isPresent() ? file(log.get()) : nowhere(), true)) {
      HostileReport report =
          new Hostile(
                  new HostileSettings(
                      duration(),
                      attacks(),
                      !atOnce,
                      heap,
                      regulars,
                      seed,
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

  private Set<Attack> attacks() {
    try {
      return attacks.isEmpty()
          ? Attack.all()
          : EnumSet.copyOf(attacks.stream().map(Attack::ofWord).collect(Collectors.toSet()));
    } catch (IllegalArgumentException e) {
      throw refused("--attacks", String.join(",", attacks));
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
