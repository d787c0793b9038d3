package com.openagents.runtime.http;

import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.ISSUER_AWAY;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.MISSING;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.UNKNOWN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.access.Claims.Binding;
import com.openagents.runtime.access.Signer;
import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.oidc.TestToken;
import com.openagents.runtime.identity.Principal;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Calls to a service that asks which service calls.
class IdentifiedCallsTest {

  private static final String RUN = Started.path(1);

  private final Identified identified = new Identified();
  private final Service service = identified.service();

  @AfterEach
  void stop() {
    identified.close();
  }

  @Test
  void a_service_that_signs_and_shows_its_token_may_call() {
    assertThat(identified.client().post("/internal/v1/runs", Started.idle(1)).status())
        .isEqualTo(202);
    assertThat(identified.client().get(RUN).status()).isEqualTo(200);
    assertThat(
            service
                .client()
                .with("Authorization", "bEARER " + identified.token().text())
                .get(RUN)
                .status())
        .isEqualTo(200);
  }

  @Test
  void every_signed_call_asks_for_a_token_too() {
    for (Route route : service.routes()) {
      if (route.guard() == Guard.PUBLIC || route.guard() == Guard.LOCAL) {
        continue;
      }
      String target =
          route
              .path()
              .replace("{runId}", Started.runId(1).toString())
              .replace("{seq}", "1")
              .replace("{threadId}", "t")
              .replace("{number}", "1")
              .replace("{sink}", TestProjections.SINK)
              .replace("{stream}", TestProjections.STAYING);
      boolean posts = route.method() == Route.Method.POST;
      Reply reply =
          service
              .client()
              .operator()
              .send(route.method().name(), target, posts ? new byte[0] : null);

      assertThat(reply.refusal()).as("%s", route.path()).isEqualTo("401 unauthorized");
      assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
      assertThat(reply.string("error", "message")).isEqualTo(MISSING.message());
    }
    assertThat(service.identities().refused()).hasSizeGreaterThan(10).containsOnly(MISSING);
  }

  @Test
  void what_is_open_stays_open() {
    for (String target : new String[] {"/health/live", "/health/ready", "/metrics", "/docs"}) {
      assertThat(service.unsigned().get(target).status()).as(target).isEqualTo(200);
    }
  }

  @Test
  void a_token_replaces_no_signature_and_a_stranger_causes_no_look_at_the_issuer() {
    Reply reply =
        service.unsigned().with("Authorization", "Bearer " + identified.token().text()).get(RUN);

    assertThat(reply.refusal()).isEqualTo("401 unauthorized");
    assertThat(reply.header("WWW-Authenticate")).isEqualTo("OA-RUNTIME-SIGNATURE");
    assertThat(identified.issuer().asked()).isZero();
  }

  @Test
  void a_token_that_names_no_key_causes_no_look_at_the_issuer() {
    String token = identified.token().withoutHeader("kid").text();

    assertThat(identified.client(token).get(RUN).refusal()).isEqualTo("401 unauthorized");
    assertThat(service.identities().refused()).containsExactly(UNKNOWN_KEY);
    assertThat(identified.issuer().asked()).isZero();
  }

  @Test
  void who_has_no_token_uses_no_nonce_up() {
    identified.client().post("/internal/v1/runs", Started.idle(1));
    Principal user = new Principal.User(1);
    Binding binding = new Binding("GET", RUN, Digest.ofText(""), null, null, user);
    String header =
        new Signer(SigningKeys.parse(Service.KEYS), service.clock(), service.ids())
            .sign(binding, Set.of());
    Client signed = service.unsigned().with(Signer.HEADER, header);

    assertThat(signed.with("Authorization", "Bearer x.y.z").get(RUN).status()).isEqualTo(401);
    Client both = signed.with("Authorization", "Bearer " + identified.token().text());
    assertThat(both.get(RUN).status()).isEqualTo(200);
    assertThat(both.get(RUN).refusal()).isEqualTo("401 unauthorized");
  }

  @Test
  void the_body_of_an_unknown_service_is_not_even_asked_for() throws IOException {
    String target = "/internal/v1/runs/verify";
    Binding binding =
        new Binding("POST", target, Digest.ofText(""), null, null, new Principal.User(1));
    String header =
        new Signer(SigningKeys.parse(Service.KEYS), service.clock(), service.ids())
            .sign(binding, Set.of());
    try (RawConnection connection = new RawConnection(service)) {
      connection.send(
          "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nExpect: 100-continue\r\n"
                  .formatted(target)
              + "Content-Type: application/x-ndjson\r\nContent-Length: 30000000\r\n"
              + (Signer.HEADER + ": " + header + "\r\nAuthorization: Bearer x.y.z\r\n\r\n"));

      assertThat(connection.rest()).startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void two_tokens_are_no_token() throws IOException {
    String token = identified.token().text();
    Binding binding = new Binding("GET", RUN, Digest.ofText(""), null, null, new Principal.User(1));
    String header =
        new Signer(SigningKeys.parse(Service.KEYS), service.clock(), service.ids())
            .sign(binding, Set.of());
    try (RawConnection connection = new RawConnection(service)) {
      connection.send(
          "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n%s: %s\r\n"
                  .formatted(RUN, Signer.HEADER, header)
              + "X-OA-USER-ID: 1\r\nAuthorization: Bearer %s\r\nAuthorization: Bearer %s\r\n\r\n"
                  .formatted(token, token));

      assertThat(connection.rest()).startsWith("HTTP/1.1 401 ").contains("more than one");
    }
  }

  @Test
  void another_scheme_is_no_token() {
    for (String header :
        new String[] {"Basic dTpw", "Bearer", "Bearer ", identified.token().text()}) {
      assertThat(service.client().with("Authorization", header).get(RUN).refusal())
          .isEqualTo("401 unauthorized");
    }
  }

  @Test
  void an_issuer_that_is_away_is_a_reason_to_try_again() {
    identified.issuer().answerWith(500);
    Reply reply = identified.client().get(RUN);

    assertThat(reply.refusal()).isEqualTo("503 overloaded");
    assertThat(reply.header("Retry-After")).isEqualTo("10");
    assertThat(service.identities().refused()).containsExactly(ISSUER_AWAY);
  }

  @Test
  void the_audit_names_the_service() {
    identified.client().as(new Principal.User(1)).post("/internal/v1/runs", Started.idle(1));
    identified.client().as(null).operator().post(RUN + "/cancel", "{\"reason\":\"it runs away\"}");

    assertThat(identified.client().operator().get("/internal/v1/audit").text())
        .contains("\"operator:k1:" + TestToken.SUBJECT + "\"");
  }

  @Test
  void a_service_that_asks_for_no_token_does_not_look_at_one() {
    try (Service other = new Service(Service.Settings.SIGNED)) {
      other.client().post("/internal/v1/runs", Started.idle(1));
      for (String header : new String[] {"Bearer x.y.z", "Basic dTpw", ""}) {
        assertThat(other.client().with("Authorization", header).get(RUN).status()).isEqualTo(200);
      }
    }
  }
}
