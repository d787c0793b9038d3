package com.openagents.runtime.app.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Ways to ask a process of PostgreSQL to end, from the kindest on. None loses a committed row.
enum Shutdown {
  /// Ends sessions, writes a checkpoint.
  FAST("INT", Duration.ofSeconds(10)),
  /// Ends at once; the next start recovers from the write-ahead log.
  IMMEDIATE("QUIT", Duration.ofSeconds(5)),
  /// The same, by the system's hand.
  KILL("KILL", Duration.ofSeconds(5));

  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final String signal;
  private final Duration patience;

  Shutdown(String signal, Duration patience) {
    this.signal = signal;
    this.patience = patience;
  }

  /// Ends `process`, more and more firmly, and returns when it is gone.
  ///
  /// @throws EmbeddedPostgresException when it outlives even the last way
  static void end(ProcessHandle process, Programs programs)
      throws IOException, InterruptedException {
    for (Shutdown way : values()) {
      if (way.ends(process, programs)) {
        return;
      }
    }
    throw new EmbeddedPostgresException(
        "PostgreSQL, process %d, does not end.".formatted(process.pid()));
  }

  private boolean ends(ProcessHandle process, Programs programs)
      throws IOException, InterruptedException {
    if (!process.isAlive()) {
      return true;
    }
    try {
      programs.run("pg_ctl", List.of("kill", signal, Long.toString(process.pid())), "");
    } catch (EmbeddedPostgresException e) {
      if (process.isAlive()) {
        throw e;
      }
    }
    long deadline = System.nanoTime() + patience.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      awaitExit(process);
    }
    return !process.isAlive();
  }

  /// Waits a moment for the exit. The system's notice of it passes through a pool that other code
  /// may keep busy, so the caller looks for itself as well.
  private static void awaitExit(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(LOOK_AGAIN.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      // Still running, or the notice is late.
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
