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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What every drill has: where its processes print, and how to tell what it found.
///
/// Progress goes to standard error, the report to standard output.
public final class DrillOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--log", description = "A file for what the processes print.")
  private Optional<Path> log = Optional.empty();

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  /// Something that is told where to write each line that its processes print.
  public interface Drill {
    DrillReport run(Consumer<String> lines) throws Exception;
  }

  /// Carries a drill out and tells what it found.
  ///
  /// @return the status with which the command ends: 1 when a law is broken
  public int carryOut(Drill drill) throws Exception {
    try (PrintWriter lines = new PrintWriter(writer(), true)) {
      DrillReport report = drill.run(lines::println);
      PrintWriter out = spec.commandLine().getOut();
      out.println(json ? CanonicalJson.write(report.json()) : report.text());
      out.flush();
      return report.lawful() ? 0 : 1;
    }
  }

  private Writer writer() throws IOException {
    return log.isPresent() ? Files.newBufferedWriter(log.get()) : Writer.nullWriter();
  }

  /// Tells a person who waits how far it is.
  public void progress(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  /// Reads what `--for` was given, such as `90s`.
  public Duration time(String value) {
    try {
      return Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
    } catch (DateTimeParseException e) {
      throw refused("--for", value);
    }
  }

  /// Reads a list of constants.
  ///
  /// @param all what no word at all means
  /// @param ofWord throws IllegalArgumentException for what is none
  public <E extends Enum<E>> Set<E> some(
      String option, List<String> words, Set<E> all, Function<String, E> ofWord) {
    try {
      return words.isEmpty()
          ? all
          : EnumSet.copyOf(words.stream().map(ofWord).collect(Collectors.toSet()));
    } catch (IllegalArgumentException e) {
      throw refused(option, String.join(",", words));
    }
  }

  private ParameterException refused(String option, String value) {
    return new ParameterException(
        spec.commandLine(), "'%s' is no value for %s: see --help".formatted(value, option));
  }
}
