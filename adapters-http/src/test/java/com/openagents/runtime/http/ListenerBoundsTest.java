package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.http.edge.EdgeSettings.RequestLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What all callers together may take of a listener.
@Tag("scenario-24")
class ListenerBoundsTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String HEAD =
      "POST /internal/v1/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";

  private static Service service(
      Service.Settings settings, long bodiesBytesMax, int connectionsMax) {
    return new Service(
        settings.with(
            new RequestLimits(1_000, 8 << 10, LONG, LONG, LONG, bodiesBytesMax, connectionsMax)));
  }

  @Test
  void bodies_that_have_no_room_are_refused_until_there_is_some() throws IOException {
    try (Service service = service(Service.Settings.TRUSTING, 1_500, 100)) {
      try (Socket _ = holding(service)) {
        assertThat(post(service)).contains("Retry-After: 1", "\"overloaded\"");
      }
      assertThat(until(service, "HTTP/1.1 400 ")).contains("\"invalid_request\"");
    }
  }

  @Test
  void a_stranger_takes_no_room() throws IOException {
    try (Service service = service(Service.Settings.SIGNED, 1, 100)) {
      assertThat(post(service)).startsWith("HTTP/1.1 401 ");
      assertThat(service.client().post("/internal/v1/runs", Started.idle(1)).refusal())
          .isEqualTo("503 overloaded");
      assertThat(service.refused()).containsExactly("POST /internal/v1/runs bodies_bytes");
    }
  }

  /// A connection whose body has begun and takes the room of a whole one.
  private static Socket holding(Service service) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Socket socket = open(service);
      send(socket, HEAD + "Transfer-Encoding: chunked\r\n\r\n");
      if (post(service).startsWith("HTTP/1.1 503 ")) {
        return socket;
      }
      socket.close();
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }

  @Test
  void connections_beyond_the_bound_wait_for_another_to_end() throws IOException {
    String get = "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    try (Service service = service(Service.Settings.TRUSTING, 1 << 20, 1);
        Socket waiting = new Socket()) {
      try (Socket first = open(service)) {
        send(first, get);
        assertThat(answer(first)).startsWith("HTTP/1.1 200 ");
        waiting.connect(first.getRemoteSocketAddress());
        send(waiting, get);
        waiting.setSoTimeout(300);
        assertThatThrownBy(() -> answer(waiting)).isInstanceOf(SocketTimeoutException.class);
      }
      waiting.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
      assertThat(answer(waiting)).startsWith("HTTP/1.1 200 ");
    }
  }

  /// Sends a body until the answer begins as expected, and returns the last answer.
  private static String until(Service service, String expected) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String answer;
    do {
      answer = post(service);
    } while (!answer.startsWith(expected) && System.nanoTime() - deadline < 0);
    assertThat(answer).startsWith(expected);
    return answer;
  }

  private static String post(Service service) throws IOException {
    try (RawConnection connection = new RawConnection(service)) {
      String length = "Connection: close\r\nContent-Length: 1000\r\n\r\n";
      return connection.send(HEAD + length + "{}".repeat(500)).rest();
    }
  }

  private static Socket open(Service service) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), service.port());
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String answer(Socket socket) throws IOException {
    byte[] bytes = new byte[4_096];
    int read = socket.getInputStream().read(bytes);
    return new String(bytes, 0, Math.max(read, 0), StandardCharsets.ISO_8859_1);
  }
}
