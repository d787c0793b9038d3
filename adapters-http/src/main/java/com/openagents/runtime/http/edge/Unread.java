package com.openagents.runtime.http.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// What a refused request still sends. A client that is cut off while it sends may never read why
/// it was refused, so its bytes are taken and thrown away, within bounds.
final class Unread {

  private static final int BYTES_MAX = 16 << 20;
  private static final int BUFFER = 8 << 10;

  private final Duration timeout;

  /// @param timeout for all of it; a sender that needs longer is cut off
  Unread(Duration timeout) {
    this.timeout = timeout;
  }

  /// Takes the rest of a body, unless its sender waits to be asked for it or it is too long.
  void discard(HttpServletRequest request) {
    if (request.getHeader("Expect") != null || request.getContentLengthLong() > BYTES_MAX) {
      return;
    }
    long until = System.nanoTime() + timeout.toNanos();
    byte[] buffer = new byte[BUFFER];
    int left = BYTES_MAX;
    try {
      InputStream in = request.getInputStream();
      while (left > 0 && System.nanoTime() - until < 0) {
        int read = in.read(buffer);
        if (read < 0) {
          return;
        }
        left -= read;
      }
    } catch (IOException _) {
      // The sender is gone, and with it whoever would read the answer.
    }
  }
}
