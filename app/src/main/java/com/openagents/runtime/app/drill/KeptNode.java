package com.openagents.runtime.app.drill;

import com.openagents.runtime.app.machine.ServiceProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A node with a wire to its clients and one to its database, that is started again whenever it is
/// gone, as an init system does it. Thread-safe.
final class KeptNode implements AutoCloseable {

  private static final List<String> SMALL =
      List.of("-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1");
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final String name;
  private final Map<String, String> settings;
  private final Consumer<String> log;
  private final Proxy front;
  private final Proxy database;
  private final Thread keeper;
  private final AtomicInteger endedAlone = new AtomicInteger();
  private volatile @Nullable ServiceProcess process;
  private volatile boolean killed;
  private volatile boolean closed;

  /// @param database the wire to the database, which the settings name
  KeptNode(String name, Map<String, String> settings, Proxy database, Consumer<String> log)
      throws IOException {
    this.name = name;
    this.settings = settings;
    this.database = database;
    this.log = log;
    front = new Proxy(this::target);
    keeper = Thread.ofPlatform().name("keeper of " + name).daemon().start(this::keep);
  }

  String name() {
    return name;
  }

  /// Where clients find the node, whichever process it is.
  URI address() {
    return URI.create("http://127.0.0.1:" + front.port());
  }

  Proxy front() {
    return front;
  }

  Proxy database() {
    return database;
  }

  /// Processes that ended though nobody killed them.
  int endedAlone() {
    return endedAlone.get();
  }

  boolean serves() {
    return running().isPresent();
  }

  private Optional<ServiceProcess> running() {
    return Optional.ofNullable(process).filter(ServiceProcess::alive);
  }

  private Optional<InetSocketAddress> target() {
    return running()
        .map(ServiceProcess::address)
        .map(address -> new InetSocketAddress(address.getHost(), address.getPort()));
  }

  /// SIGKILL, if the node is there.
  ///
  /// @return whether it was
  boolean kill() throws InterruptedException {
    Optional<ServiceProcess> now = running();
    if (now.isEmpty()) {
      return false;
    }
    killed = true;
    now.get().kill();
    return true;
  }

  /// Holds the process still for a while.
  ///
  /// @return whether there was one
  boolean freeze(Duration time) throws IOException, InterruptedException {
    Optional<ServiceProcess> now = running();
    if (now.isEmpty()) {
      return false;
    }
    now.get().pause();
    LockSupport.parkNanos(time.toNanos());
    now.get().resume();
    return true;
  }

  private void keep() {
    while (!closed) {
      if (!serves()) {
        startAgain();
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  /// A start may fail while the database is away; then another follows.
  private void startAgain() {
    if (process != null && !killed) {
      endedAlone.incrementAndGet();
      log.accept("the drill: " + name + " ended though nobody killed it");
    }
    process = null;
    killed = false;
    try {
      ServiceProcess started = ServiceProcess.start(SMALL, settings, log);
      process = started;
      if (closed) {
        started.close();
      }
    } catch (IOException e) {
      log.accept("the drill: " + name + " did not start: " + e);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    keeper.interrupt();
    running().ifPresent(ServiceProcess::close);
    front.close();
    database.close();
  }
}
