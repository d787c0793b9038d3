package com.openagents.runtime.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A second JVM that runs [EmbeddedPostgresProcess].
final class OwnerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final ArrayList<String> lines = new ArrayList<>();

  private OwnerProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /// @param prefix words before `java`, for another identity
  static OwnerProcess start(Path dataDirectory, String classPath, List<String> prefix)
      throws IOException {
    var command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            EmbeddedPostgresProcess.class.getName(),
            dataDirectory.toString()));
    return new OwnerProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  static OwnerProcess start(Path dataDirectory) throws IOException {
    return start(dataDirectory, System.getProperty("java.class.path"), List.of());
  }

  /// Reads up to the first line that starts so, and returns the rest of that line.
  String await(String start) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      if (line.startsWith(start)) {
        return line.substring(start.length());
      }
    }
    throw new AssertionError("the process ended without '" + start + "': " + lines);
  }

  long pid() {
    return process.pid();
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Lets it end in order.
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    assertThat(process.onExit().join().exitValue()).isZero();
  }
}
