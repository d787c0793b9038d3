package com.openagents.runtime.app.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one PostgreSQL running until it is told to stop: a server that dies is started again, with
/// the same port, so that its clients only have to reconnect.
///
/// It lives on a platform thread of its own, because the kernel ties the server's life to the
/// thread that started it (see [Account]).
final class Supervisor {
  private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

  private static final Duration RETRY_MIN = Duration.ofMillis(50);
  private static final Duration RETRY_MAX = Duration.ofSeconds(5);
  private static final Duration STABLE_AFTER = Duration.ofSeconds(30);

  /// Launches a server without waiting for it.
  @FunctionalInterface
  interface Launch {
    Postmaster launch() throws IOException, InterruptedException;
  }

  private final Launch launch;
  private final Consumer<String> progress;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicReference<@Nullable Postmaster> running = new AtomicReference<>();
  private final Thread thread;

  private Supervisor(Launch launch, Consumer<String> progress) {
    this.launch = launch;
    this.progress = progress;
    this.thread = Thread.ofPlatform().name("postgres-supervisor").daemon().unstarted(this::run);
  }

  /// Starts the server and returns once it accepts connections.
  ///
  /// @throws EmbeddedPostgresException when the first start fails; there is nothing left to stop
  ///   then
  static Supervisor start(Launch launch, Consumer<String> progress) {
    var supervisor = new Supervisor(launch, progress);
    supervisor.thread.start();
    try {
      supervisor.started.join();
    } catch (CompletionException e) {
      throw new EmbeddedPostgresException(String.valueOf(e.getCause()), e);
    }
    return supervisor;
  }

  private void run() {
    Duration retry = RETRY_MIN;
    try {
      while (!isStopping()) {
        long since = System.nanoTime();
        try {
          serve();
        } catch (EmbeddedPostgresException | IOException e) {
          if (started.completeExceptionally(e)) {
            return;
          }
          log.error("PostgreSQL cannot be started; next attempt in {}", retry, e);
        }
        boolean stable = System.nanoTime() - since > STABLE_AFTER.toNanos();
        retry = stable ? RETRY_MIN : pause(retry);
      }
    } catch (InterruptedException e) {
      started.completeExceptionally(e);
      log.error("PostgreSQL is no longer supervised", e);
    }
  }

  /// One life of the server.
  private void serve() throws IOException, InterruptedException {
    Postmaster server = launch.launch();
    running.set(server);
    try {
      if (server.awaitReady(this::isStopping, progress)) {
        started.complete(null);
        server.awaitExit();
      }
    } finally {
      server.stop();
    }
    if (!isStopping()) {
      log.warn("PostgreSQL, process {}, ended unexpectedly and is started again", server.pid());
    }
  }

  /// @return how long to pause next time
  private Duration pause(Duration retry) throws InterruptedException {
    if (stopping.await(retry.toNanos(), TimeUnit.NANOSECONDS)) {
      return retry;
    }
    Duration doubled = retry.multipliedBy(2);
    return doubled.compareTo(RETRY_MAX) < 0 ? doubled : RETRY_MAX;
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /// Stops the server and returns when it has ended, within the patience of [Shutdown]. A server
  /// launched at this very moment is stopped by the supervisor itself, which looks after launching.
  void close() throws IOException, InterruptedException {
    stopping.countDown();
    var server = running.get();
    if (server != null) {
      server.stop();
    }
    thread.join();
  }
}
