package com.openagents.runtime.app.hostile;

import com.openagents.runtime.http.client.Credentials;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.identity.RunId;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Well-behaved users, each with one run after the other and a new connection for each.
/// Thread-safe.
final class Regulars implements AutoCloseable {

  private static final Duration THOUGHT = Duration.ofMillis(50);
  private static final int MESSAGES = 3;

  private final URI service;
  private final Credentials credentials;
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Ledger ledger = new Ledger();
  private final BooleanSupplier givesUp;
  private volatile boolean last;

  private Regulars(URI service, Credentials credentials, BooleanSupplier givesUp) {
    this.givesUp = givesUp;
    this.service = service;
    this.credentials = credentials;
  }

  /// @param givesUp whether nobody is to wait any longer for what was not served yet
  static Regulars come(int count, URI service, Credentials credentials, BooleanSupplier givesUp) {
    Regulars regulars = new Regulars(service, credentials, givesUp);
    for (int number = 0; number < count; number++) {
      regulars.threads.execute(regulars::live);
    }
    return regulars;
  }

  private void live() {
    try {
      while (!last) {
        deal();
        LockSupport.parkNanos(THOUGHT.toNanos());
      }
    } catch (RuntimeException | Error e) {
      wrong.add("somebody went away: " + e);
    }
  }

  private void deal() {
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build()) {
      new Regular(
              new RuntimeClient(service, credentials, http),
              new RunId(UUID.randomUUID()),
              () -> ledger,
              givesUp)
          .deal(MESSAGES)
          .ifPresentOrElse(wrong::add, ledger::dealt);
    }
  }

  /// Begins a new page for what comes.
  Ledger turnPage() {
    Ledger fresh = new Ledger();
    ledger = fresh;
    return fresh;
  }

  /// What was not served as it should be.
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  /// Returns when everybody has what it came for.
  @Override
  public void close() {
    last = true;
    threads.close();
  }
}
