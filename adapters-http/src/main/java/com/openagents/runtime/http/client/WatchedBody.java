package com.openagents.runtime.http.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A body that is given up when a reader has waited too long for the next byte, because whoever
/// sends it may be gone without a word. What the reader does between two reads takes none of that
/// time. For one reader; a thread of its own watches over it until it is closed.
final class WatchedBody extends FilterInputStream {

  private final long silenceNanosMax;
  private final Thread watch = Thread.ofVirtual().name("silence").unstarted(this::watch);
  private volatile boolean waiting;
  private volatile long waitingSince;
  private volatile boolean closed;
  private volatile boolean silent;

  private WatchedBody(InputStream in, Duration silenceMax) {
    super(in);
    this.silenceNanosMax = silenceMax.toNanos();
  }

  static InputStream over(InputStream in, Duration silenceMax) {
    WatchedBody body = new WatchedBody(in, silenceMax);
    body.watch.start();
    return body;
  }

  private void watch() {
    while (!closed) {
      long left = waiting ? silenceNanosMax - (System.nanoTime() - waitingSince) : silenceNanosMax;
      if (left <= 0) {
        silent = true;
        giveUp();
        return;
      }
      LockSupport.parkNanos(left);
    }
  }

  /// Wakes the reader, too.
  private void giveUp() {
    try {
      in.close();
    } catch (IOException gone) {
      // It is gone, which is what was wanted.
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /// @throws IOException also after too long a silence
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    waitingSince = System.nanoTime();
    waiting = true;
    try {
      int read = in.read(into, offset, length);
      if (!silent) {
        return read;
      }
    } catch (IOException e) {
      if (!silent) {
        throw e;
      }
    } finally {
      waiting = false;
    }
    throw new IOException("nothing came for " + Duration.ofNanos(silenceNanosMax));
  }

  @Override
  public void close() throws IOException {
    closed = true;
    LockSupport.unpark(watch);
    in.close();
  }
}
