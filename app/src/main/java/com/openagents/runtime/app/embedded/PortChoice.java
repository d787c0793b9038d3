package com.openagents.runtime.app.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/// The TCP port of the embedded PostgreSQL: chosen once and kept, so that addresses written down
/// somewhere stay true.
final class PortChoice {
  /// Below the ports that systems hand to outgoing connections, which could take it in a restart.
  private static final int LOWEST = 15_432;

  private static final int COUNT = 10_000;
  private static final int ATTEMPTS_MAX = 100;

  private PortChoice() {}

  /// The port noted in `file` while it is free, otherwise a new one, which is noted there.
  static int make(Path file, RandomGenerator random) throws IOException {
    int port = noted(file);
    for (int attempt = 0; attempt < ATTEMPTS_MAX && !free(port); attempt++) {
      port = LOWEST + random.nextInt(COUNT);
    }
    if (!free(port)) {
      throw new EmbeddedPostgresException(
          "No free port for PostgreSQL between %d and %d.".formatted(LOWEST, LOWEST + COUNT));
    }
    if (port != noted(file)) {
      Durable.writePrivately(file, port + "\n");
    }
    return port;
  }

  private static int noted(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    var text = Files.readString(file).strip();
    return text.matches("\\d{4,5}") ? Integer.parseInt(text) : 0;
  }

  private static boolean free(int port) {
    if (port < 1024 || port > 65_535) {
      return false;
    }
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
