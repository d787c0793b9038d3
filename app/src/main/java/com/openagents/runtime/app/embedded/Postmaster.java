package com.openagents.runtime.app.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// One PostgreSQL server, from its launch to its end.
final class Postmaster {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
  private static final Duration REPORT_AFTER = Duration.ofSeconds(5);

  private final Process process;
  private final Path cluster;
  private final Programs programs;
  private final long logMark;

  private Postmaster(Process process, Path cluster, Programs programs, long logMark) {
    this.process = process;
    this.cluster = cluster;
    this.programs = programs;
    this.logMark = logMark;
  }

  /// Launches PostgreSQL. What its durability and reachability rest on is said on the command line,
  /// where no configuration file can take it back; the rest is the operator's to tune.
  static Postmaster launch(Path cluster, int port, Programs programs) throws IOException {
    long logMark = programs.log().length();
    var process =
        programs.start(
            "postgres",
            List.of(
                "-D",
                cluster.toString(),
                "--listen_addresses=127.0.0.1",
                "--port=" + port,
                "--unix_socket_directories=",
                "--fsync=on",
                "--full_page_writes=on",
                "--synchronous_commit=on"));
    return new Postmaster(process, cluster, programs, logMark);
  }

  /// Waits until connections are accepted. After a crash PostgreSQL first replays its log, which
  /// may take minutes and must not be cut short, so this waits for as long as the process lives.
  ///
  /// @return false when `stopping` became true before
  /// @throws EmbeddedPostgresException when the process ends instead
  boolean awaitReady(BooleanSupplier stopping, Consumer<String> progress)
      throws IOException, InterruptedException {
    long reportAt = System.nanoTime() + REPORT_AFTER.toNanos();
    while (!ready()) {
      if (stopping.getAsBoolean()) {
        return false;
      }
      if (process.waitFor(LOOK_AGAIN.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new EmbeddedPostgresException(
            "PostgreSQL did not start: " + programs.log().since(logMark));
      }
      if (System.nanoTime() > reportAt) {
        progress.accept("PostgreSQL is still starting (it may be recovering from a crash)");
        reportAt += REPORT_AFTER.toNanos();
      }
    }
    return true;
  }

  private boolean ready() throws IOException {
    return PidFile.read(cluster).filter(file -> file.pid() == pid() && file.ready()).isPresent();
  }

  /// Waits for the end of the process, whatever ends it.
  void awaitExit() throws InterruptedException {
    process.waitFor();
  }

  /// Ends the process. Harmless when it has ended, and when two threads do it.
  void stop() throws IOException, InterruptedException {
    Shutdown.end(process.toHandle(), programs);
  }

  long pid() {
    return process.pid();
  }
}
