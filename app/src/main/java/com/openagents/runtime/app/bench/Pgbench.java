package com.openagents.runtime.app.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The reference: PostgreSQL's own load generator, doing the best single-row form of the same
/// write: sequence and event in one prepared statement, without notification.
final class Pgbench {

  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
  private final Path program;
  private final Target target;
  private final Path script;

  /// Where the reference writes.
  record Target(String host, int port, String database, String user, String password) {}

  private Pgbench(Path program, Target target, Path script) {
    this.program = program;
    this.target = target;
    this.script = script;
  }

  /// Finds the program; empty where PostgreSQL's client programs are not installed.
  static Optional<Pgbench> find(Target target, int runs, String payload) throws IOException {
    try (Stream<Path> versions =
        Files.isDirectory(Path.of("/usr/lib/postgresql"))
            ? Files.list(Path.of("/usr/lib/postgresql"))
            : Stream.empty()) {
      Optional<Path> program =
          versions
              .map(version -> version.resolve("bin/pgbench"))
              .filter(Files::isExecutable)
              .sorted()
              .findFirst();
      if (program.isEmpty()) {
        return Optional.empty();
      }
      Path script = Files.createTempFile("append", ".pgbench");
      Files.writeString(script, write(runs, payload));
      return Optional.of(new Pgbench(program.get(), target, script));
    }
  }

  /// The tables that the reference writes to.
  static String schema(int runs) {
    return """
    drop schema if exists bench cascade;
    create schema bench;
    create table bench.runs (run_id int primary key, next_seq bigint not null)
      with (fillfactor = 50);
    create table bench.events (
      run_id int, seq bigint, type text, version int, payload json, created_at timestamptz,
      primary key (run_id, seq));
    insert into bench.runs select i, 0 from generate_series(1, %d) i;
    """
        .formatted(runs);
  }

  private static String write(int runs, String payload) {
    return """
    \\set id random(1, %d)
    with head as (
      update bench.runs set next_seq = next_seq + 1 where run_id = :id
      returning run_id, next_seq
    )
    insert into bench.events
    select run_id, next_seq, 'frame.accepted', 1, '%s', clock_timestamp() from head;
    """
        .formatted(runs, payload);
  }

  /// What one window was like.
  ///
  /// @param perSecond transactions
  /// @param p99Millis 99 of 100 transactions took no longer
  record Rate(double perSecond, double p99Millis) {
    Rate mean(Rate other) {
      return new Rate((perSecond + other.perSecond) / 2, (p99Millis + other.p99Millis) / 2);
    }
  }

  /// Runs one window.
  Rate run(int clients, Duration time) throws IOException, InterruptedException {
    Path logs = Files.createTempDirectory("pgbench");
    try {
      double perSecond = run(clients, time, logs.resolve("log"));
      return new Rate(perSecond, p99Millis(logs));
    } finally {
      for (Path log : logs(logs)) {
        Files.delete(log);
      }
      Files.delete(logs);
    }
  }

  private static List<Path> logs(Path folder) throws IOException {
    try (Stream<Path> logs = Files.list(folder)) {
      return logs.toList();
    }
  }

  /// Each thread has a log of its own, with a line for each transaction; its third word is how long
  /// that took, in microseconds.
  private static double p99Millis(Path folder) throws IOException {
    List<Long> micros = new ArrayList<>();
    for (Path log : logs(folder)) {
      try (Stream<String> lines = Files.lines(log)) {
        lines.forEach(line -> micros.add(Long.parseLong(line.split(" ", 4)[2])));
      }
    }
    Collections.sort(micros);
    return micros.isEmpty() ? Double.NaN : micros.get((micros.size() - 1) * 99 / 100) / 1_000.0;
  }

  private double run(int clients, Duration time, Path log)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    program.toString(),
                    "--no-vacuum",
                    "--protocol=prepared",
                    "--client=" + clients,
                    "--jobs=" + Math.min(2, clients),
                    "--time=" + Math.max(1, time.toSeconds()),
                    "--file=" + script,
                    "--log",
                    "--log-prefix=" + log,
                    "--host=" + target.host(),
                    "--port=" + target.port(),
                    "--username=" + target.user(),
                    target.database()))
            .redirectErrorStream(true);
    builder.environment().put("PGPASSWORD", target.password());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher rate = RATE.matcher(output);
    if (process.waitFor() != 0 || !rate.find()) {
      throw new IOException("pgbench failed: " + output.strip());
    }
    return Double.parseDouble(rate.group(1));
  }
}
