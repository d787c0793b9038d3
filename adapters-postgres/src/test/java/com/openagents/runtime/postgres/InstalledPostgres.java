package com.openagents.runtime.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Starts the PostgreSQL 15 that Debian installs, on a new data directory, until the JVM ends.
final class InstalledPostgres {

  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");

  private InstalledPostgres() {}

  static Optional<TestServer> start() {
    if (!Files.isExecutable(PROGRAMS.resolve("postgres"))) {
      return Optional.empty();
    }
    try {
      return Optional.of(start(Files.createTempDirectory("postgres-15-")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestServer start(Path home) throws IOException {
    String cluster = home.resolve("cluster").toString();
    int port = freePort();
    run("initdb", "-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> run("pg_ctl", "-D", cluster, "-m", "immediate", "stop")));
    run(
        "pg_ctl",
        "-D",
        cluster,
        "-w",
        "-l",
        home.resolve("log").toString(),
        "-o",
        "-F -h 127.0.0.1 -k '' -p " + port + " -c max_connections=200",
        "start");
    return new TestServer("installed 15", "jdbc:postgresql://127.0.0.1:" + port + "/");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it is.
  private static void run(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(PROGRAMS.resolve(program).toString());
    command.addAll(List.of(arguments));
    try {
      int code =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (code != 0) {
        throw new IllegalStateException(String.join(" ", command) + " answered " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting PostgreSQL", e);
    }
  }
}
