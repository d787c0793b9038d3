package com.openagents.runtime.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import com.openagents.runtime.app.settings.LogFormat;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LoggingTest {
  @TempDir private Path directory = Path.of("");

  /// The lines of a [LoggingProcess], whose class path has no configuration of the tests on it.
  private List<String> written(LogFormat format) throws IOException {
    String name = LoggingProcess.class.getName().replace('.', '/') + ".class";
    Path copy = directory.resolve(name);
    Files.createDirectories(copy.resolveSibling(""));
    try (var in = LoggingProcess.class.getClassLoader().getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(in), copy);
    }
    String classPath =
        Stream.concat(
                Stream.of(directory.toString()),
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)))
            .filter(entry -> !Files.exists(Path.of(entry, "logback-test.xml")))
            .collect(Collectors.joining(File.pathSeparator));
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                LoggingProcess.class.getName(),
                format.name())
            .start();
    try (var lines = process.errorReader()) {
      return lines.lines().toList();
    } finally {
      assertThat(process.onExit().join().exitValue()).isZero();
    }
  }

  @Test
  void without_a_terminal_lines_are_json_and_the_settings_take_over() throws Exception {
    assertThat(written(LogFormat.TEXT))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("{\"time\":").contains("before hunter2-hunter2"),
            line -> assertThat(line).endsWith("INFO  LoggingProcess: after [secret]"),
            line -> assertThat(line).endsWith("WARN  postgresql: from the JDK's"),
            line -> assertThat(line).endsWith("WARN  LoggingProcess: trouble"));
  }

  @Test
  void an_operators_own_configuration_stays() {
    Logging.use(LogFormat.JSON, List.of());
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console")).isNotNull();
  }
}
