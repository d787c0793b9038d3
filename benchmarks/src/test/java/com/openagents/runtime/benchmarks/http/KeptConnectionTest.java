package com.openagents.runtime.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptConnectionTest {

  private final Set<InetSocketAddress> callers = new HashSet<>();
  private HttpServer server;
  private KeptConnection connection;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/known", exchange -> answer(exchange, 200, 5));
    server.createContext("/chunked", exchange -> answer(exchange, 200, 0));
    server.createContext("/refused", exchange -> answer(exchange, 422, 5));
    server.start();
    connection =
        new KeptConnection(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    connection.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange, int status, long length) throws IOException {
    try (exchange) {
      callers.add(exchange.getRemoteAddress());
      byte[] asked = exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(status, length);

      exchange.getResponseBody().write(asked);
    }
  }

  @Test
  void one_connection_serves_answers_of_known_length_and_in_chunks() {
    assertThat(connection.post("/known", "12345").body()).isEqualTo("12345");
    assertThat(connection.post("/chunked", "abcde").body()).isEqualTo("abcde");
    assertThat(connection.post("/known", "54321").body()).isEqualTo("54321");
    assertThat(callers).hasSize(1);
  }

  @Test
  void what_was_refused_is_no_success() {
    Answer refused = connection.post("/refused", "12345");
    assertThat(refused.status()).isEqualTo(422);
    assertThatThrownBy(refused::successful).hasMessageContaining("422 12345");
  }
}
