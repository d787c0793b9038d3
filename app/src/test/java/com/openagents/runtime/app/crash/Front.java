package com.openagents.runtime.app.crash;

import com.openagents.runtime.app.machine.ServiceProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/// Stands before nodes as a load balancer does: passes each connection on to the node that it
/// points at, and ends it when that node is gone.
final class Front implements AutoCloseable {

  private final ServerSocket door;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final IntSupplier allowance;
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile URI node;

  private Front(URI node, IntSupplier allowance) throws IOException {
    this.node = node;
    this.allowance = allowance;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::open);
  }

  static Front before(ServiceProcess node) throws IOException {
    return new Front(node.address(), () -> Integer.MAX_VALUE);
  }

  /// @param allowance how many bytes the next connection brings back before it is cut
  static Front cutting(ServiceProcess node, IntSupplier allowance) throws IOException {
    return new Front(node.address(), allowance);
  }

  /// Where later connections go; those that are open stay where they are.
  void pointAt(ServiceProcess other) {
    node = other.address();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  /// How many connections used up their allowance.
  int cuts() {
    return cuts.get();
  }

  private void open() {
    try {
      while (true) {
        Socket caller = door.accept();
        threads.execute(() -> serve(caller));
      }
    } catch (IOException closed) {
      threads.shutdown();
    }
  }

  private void serve(Socket caller) {
    URI to = node;
    try (caller;
        Socket there = new Socket(to.getHost(), to.getPort())) {
      threads.execute(() -> ask(caller, there));
      if (pass(there.getInputStream(), caller.getOutputStream(), allowance.getAsInt())) {
        cuts.incrementAndGet();
      }
    } catch (IOException gone) {
      // Both connections are closed, which is all that either side can see of it.
    }
  }

  private static void ask(Socket caller, Socket there) {
    try {
      caller.getInputStream().transferTo(there.getOutputStream());
    } catch (IOException gone) {
      // The other direction ends too.
    }
  }

  /// Returns whether it ended because so many bytes had passed.
  private static boolean pass(InputStream from, OutputStream to, int most) throws IOException {
    byte[] buffer = new byte[8192];
    int left = most;
    while (left > 0) {
      int read = from.read(buffer, 0, Math.min(left, buffer.length));
      if (read < 0) {
        return false;
      }
      to.write(buffer, 0, read);
      left -= read;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    door.close();
    threads.shutdownNow();
  }
}
