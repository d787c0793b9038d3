package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.access.Claims;
import com.openagents.runtime.access.Claims.Binding;
import com.openagents.runtime.access.Signer;
import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.ThreadId;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Signatures as they are checked over HTTP.
@Tag("scenario-26")
class SignedCallsTest {

  private static final String RUN = Started.path(1);
  private static final Principal USER = new Principal.User(1);

  private static Service service;

  @BeforeAll
  static void start() {
    service = new Service(Service.Settings.SIGNED);
    service.client().post("/internal/v1/runs", Started.idle(1));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("signedRoutes")
  void every_call_of_the_api_asks_for_a_signature(Route route) {
    String target =
        route
            .path()
            .replace("{runId}", Started.runId(1).toString())
            .replace("{seq}", "1")
            .replace("{threadId}", "t")
            .replace("{number}", "1")
            .replace("{sink}", TestProjections.SINK)
            .replace("{stream}", TestProjections.STAYING);
    Reply reply =
        service
            .unsigned()
            .send(
                route.method().name(),
                target,
                route.method() == Route.Method.POST ? new byte[0] : null);

    assertThat(reply.refusal()).isEqualTo("401 unauthorized");
    assertThat(reply.header("WWW-Authenticate")).isNotEmpty();
  }

  static Stream<Route> signedRoutes() {
    return service.routes().stream()
        .filter(route -> route.guard() != Guard.PUBLIC && route.guard() != Guard.LOCAL);
  }

  @Test
  void everything_under_the_api_is_guarded() {
    assertThat(service.routes())
        .filteredOn(route -> route.path().startsWith("/internal/"))
        .isNotEmpty()
        .noneMatch(route -> route.guard() == Guard.PUBLIC || route.guard() == Guard.LOCAL);
  }

  @Test
  void a_signature_is_good_for_the_very_request() {
    assertThat(get(RUN, header(binding("GET", RUN))).status()).isEqualTo(200);
  }

  @Test
  void a_signature_is_used_up_by_its_request() {
    String header = header(binding("GET", RUN));
    get(RUN, header);

    assertThat(get(RUN, header).refusal()).isEqualTo("401 unauthorized");
  }

  @Test
  void a_signature_for_something_else_is_forbidden() {
    assertThat(get(RUN, header(binding("POST", RUN))).refusal()).isEqualTo("403 forbidden");
    assertThat(get(RUN, header(binding("GET", RUN + "/events"))).refusal())
        .isEqualTo("403 forbidden");
    assertThat(get(RUN + "/events?limit=1", header(binding("GET", RUN + "/events"))).refusal())
        .isEqualTo("403 forbidden");
    assertThat(
            get(RUN + "/events?limit=1", header(binding("GET", RUN + "/events?limit=2"))).refusal())
        .isEqualTo("403 forbidden");
    Binding body = new Binding("GET", RUN, Digest.ofText("{}"), null, null, USER);
    assertThat(get(RUN, header(body)).refusal()).isEqualTo("403 forbidden");
  }

  @Test
  void a_body_that_was_changed_is_forbidden() {
    String target = RUN + "/frames";
    String signed = Started.frame("f1", "pay 1");
    Binding binding = new Binding("POST", target, Digest.ofText(signed), null, null, USER);
    Reply reply =
        service
            .unsigned()
            .with(Signer.HEADER, header(binding))
            .post(target, signed.replace("pay 1", "pay 9"));

    assertThat(reply.refusal()).isEqualTo("403 forbidden");
  }

  @Test
  void the_body_of_a_stranger_is_not_even_asked_for() throws IOException {
    try (RawConnection connection = new RawConnection(service)) {
      connection.send(
          "POST /internal/v1/runs/verify HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
              + "Expect: 100-continue\r\nContent-Type: application/x-ndjson\r\n"
              + "Content-Length: 30000000\r\n"
              + Signer.HEADER
              + ": v1.e30.x\r\n\r\n");

      assertThat(connection.rest()).startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void a_header_for_another_principal_is_forbidden() {
    Reply reply =
        service
            .unsigned()
            .as(new Principal.User(2))
            .with(Signer.HEADER, header(binding("GET", RUN)))
            .get(RUN);

    assertThat(reply.refusal()).isEqualTo("403 forbidden");
  }

  @Test
  void a_call_for_nobody_is_unauthorized() {
    assertThat(service.client().as(null).get(RUN).refusal()).isEqualTo("401 unauthorized");
    assertThat(
            service
                .client()
                .as(null)
                .operator()
                .post("/internal/v1/runs", Started.idle(2))
                .refusal())
        .isEqualTo("401 unauthorized");
  }

  @Test
  void a_signature_that_has_expired_or_lives_too_long_is_unauthorized() {
    Instant now = service.clock().instant().truncatedTo(ChronoUnit.SECONDS);

    assertThat(get(RUN, header(timed(now.minusSeconds(120), now.minusSeconds(60)))).refusal())
        .isEqualTo("401 unauthorized");
    assertThat(get(RUN, header(timed(now.plusSeconds(90), now.plusSeconds(100)))).refusal())
        .isEqualTo("401 unauthorized");
    assertThat(get(RUN, header(timed(now, now.plusSeconds(301)))).refusal())
        .isEqualTo("401 unauthorized");
  }

  @Test
  void what_is_no_signature_is_unauthorized() {
    for (String header : new String[] {"", "x", "v1.e30.e30", "Bearer eyJhbGciOiJub25lIn0.e30."}) {
      assertThat(get(RUN, header).refusal()).isEqualTo("401 unauthorized");
    }
  }

  @Test
  void operators_calls_ask_for_their_role() {
    for (String target : new String[] {"audit", "nodes", "processes"}) {
      assertThat(service.client().get("/internal/v1/" + target).refusal())
          .isEqualTo("403 forbidden");
      assertThat(service.client().operator().get("/internal/v1/" + target).status()).isEqualTo(200);
    }
  }

  @Test
  void a_token_for_one_run_starts_no_other() {
    String target = "/internal/v1/runs";
    String body = Started.idle(3);
    Binding other = new Binding("POST", target, Digest.ofText(body), Started.runId(4), null, USER);
    Binding thread =
        new Binding("POST", target, Digest.ofText(body), null, new ThreadId("t"), USER);

    assertThat(service.unsigned().with(Signer.HEADER, header(other)).post(target, body).refusal())
        .isEqualTo("403 forbidden");
    assertThat(service.unsigned().with(Signer.HEADER, header(thread)).post(target, body).refusal())
        .isEqualTo("403 forbidden");
    Binding own = new Binding("POST", target, Digest.ofText(body), Started.runId(3), null, USER);
    assertThat(service.unsigned().with(Signer.HEADER, header(own)).post(target, body).status())
        .isEqualTo(202);
  }

  /// A session's token would outlive the call and reach everything that its user owns.
  @ParameterizedTest
  @CsvSource({
    "GET, /internal/v1/runs, 200",
    "GET, /internal/v1/audit, 200",
    "POST, /api/convex/token, 200",
    "POST, /api/sync/token, 200"
  })
  void a_token_for_one_run_or_thread_is_good_for_no_call_about_more(
      String method, String target, int otherwise) {
    String body = method.equals("POST") ? "{}" : "";
    Binding run = new Binding(method, target, Digest.ofText(body), Started.runId(1), null, USER);
    Binding thread =
        new Binding(method, target, Digest.ofText(body), null, new ThreadId("t"), USER);
    Binding neither = new Binding(method, target, Digest.ofText(body), null, null, USER);

    assertThat(send(run, body).refusal()).isEqualTo("403 forbidden");
    assertThat(send(thread, body).refusal()).isEqualTo("403 forbidden");
    assertThat(send(neither, body).status()).isEqualTo(otherwise);
  }

  private static Reply send(Binding binding, String body) {
    String header = signer().sign(binding, Set.of(Claims.OPERATOR));
    Client client = service.unsigned().as(USER).with(Signer.HEADER, header);
    return binding.method().equals("POST")
        ? client.post(binding.target(), body)
        : client.get(binding.target());
  }

  private static Reply get(String target, @Nullable String header) {
    return service.unsigned().with(Signer.HEADER, String.valueOf(header)).get(target);
  }

  private static Binding binding(String method, String target) {
    return new Binding(method, target, Digest.ofText(""), null, null, USER);
  }

  private static Claims timed(Instant issuedAt, Instant expiresAt) {
    String nonce = UUID.randomUUID().toString();
    return new Claims(issuedAt, expiresAt, nonce, "k1", binding("GET", RUN), Set.of(), null);
  }

  private static String header(Binding binding) {
    return signer().sign(binding, Set.of());
  }

  private static String header(Claims claims) {
    return signer().sign(claims);
  }

  private static Signer signer() {
    return new Signer(SigningKeys.parse(Service.KEYS), service.clock(), service.ids());
  }
}
