package com.openagents.runtime.http.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/// Writes bytes to one connection without ever blocking, whoever brings them.
///
/// What cannot be written now is held, up to a bound; the container tells when there is room again.
/// At any time at most one thread writes. Thread-safe.
final class Outlet implements WriteListener {

  private static final int WRITE_MAX = 64 << 10;

  /// Who may write next.
  private enum Turn {
    /// The container calls back when it can take more.
    CONTAINER,
    /// Nothing is held; whoever brings something writes it.
    ANYONE,
    /// A thread is writing.
    TAKEN
  }

  /// What happens to an outlet. Called without a lock held.
  interface Owner {
    /// Half of what was held has gone.
    void roomAgain();

    /// Everything was written, and nothing will follow.
    void finished();

    void broken(Throwable cause);
  }

  private final ServletOutputStream out;
  private final int heldMax;
  private final Owner owner;

  private final Queue<byte[]> held = new ArrayDeque<>(2);
  private int heldBytes;
  private int beingWritten;
  private boolean refused;
  private boolean last;
  private Turn turn = Turn.CONTAINER;
  private long progressAt = System.nanoTime();

  Outlet(ServletOutputStream out, int heldMax, Owner owner) {
    this.out = out;
    this.heldMax = heldMax;
    this.owner = owner;
  }

  /// Whether there is room; when there is none, [Owner#roomAgain()] follows.
  synchronized boolean hasRoom() {
    refused = heldBytes > heldMax;
    return !refused;
  }

  /// Whether bytes wait for the reader.
  synchronized boolean isHolding() {
    return heldBytes > 0;
  }

  /// The bytes that are in memory for the reader, what the container has not yet written included.
  synchronized int heldBytes() {
    return heldBytes + beingWritten;
  }

  /// When the last bytes went out, by [System#nanoTime()].
  synchronized long progressAt() {
    return progressAt;
  }

  void offer(byte[] bytes) {
    keep(bytes, false);
    flush();
  }

  /// Takes bytes that more may follow at once: they are written with these, by [#flush()] at the
  /// latest.
  void hold(byte[] bytes) {
    if (keep(bytes, false) >= WRITE_MAX) {
      flush();
    }
  }

  /// Takes the last bytes.
  void finish(byte[] bytes) {
    keep(bytes, true);
    flush();
  }

  /// @return the bytes that are held now
  private synchronized int keep(byte[] bytes, boolean isLast) {
    if (!last) {
      if (bytes.length > 0) {
        if (held.isEmpty() && turn == Turn.ANYONE) {
          progressAt = System.nanoTime();
        }
        held.add(bytes);
        heldBytes += bytes.length;
      }
      last = isLast;
    }
    return heldBytes;
  }

  /// Writes what is held, unless somebody does or the container is to call back.
  void flush() {
    synchronized (this) {
      if (turn != Turn.ANYONE || (held.isEmpty() && !last)) {
        return;
      }
      turn = Turn.TAKEN;
    }
    write();
  }

  @Override
  public void onWritePossible() {
    synchronized (this) {
      turn = Turn.TAKEN;
      beingWritten = 0;
    }
    write();
  }

  @Override
  public void onError(Throwable cause) {
    owner.broken(cause);
  }

  private void write() {
    try {
      byte[] bytes = take();
      while (bytes.length > 0) {
        out.write(bytes);
        if (!mayGoOn()) {
          return;
        }
        bytes = take();
      }
    } catch (IOException | RuntimeException e) {
      owner.broken(e);
    }
  }

  /// Gives the turn away before asking whether there is room, for when there is none the container
  /// may call back at once, on another thread.
  private boolean mayGoOn() {
    synchronized (this) {
      turn = Turn.CONTAINER;
      progressAt = System.nanoTime();
    }
    if (!out.isReady()) {
      return false;
    }
    synchronized (this) {
      turn = Turn.TAKEN;
      beingWritten = 0;
    }
    return true;
  }

  /// Takes what is held as one piece; when nothing is, ends the turn, unless nothing can follow.
  private byte[] take() {
    boolean ended;
    boolean room;
    byte[] bytes;
    synchronized (this) {
      bytes = piece();
      room = refused && heldBytes <= heldMax / 2;
      refused &= !room;
      ended = bytes.length == 0 && last;
      if (bytes.length == 0 && !last) {
        turn = Turn.ANYONE;
      }
    }
    if (room) {
      owner.roomAgain();
    }
    if (ended) {
      owner.finished();
    }
    return bytes;
  }

  private byte[] piece() {
    byte[] first = held.poll();
    if (first == null) {
      return new byte[0];
    }
    int length = first.length;
    if (!held.isEmpty() && length < WRITE_MAX) {
      byte[] joined = new byte[Math.min(heldBytes, WRITE_MAX)];
      System.arraycopy(first, 0, joined, 0, length);
      for (byte[] next = held.peek();
          next != null && length + next.length <= joined.length;
          next = held.peek()) {
        System.arraycopy(next, 0, joined, length, next.length);
        length += next.length;
        held.remove();
      }
      first = length == joined.length ? joined : Arrays.copyOf(joined, length);
    }
    heldBytes -= first.length;
    beingWritten = first.length;
    return first;
  }
}
