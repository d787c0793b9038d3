package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.openagents.runtime.http.edge.EdgeSettings.RequestLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is no HTTP, or too much of it, is refused in the service's form or cut; nothing of the
/// server shows.
@Tag("scenario-24")
class HostileConnectionsTest {

  private static final String HOST = "Host: 127.0.0.1\r\nConnection: close\r\n";

  /// The body that it announces is longer than what drips within any deadline of the tests.
  private static final String HEAD_OF_BODY =
      """
      POST /internal/v1/runs HTTP/1.1\r
      Host: 127.0.0.1\r
      Content-Type: application/json\r
      Content-Length: 1000\r
      \r
      """;

  private static final Duration DEADLINE = Duration.ofMillis(400);

  private static Service service;

  @BeforeAll
  static void start() {
    service = service(Duration.ofSeconds(30));
  }

  private static Service service(Duration idle) {
    return new Service(
        Service.Settings.TRUSTING.with(
            new RequestLimits(1_000, 8 << 10, DEADLINE, DEADLINE, idle, 1 << 20, 1_000)));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest(name = "{0} → {1}")
  @MethodSource
  void is_refused(String name, int status, String code, String request) throws IOException {
    String answer = answer(request);

    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer).contains("\"code\":\"" + code + "\"", "\"requestId\":\"");
    assertThat(answer).doesNotContainIgnoringCase("jetty", "java", "exception", "<html", "at org.");
  }

  static Stream<Arguments> is_refused() {
    String get = "GET /health/live HTTP/1.1\r\n" + HOST;
    String post =
        "POST /internal/v1/runs HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\n";
    return Stream.of(
        arguments("no HTTP", 400, "invalid_request", "hello\r\n\r\n"),
        arguments("HTTP/0.9", 400, "invalid_request", "GET /health/live\r\n\r\n"),
        arguments("HTTP/0.9, said", 400, "invalid_request", "GET /health/live HTTP/0.9\r\n\r\n"),
        arguments("HTTP/2", 400, "invalid_request", "GET /health/live HTTP/2.0\r\n\r\n"),
        arguments("no host", 400, "invalid_request", "GET /health/live HTTP/1.1\r\n\r\n"),
        arguments("a header without name", 400, "invalid_request", get + ": x\r\n\r\n"),
        arguments("a folded header", 400, "invalid_request", get + "A: b\r\n c\r\n\r\n"),
        arguments(
            "two lengths",
            400,
            "invalid_request",
            post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"),
        arguments(
            "length and chunks",
            400,
            "invalid_request",
            post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}"),
        arguments("a negative length", 400, "invalid_request", post + "Content-Length: -1\r\n\r\n"),
        arguments(
            "a broken chunk",
            400,
            "invalid_request",
            post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
        arguments(
            "a broken escape in the query",
            400,
            "invalid_request",
            "GET /internal/v1/runs?% HTTP/1.1\r\n" + HOST + "\r\n"),
        arguments(
            "a broken escape in a value",
            400,
            "invalid_request",
            "GET /internal/v1/runs?limit=%31%zz HTTP/1.1\r\n" + HOST + "\r\n"),
        arguments(
            "a broken escape in the path",
            400,
            "invalid_request",
            "GET /internal/v1/runs/%zz HTTP/1.1\r\n" + HOST + "\r\n"),
        arguments(
            "a line break in the path",
            400,
            "invalid_request",
            "GET /internal/v1/threads/%0a/state HTTP/1.1\r\n" + HOST + "\r\n"),
        arguments(
            "dots in the path",
            400,
            "invalid_request",
            "GET /internal/v1/%2e%2e/%2e%2e/ HTTP/1.1\r\n" + HOST + "\r\n"),
        arguments(
            "too many headers",
            431,
            "headers_too_large",
            get + "A: " + "x".repeat(9_000) + "\r\n\r\n"),
        arguments(
            "too long a body", 413, "payload_too_large", post + "Content-Length: 1001\r\n\r\n"),
        arguments(
            "too many chunks",
            413,
            "payload_too_large",
            post
                + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n"
                + "x".repeat(1_001)
                + "\r\n0\r\n\r\n"));
  }

  @Test
  void too_long_a_path_is_refused() throws IOException {
    String answer = answer("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n" + HOST + "\r\n");

    assertThat(answer).containsAnyOf("\"uri_too_long\"", "\"headers_too_large\"");
    assertThat(answer).startsWith("HTTP/1.1 4");
  }

  @Test
  void a_head_is_no_way_around_the_guard() throws IOException {
    assertThat(answer("HEAD /internal/v1/runs HTTP/1.1\r\n" + HOST + "\r\n"))
        .startsWith("HTTP/1.1 405 ");
  }

  @Test
  void a_body_that_comes_too_slowly_is_cut() throws IOException {
    try (RawConnection connection = new RawConnection(service)) {
      connection.send(HEAD_OF_BODY);
      drip(connection);

      assertThat(connection.rest()).startsWith("HTTP/1.1 408 ").contains("request_timeout");
    }
  }

  @Test
  void a_body_that_does_not_come_is_cut_when_its_connection_has_been_idle() throws IOException {
    Service impatient = service(DEADLINE);
    try (RawConnection connection = new RawConnection(impatient)) {
      connection.send(HEAD_OF_BODY);

      assertThat(connection.rest()).startsWith("HTTP/1.1 408 ").contains("request_timeout");
    } finally {
      impatient.close();
    }
  }

  @Test
  void a_head_that_does_not_end_is_cut() throws IOException {
    try (RawConnection connection = new RawConnection(service)) {
      connection.send("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ");
      drip(connection);

      assertThat(connection.rest()).as("nothing was asked, so nothing is answered").isEmpty();
    }
  }

  @Test
  void a_connection_that_is_used_again_is_not_cut() throws IOException {
    try (RawConnection connection = new RawConnection(service)) {
      long until = System.nanoTime() + DEADLINE.multipliedBy(3).toNanos();
      while (System.nanoTime() < until) {
        connection.send("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        assertThat(connection.in().readNBytes(15)).asString().isEqualTo("HTTP/1.1 200 OK");
        int b = connection.in().read();
        while (b != '}') {
          assertThat(b).as("the rest of an answer").isNotNegative();
          b = connection.in().read();
        }
      }
    }
  }

  /// Sends a byte now and then until the server has had enough.
  private static void drip(RawConnection connection) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              LockSupport.parkNanos(20_000_000);
              connection.send("x");
            }
          } catch (IOException e) {
            // The server has closed the connection.
          }
        });
  }

  private static String answer(String request) throws IOException {
    try (RawConnection connection = new RawConnection(service)) {
      return connection.send(request).rest();
    }
  }
}
