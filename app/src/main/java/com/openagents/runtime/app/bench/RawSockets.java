package com.openagents.runtime.app.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a stream can cost at least: a server that writes the same bytes to each open socket, and
/// does nothing else.
final class RawSockets implements AutoCloseable {

  private static final int BACKLOG = 1_024;
  private static final int REQUEST_MAX = 4 << 10;
  private static final byte[] BEGIN =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: begun\n\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocketChannel listener;
  private final List<SocketChannel> open = new CopyOnWriteArrayList<>();

  RawSockets() throws IOException {
    listener =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    Thread.ofPlatform().name("raw").daemon().start(this::accept);
  }

  URI address() throws IOException {
    InetSocketAddress at = (InetSocketAddress) listener.getLocalAddress();
    return URI.create("http://" + at.getHostString() + ":" + at.getPort());
  }

  /// A request is one piece here, for a client on the same machine wrote it at once.
  private void accept() {
    ByteBuffer request = ByteBuffer.allocate(REQUEST_MAX);
    try {
      while (true) {
        SocketChannel channel = listener.accept();
        channel.read(request.clear());
        channel.write(ByteBuffer.wrap(BEGIN));
        open.add(channel);
      }
    } catch (IOException closed) {
      // Nobody comes any more.
    }
  }

  /// Writes to all who have come.
  void write(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (SocketChannel channel : open) {
      channel.write(buffer.rewind());
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (SocketChannel channel : open) {
      channel.close();
    }
  }
}
