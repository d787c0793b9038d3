package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.openagents.runtime.http.access.TrustedCallers;
import com.openagents.runtime.http.edge.EdgeSettings;
import com.openagents.runtime.http.edge.EdgeSettings.RequestLimits;
import com.openagents.runtime.http.edge.HttpEdge;
import com.openagents.runtime.http.edge.Served;
import com.openagents.runtime.identity.Principal;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Without signing keys callers are believed, but only on this machine, and no web page is.
class DevelopmentModeTest {

  private static final String PAGE = "https://allowed.example.com";

  private static Service service;

  @BeforeAll
  static void start() {
    service = new Service(Service.Settings.TRUSTING.with(Set.of(PAGE)));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void a_caller_that_names_nobody_is_user_1() {
    Client nobody = service.unsigned().as(null);
    nobody.post("/internal/v1/runs", Started.idle(1));

    assertThat(nobody.get(Started.path(1)).number("userId")).isEqualTo(1);
  }

  @Test
  void a_header_names_another_and_tenants_stay_apart() {
    service.unsigned().post("/internal/v1/runs", Started.idle(2));

    assertThat(service.unsigned().as(new Principal.User(2)).get(Started.path(2)).refusal())
        .isEqualTo("404 not_found");
  }

  @ParameterizedTest
  @CsvSource({"X-OA-USER-ID, 0", "X-OA-USER-ID, -1", "X-OA-USER-ID, me", "X-OA-GUEST-SCOPE, g-1"})
  void a_header_that_names_nobody_is_unauthorized(String header, String value) {
    assertThat(service.unsigned().as(null).with(header, value).get(Started.path(1)).refusal())
        .isEqualTo("401 unauthorized");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example.com",
        "127.0.0.1.evil.example.com",
        "localhost.evil.example.com:80",
        "10.0.0.1",
        "[::2]:4000",
        ""
      })
  void a_name_that_was_rebound_to_this_machine_is_not_believed(String host) throws IOException {
    assertThat(answer("GET /internal/v1/runs HTTP/1.1\r\nHost: " + host + "\r\n"))
        .doesNotStartWith("HTTP/1.1 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:4000", "127.0.0.1:1", "[::1]", "[::1]:4000", "LOCALHOST"})
  void this_machines_own_names_are_believed(String host) throws IOException {
    assertThat(answer("GET /internal/v1/runs HTTP/1.1\r\nHost: " + host + "\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example.com", "null", "http://127.0.0.1:1", "http://localhost"})
  void a_page_of_elsewhere_may_not_call(String origin) {
    assertThat(service.unsigned().with("Origin", origin).get("/internal/v1/runs").refusal())
        .isEqualTo("403 forbidden");
    assertThat(
            service
                .unsigned()
                .with("Origin", origin)
                .with("Content-Type", "text/plain")
                .post("/internal/v1/runs", Started.idle(9))
                .refusal())
        .isEqualTo("403 forbidden");
  }

  @Test
  void a_page_of_its_own_may_call() {
    String own = "http://127.0.0.1:" + service.port();

    assertThat(service.unsigned().with("Origin", own).get("/internal/v1/runs").status())
        .isEqualTo(200);
  }

  @Test
  void a_page_that_is_allowed_may_call_and_is_told_so() {
    Reply reply = service.unsigned().with("Origin", PAGE).get("/internal/v1/runs");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
    assertThat(reply.header("Vary")).contains("Origin");
  }

  @Test
  void a_preflight_allows_what_streams_need() throws IOException {
    String answer =
        answer(
            "OPTIONS /internal/v1/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: "
                + PAGE
                + "\r\nAccess-Control-Request-Method: GET\r\n");

    assertThat(answer).startsWith("HTTP/1.1 204 ");
    assertThat(answer)
        .contains("Access-Control-Allow-Origin: " + PAGE, "Last-Event-ID", "Vary: Origin");
  }

  @Test
  void no_other_machine_is_listened_to() {
    EdgeSettings open = new EdgeSettings("0.0.0.0", 0, Set.of(), RequestLimits.DEFAULT);

    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            HttpEdge.start(
                open, List.of(), new TrustedCallers(), service.ids(), "test", Served.UNHEARD))
        .withMessageContaining("loopback");
  }

  private static String answer(String head) throws IOException {
    try (RawConnection connection = new RawConnection(service)) {
      return connection.send(head + "Connection: close\r\n\r\n").rest();
    }
  }
}
