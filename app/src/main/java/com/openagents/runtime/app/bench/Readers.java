package com.openagents.runtime.app.bench;

import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Readers of many runs on one thread, each costing a socket and little more. They know that an
/// event came, and not what it says.
final class Readers implements AutoCloseable {

  private static final byte[] OK = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EVENT = "data:".getBytes(StandardCharsets.US_ASCII);
  private static final int READ_MAX = 64 * 1024;
  private static final long OPENING_SECONDS_MAX = 120;

  private final Selector selector;
  private final List<SocketChannel> channels = new ArrayList<>();
  private final Arrival arrival;
  private final boolean[] open;
  private final CountDownLatch opening;
  private final Thread thread = Thread.ofPlatform().name("readers").daemon().unstarted(this::work);
  private volatile boolean closed;

  /// Hears of events, on the readers' thread.
  @FunctionalInterface
  interface Arrival {

    /// @param reader the reader's place in the list of runs
    /// @param nanos when the bytes had been read, as [System#nanoTime()] tells it
    void came(int reader, long nanos);
  }

  private Readers(int count, Arrival arrival) throws IOException {
    this.selector = Selector.open();
    this.arrival = arrival;
    this.open = new boolean[count];
    this.opening = new CountDownLatch(count);
  }

  /// Opens a stream of each run and returns once each has told its first event, which does not
  /// count as an arrival.
  static Readers open(URI service, List<RunId> runs, Arrival arrival)
      throws IOException, InterruptedException {
    Readers readers = new Readers(runs.size(), arrival);
    InetSocketAddress at = new InetSocketAddress(service.getHost(), service.getPort());
    for (RunId runId : runs) {
      readers.connect(at, runId);
    }
    readers.thread.start();
    if (!readers.opening.await(OPENING_SECONDS_MAX, TimeUnit.SECONDS)) {
      readers.close();
      throw new IOException(readers.opening.getCount() + " streams did not open");
    }
    return readers;
  }

  private void connect(InetSocketAddress at, RunId runId) throws IOException {
    SocketChannel channel = SocketChannel.open(at);
    String request =
        """
        GET /internal/v1/runs/%s/stream?format=events HTTP/1.1\r
        Host: %s:%d\r
        Accept: text/event-stream\r
        X-OA-USER-ID: 1\r
        \r
        """
            .formatted(runId, at.getHostString(), at.getPort());
    channel.write(StandardCharsets.US_ASCII.encode(request));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, channels.size());
    channels.add(channel);
  }

  private void work() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(READ_MAX);
    try {
      while (!closed) {
        selector.select(key -> read(key, buffer));
      }
      for (SocketChannel channel : channels) {
        channel.close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(SelectionKey key, ByteBuffer buffer) {
    buffer.clear();
    try {
      if (((SocketChannel) key.channel()).read(buffer) < 0) {
        throw new IOException("the service ended a stream");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long now = System.nanoTime();
    int reader = (int) key.attachment();
    if (contains(buffer.flip(), EVENT)) {
      if (open[reader]) {
        arrival.came(reader, now);
      } else {
        open[reader] = true;
        opening.countDown();
      }
    } else if (!open[reader] && !contains(buffer, OK) && buffer.get(0) == OK[0]) {
      throw new IllegalStateException(
          "a stream was refused: " + StandardCharsets.UTF_8.decode(buffer));
    }
  }

  private static boolean contains(ByteBuffer buffer, byte[] wanted) {
    for (int at = 0; at <= buffer.limit() - wanted.length; at++) {
      int same = 0;
      while (same < wanted.length && buffer.get(at + same) == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return true;
      }
    }
    return false;
  }

  /// Returns when no reader is there any more, so that the service may go.
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
