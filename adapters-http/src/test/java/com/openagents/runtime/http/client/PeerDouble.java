package com.openagents.runtime.http.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/// Whatever listens where a runtime should: it takes connections one after the other, and says to
/// each what a test wants, and nothing else.
final class PeerDouble implements AutoCloseable {

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Queue<Says> first = new ConcurrentLinkedQueue<>();
  private final List<List<String>> heads = new CopyOnWriteArrayList<>();
  private final List<Socket> silent = new ArrayList<>();
  private volatile Says always = new Says(answer(404), false);

  /// @param thenSilent whether the connection stays open behind it
  private record Says(String text, boolean thenSilent) {}

  PeerDouble() throws IOException {
    Thread.ofVirtual().start(this::serve);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  /// Says something on the next connection, and ends it.
  void says(String text) {
    first.add(new Says(text, false));
  }

  /// Says something on the next connection, and nothing more.
  void saysAndStays(String text) {
    first.add(new Says(text, true));
  }

  /// Says something on every connection that has nothing of its own, and ends it.
  void alwaysSays(String text) {
    always = new Says(text, false);
  }

  /// Says something on every connection that has nothing of its own, and nothing more.
  void alwaysSaysAndStays(String text) {
    always = new Says(text, true);
  }

  /// The request lines and headers of each connection.
  List<List<String>> heads() {
    return heads;
  }

  static String stream(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + body;
  }

  static String answer(int status) {
    return "HTTP/1.1 %d Some\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".formatted(status);
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        talk(door.accept());
      } catch (IOException gone) {
        // The next one comes, or the door is closed.
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    List<String> head = new ArrayList<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      head.add(line);
    }
    heads.add(head);
    Says own = first.poll();
    Says says = own == null ? always : own;
    socket.getOutputStream().write(says.text().getBytes(StandardCharsets.UTF_8));
    if (says.thenSilent()) {
      silent.add(socket);
    } else {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : silent) {
      socket.close();
    }
  }
}
