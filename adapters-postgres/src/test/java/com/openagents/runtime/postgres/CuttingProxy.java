package com.openagents.runtime.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Stands between a client and the server, and can keep the server's answers from the client.
public final class CuttingProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final int serverPort;
  private final String path;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean swallowing;

  public CuttingProxy(String url) {
    URI server = URI.create(url.substring("jdbc:".length()));
    this.serverPort = server.getPort();
    this.path = server.getPath();
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /// The database's address through the proxy.
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + listening.getLocalPort() + path;
  }

  /// From now on the server hears the client, and the client hears nothing.
  public void swallowAnswers() {
    swallowing = true;
  }

  /// Cuts every connection, and lets answers through on those that follow.
  public void cut() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
    swallowing = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        sockets.addAll(List.of(client, server));
        Thread.ofVirtual().start(() -> copy(client, server, false));
        Thread.ofVirtual().start(() -> copy(server, client, true));
      }
    } catch (IOException closed) {
      swallowing = false;
    }
  }

  private void copy(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[16_384];
    try (from;
        to) {
      int read = from.getInputStream().read(buffer);
      while (read >= 0) {
        if (!answers || !swallowing) {
          to.getOutputStream().write(buffer, 0, read);
          to.getOutputStream().flush();
        }
        read = from.getInputStream().read(buffer);
      }
    } catch (IOException cut) {
      sockets.removeAll(List.of(from, to));
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }
}
