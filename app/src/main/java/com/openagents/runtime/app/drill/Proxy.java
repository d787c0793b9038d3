package com.openagents.runtime.app.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// A wire between two parties that can be cut, slowed and stopped. It stays at its port, wherever
/// the far end moves. Thread-safe.
final class Proxy implements AutoCloseable {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final int BACKLOG = 200;
  private static final int CONNECT_MILLIS_MAX = 2000;

  private final ServerSocket door;
  private final Supplier<Optional<InetSocketAddress>> target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile long delayNanos;
  private volatile boolean stopped;

  /// @param target where the next connection goes; empty when it is to be closed at once
  Proxy(Supplier<Optional<InetSocketAddress>> target) throws IOException {
    this.target = target;
    door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /// Ends every connection that is open, in the middle of whatever it carries.
  ///
  /// @return how many there were
  int cut() {
    Set<Socket> now = Set.copyOf(open);
    now.forEach(Proxy::end);
    return now.size() / 2;
  }

  /// Holds back each piece that passes for so long; zero for no delay.
  void delay(Duration each) {
    delayNanos = each.toNanos();
  }

  /// Lets nothing pass, and lets both ends believe that the other is there.
  void stop() {
    stopped = true;
  }

  void go() {
    stopped = false;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket near = door.accept();
        threads.execute(() -> connect(near));
      } catch (IOException closed) {
        var _ = cut();
      }
    }
  }

  private void connect(Socket near) {
    Optional<InetSocketAddress> to = target.get();
    if (to.isEmpty()) {
      end(near);
      return;
    }
    Socket far = new Socket();
    open.add(near);
    open.add(far);
    try {
      far.connect(to.get(), CONNECT_MILLIS_MAX);
      far.setTcpNoDelay(true);
      near.setTcpNoDelay(true);
      threads.execute(() -> pass(near, far));
      pass(far, near);
    } catch (IOException unreachable) {
      finish(near, far);
    }
  }

  /// Carries one direction until it ends, and then ends both.
  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[16 << 10];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hold();
        out.write(buffer, 0, read);
      }
    } catch (IOException ended) {
      // The other end is told below.
    } finally {
      finish(from, to);
    }
  }

  private void hold() {
    long delay = delayNanos;
    if (delay > 0) {
      LockSupport.parkNanos(delay);
    }
    while (stopped && !door.isClosed()) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private void finish(Socket one, Socket other) {
    end(one);
    end(other);
    open.remove(one);
    open.remove(other);
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is gone, which is what was wanted.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    var _ = cut();
    threads.shutdownNow();
  }
}
