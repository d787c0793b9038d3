package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.http.edge.EdgeSettings.RequestLimits;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.testkit.Drafts;
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
  private static final String GET = "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
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

  @Test
  void a_body_that_is_only_announced_takes_no_room() throws IOException {
    try (Service service = service(Service.Settings.TRUSTING, 1_500, 100);
        Socket one = open(service);
        Socket another = open(service)) {
      send(one, HEAD + "Content-Length: 1000\r\n\r\n");
      send(another, HEAD + "Transfer-Encoding: chunked\r\n\r\n");
      assertThat(post(service)).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void a_body_of_many_values_takes_the_room_of_what_is_read_from_it() throws IOException {
    try (Service service = service(Service.Settings.TRUSTING, 1_500, 100)) {
      assertThat(post(service, "[" + "1,".repeat(20) + "1]")).startsWith("HTTP/1.1 503 ");
      assertThat(post(service, "[" + " ".repeat(39) + "1]")).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void an_answer_takes_room_too() throws IOException {
    try (Service service = service(Service.Settings.TRUSTING, 40_000, 100)) {
      service.unsigned().post("/internal/v1/runs", Started.idle(1));
      String events = Started.path(1) + "/events";
      assertThat(service.unsigned().get(events).status()).isEqualTo(200);
      service.log().append(Drafts.deltas(Started.runId(1), Precondition.NONE, "x".repeat(36_000)));
      assertThat(service.unsigned().get(events).refusal()).isEqualTo("503 overloaded");
    }
  }

  @Test
  void connections_that_ask_for_nothing_make_room_for_others() throws IOException {
    RequestLimits impatient =
        new RequestLimits(1_000, 8 << 10, Duration.ofMillis(400), LONG, LONG, 1 << 20, 2);
    try (Service service = new Service(Service.Settings.TRUSTING.with(impatient));
        Socket _ = open(service);
        Socket _ = open(service);
        Socket waiting = open(service)) {
      waiting.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
      send(waiting, GET);
      assertThat(answer(waiting)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void connections_that_ask_for_nothing_stay_where_there_is_room() throws IOException {
    RequestLimits impatient =
        new RequestLimits(1_000, 8 << 10, Duration.ofMillis(100), LONG, LONG, 1 << 20, 100);
    try (Service service = new Service(Service.Settings.TRUSTING.with(impatient));
        Socket silent = open(service)) {
      silent.setSoTimeout(500);
      assertThatThrownBy(() -> answer(silent)).isInstanceOf(SocketTimeoutException.class);
      send(silent, GET);
      assertThat(answer(silent)).startsWith("HTTP/1.1 200 ");
    }
  }

  /// A connection whose body has come but for its end.
  private static Socket holding(Service service) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Socket socket = open(service);
      send(socket, HEAD + "Transfer-Encoding: chunked\r\n\r\n384\r\n" + "x".repeat(900));
      if (post(service).startsWith("HTTP/1.1 503 ")) {
        return socket;
      }
      socket.close();
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }

  @Test
  void connections_beyond_the_bound_wait_for_another_to_end() throws IOException {
    try (Service service = service(Service.Settings.TRUSTING, 1 << 20, 1);
        Socket waiting = new Socket()) {
      try (Socket first = open(service)) {
        send(first, GET);
        assertThat(answer(first)).startsWith("HTTP/1.1 200 ");
        waiting.connect(first.getRemoteSocketAddress());
        send(waiting, GET);
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
    return post(service, "x".repeat(1_000));
  }

  private static String post(Service service, String body) throws IOException {
    try (RawConnection connection = new RawConnection(service)) {
      String length = "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n";
      return connection.send(HEAD + length + body).rest();
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
