package com.openagents.runtime.app.hostile;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Looks at a process again and again, and keeps the greatest that it saw.
final class Watch implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final long pid;
  private final Thread thread = Thread.ofPlatform().daemon().name("watch").unstarted(this::look);
  private Vitals peak = Vitals.NONE;
  private volatile boolean closed;

  private Watch(long pid) {
    this.pid = pid;
  }

  static Watch over(long pid) {
    Watch watch = new Watch(pid);
    watch.thread.start();
    return watch;
  }

  private void look() {
    while (!closed) {
      try {
        keep(Vitals.of(pid));
      } catch (IOException gone) {
        return;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private synchronized void keep(Vitals now) {
    peak = peak.atMost(now);
  }

  synchronized Vitals peak() {
    return peak;
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
