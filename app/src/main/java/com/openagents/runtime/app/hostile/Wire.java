package com.openagents.runtime.app.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A connection of somebody who sends anything and takes as little as it likes. For one thread, but
/// for [#close()].
final class Wire implements AutoCloseable {

  private static final byte[] ANSWER = "HTTP/1.1 ".getBytes(ISO_8859_1);
  private static final int CONNECT_MILLIS_MAX = 5_000;

  /// So small that the service soon feels a reader that takes nothing.
  private static final int RECEIVE_BUFFER = 4_096;

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Socket socket = new Socket();
  private final Tally tally;
  private final BooleanSupplier over;
  private @Nullable InputStream answers;

  /// @param over whether the attack is over
  Wire(Tally tally, BooleanSupplier over) {
    this.tally = tally;
    this.over = over;
  }

  void connect(InetSocketAddress at) throws IOException {
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    socket.setTcpNoDelay(true);
    socket.connect(at, CONNECT_MILLIS_MAX);
    tally.connected();
  }

  boolean goesOn() {
    return !over.getAsBoolean();
  }

  void send(String text) throws IOException {
    send(text.getBytes(ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    tally.sent(bytes.length);
  }

  /// Sends what asks for an answer.
  void request(String head) throws IOException {
    send(head);
    tally.requested();
  }

  /// Waits for the next answer and skips what is left of the one before.
  ///
  /// @return its status, or 0 when none came in time
  /// @throws EOFException when the service has closed the connection
  int hear(Duration patience) throws IOException {
    socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
    InputStream in = answers();
    try {
      int matched = 0;
      while (matched < ANSWER.length) {
        int next = read(in);
        matched = next == ANSWER[matched] ? matched + 1 : next == ANSWER[0] ? 1 : 0;
      }
      int status = 0;
      for (int digit = 0; digit < 3; digit++) {
        status = status * 10 + (read(in) - '0');
      }
      tally.answered(status);
      return status;
    } catch (SocketTimeoutException nothing) {
      return 0;
    }
  }

  private static int read(InputStream in) throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException("the service closed the connection");
    }
    return next;
  }

  private InputStream answers() throws IOException {
    InputStream in = answers == null ? new BufferedInputStream(socket.getInputStream()) : answers;
    answers = in;
    return in;
  }

  /// Takes whatever comes until the service closes the connection or the attack is over.
  void hold() throws IOException {
    while (goesOn()) {
      var _ = hear(Duration.ofSeconds(1));
    }
  }

  /// Takes nothing until the attack is over.
  void stall() {
    pause(Duration.ofDays(1));
  }

  void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (goesOn() && System.nanoTime() < end) {
      LockSupport.parkNanos(Math.min(LOOK_AGAIN.toNanos(), end - System.nanoTime()));
    }
  }

  /// Says that nothing more will be sent.
  void halfClose() throws IOException {
    socket.shutdownOutput();
  }

  /// Ends with a reset in place of an orderly end.
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // There is nothing left to end.
    }
  }
}
