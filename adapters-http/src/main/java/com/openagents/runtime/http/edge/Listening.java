package com.openagents.runtime.http.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;

/// A port that was taken, before anybody is served on it. Taking it early finds out what would have
/// to be taken back, and says which free one it is.
///
/// @param settings of the listener that is to serve on it
public record Listening(EdgeSettings settings, ServerSocketChannel channel)
    implements AutoCloseable {

  private static final int ACCEPT_QUEUE = 1_024;

  /// @throws ListenRefused when the port is taken
  public static Listening on(EdgeSettings settings) {
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      try {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(new InetSocketAddress(settings.host(), settings.port()), ACCEPT_QUEUE);
        return new Listening(settings, channel);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new ListenRefused(settings.host(), settings.port(), e);
    }
  }

  public int port() {
    return channel.socket().getLocalPort();
  }

  /// Gives the port back, unless it is served on; then nothing is done that its end would not do.
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
