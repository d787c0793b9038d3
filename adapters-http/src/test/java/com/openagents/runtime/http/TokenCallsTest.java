package com.openagents.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.access.Claims;
import com.openagents.runtime.access.Claims.Binding;
import com.openagents.runtime.access.Membership;
import com.openagents.runtime.access.Membership.Role;
import com.openagents.runtime.access.Signer;
import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.token.Revoked;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients get tokens for what their session proves, and for nothing else.
@Tag("G14")
class TokenCallsTest {

  private static final String CONVEX = "/api/convex/token";
  private static final String SYNC = "/api/sync/token";
  private static final Principal GUEST = new Principal.Guest("g-0123456789abcdef0123456789abcdef");
  private static final Membership ADMIN = new Membership("w-1", Role.ADMIN);

  private Service service = new Service(Service.Settings.SIGNED);

  @AfterEach
  void stop() {
    service.close();
  }

  private void restart(Trust trust) {
    service.close();
    service = new Service(Service.Settings.SIGNED.with(trust));
  }

  static Json.Obj part(String token, int index) {
    String part = token.split("\\.", -1)[index];
    return (Json.Obj) JsonReader.read(Base64.getUrlDecoder().decode(part));
  }

  /// Calls with claims that name a workspace.
  private Reply member(String path, String body, Membership membership) {
    byte[] bytes = body.getBytes(UTF_8);
    Instant now = service.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    Binding binding =
        new Binding("POST", path, Digest.of(bytes), null, null, new Principal.User(1));
    Claims claims =
        new Claims(
            now,
            now.plusSeconds(60),
            service.ids().next().toString(),
            "k1",
            binding,
            Set.of(),
            membership);
    String header =
        new Signer(SigningKeys.parse(Service.KEYS), service.clock(), service.ids()).sign(claims);
    return service.client().with(Signer.HEADER, header).post(path, body);
  }

  @Test
  void a_session_gets_a_token_for_convex() {
    Reply reply = service.client().send("POST", CONVEX, null);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.string("tokenType")).isEqualTo("Bearer");
    assertThat(reply.number("expiresIn")).isEqualTo(300);
    assertThat(reply.string("issuer")).isEqualTo(service.tokens().issuer());
    assertThat(reply.string("audience")).isEqualTo("openagents-convex");
    assertThat(reply.string("subject")).isEqualTo("user:1");
    assertThat(reply.string("claimsVersion")).isEqualTo("oa_convex_claims_v1");
    assertThat(reply.at("scope"))
        .isEqualTo(
            Json.array(
                List.of(
                    Json.of("runtime.run_summaries"),
                    Json.of("runtime.thread_summaries"),
                    Json.of("runtime.timeline_slices"))));
    String token = reply.string("token");
    assertThat(part(token, 0))
        .isEqualTo(Json.object().put("alg", "ES256").put("kid", "t1").put("typ", "JWT").build());
    assertThat(part(token, 1).get("sub")).isEqualTo(Json.of("user:1"));
    assertThat(part(token, 1).get("oa_user_id")).isEqualTo(Json.of(1));
  }

  @Test
  void a_session_gets_a_token_for_sync() {
    String body = "{\"scopes\":[\"runtime.notifications\"],\"ttlSeconds\":60}";
    Reply reply = service.client().post(SYNC, body);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.number("expiresIn")).isEqualTo(60);
    assertThat(reply.string("orgId")).isEqualTo("user:1");
    assertThat(reply.string("keyId")).isEqualTo("t1");
    assertThat(reply.at("scopes")).isEqualTo(Json.array(List.of(Json.of("runtime.notifications"))));
    assertThat(part(reply.string("token"), 1).get("aud")).isEqualTo(Json.of("openagents-sync"));
  }

  @Test
  void fields_may_be_spelled_as_other_mints_spell_them() {
    Reply reply =
        member(CONVEX, "{\"workspace_id\":\"w-1\",\"role\":\"admin\",\"ttl_seconds\":61}", ADMIN);

    assertThat(reply.number("expiresIn")).isEqualTo(61);
    assertThat(reply.string("workspaceId")).isEqualTo("w-1");
    assertThat(reply.string("role")).isEqualTo("admin");
  }

  @Test
  void signed_claims_prove_a_workspace_and_nothing_else_does() {
    Reply reply = member(CONVEX, "{}", ADMIN);
    assertThat(part(reply.string("token"), 1).get("oa_workspace_id")).isEqualTo(Json.of("w-1"));
    assertThat(part(reply.string("token"), 1).get("oa_role")).isEqualTo(Json.of("admin"));

    for (String path : List.of(CONVEX, SYNC)) {
      assertThat(member(path, "{\"role\":\"owner\"}", ADMIN).refusal()).isEqualTo("403 forbidden");
      assertThat(member(path, "{\"workspaceId\":\"w-2\"}", ADMIN).refusal())
          .isEqualTo("403 forbidden");
      assertThat(service.client().post(path, "{\"workspaceId\":\"w-1\"}").refusal())
          .isEqualTo("403 forbidden");
      assertThat(service.client().post(path, "{\"role\":\"member\"}").refusal())
          .isEqualTo("403 forbidden");
    }
    assertThat(service.tokens().heard()).contains("CONVEX NOT_A_MEMBER", "SYNC NOT_A_MEMBER");
  }

  @ParameterizedTest
  @ValueSource(strings = {CONVEX, SYNC})
  void without_a_session_there_is_none(String path) {
    assertThat(service.unsigned().post(path, "{}").refusal()).isEqualTo("401 unauthorized");
    assertThat(service.client().as(null).post(path, "{}").refusal()).isEqualTo("401 unauthorized");
    assertThat(service.client().as(null).operator().post(path, "{}").refusal())
        .isEqualTo("401 unauthorized");
    assertThat(service.unsigned().with("Authorization", "Bearer x.y.z").post(path, "{}").refusal())
        .isEqualTo("401 unauthorized");
    assertThat(service.client().as(null).with("X-OA-USER-ID", "2").post(path, "{}").refusal())
        .isEqualTo("403 forbidden");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'ttlSeconds':59}         | 422 unprocessable  | /ttlSeconds",
        "{'ttlSeconds':901}        | 422 unprocessable  | /ttlSeconds",
        "{'ttlSeconds':-300}       | 422 unprocessable  | /ttlSeconds",
        "{'ttlSeconds':'300'}      | 400 invalid_request | /ttlSeconds",
        "{'role':'root'}           | 422 unprocessable  | /role",
        "{'workspaceId':''}        | 422 unprocessable  | /workspaceId",
        "{'userId':2}              | 400 invalid_request | /userId",
        "{'sub':'user:2'}          | 400 invalid_request | /sub",
        "{'subject':'service:projector'} | 400 invalid_request | /subject"
      })
  void a_body_that_makes_no_sense_is_refused(String body, String refusal, String place) {
    for (String path : List.of(CONVEX, SYNC)) {
      Reply reply = service.client().post(path, body.replace('\'', '"'));

      assertThat(reply.refusal()).isEqualTo(refusal);
      assertThat(reply.paths()).containsExactly(place);
    }
  }

  @Test
  void a_scope_that_is_not_known_is_refused() {
    Reply convex = service.client().post(CONVEX, "{\"scope\":[\"runtime.everything\"]}");
    assertThat(convex.refusal()).isEqualTo("422 unprocessable");
    assertThat(convex.paths()).containsExactly("/scope/0");
    Reply sync =
        service
            .client()
            .post(SYNC, "{\"scopes\":[\"runtime.run_summaries\",\"runtime.run_summaries \"]}");
    assertThat(sync.refusal()).isEqualTo("422 unprocessable");
    assertThat(sync.paths()).containsExactly("/scopes/1");
  }

  @Test
  void guests_get_tokens_where_the_policy_says_so() {
    assertThat(service.client().as(GUEST).post(CONVEX, "{}").refusal()).isEqualTo("403 forbidden");
    assertThat(service.tokens().heard()).containsExactly("CONVEX GUEST");
    restart(Trust.USUAL.withGuests());
    Reply reply = service.client().as(GUEST).post(CONVEX, "{}");

    assertThat(reply.string("subject")).isEqualTo(GUEST.key());
    assertThat(part(reply.string("token"), 1).get("oa_guest_scope"))
        .isEqualTo(Json.of("g-0123456789abcdef0123456789abcdef"));
  }

  @Test
  void who_is_revoked_gets_none_until_it_ends() {
    Revoked user = new Revoked.Subject(new Principal.User(1));
    Instant until = service.clock().instant().plus(Duration.ofHours(1));
    service.store().revocations().revoke(user, until);

    assertThat(service.client().post(SYNC, "{}").refusal()).isEqualTo("403 forbidden");
    assertThat(service.tokens().heard()).containsExactly("SYNC REVOKED");
    service.store().revocations().lift(user);
    assertThat(service.client().post(SYNC, "{}").status()).isEqualTo(200);
  }

  @Test
  void a_subject_that_asks_too_often_is_told_to_wait() {
    restart(Trust.USUAL.withRate(2));
    service.client().post(CONVEX, "{}");
    service.client().post(SYNC, "{}");
    Reply third = service.client().post(CONVEX, "{}");

    assertThat(third.refusal()).isEqualTo("429 rate_limited");
    assertThat(Integer.parseInt(third.header("Retry-After"))).isBetween(1, 61);
    assertThat(service.client().as(new Principal.User(2)).post(CONVEX, "{}").status())
        .isEqualTo(200);
    assertThat(service.tokens().heard())
        .containsExactly("CONVEX ISSUED", "SYNC ISSUED", "CONVEX RATE_LIMITED", "CONVEX ISSUED");
  }

  @Test
  void while_nobody_can_tell_what_is_revoked_there_are_none_and_that_is_heard() {
    service.tokens().away();

    assertThat(service.client().post(CONVEX, "{}").refusal()).isEqualTo("503 overloaded");
    assertThat(service.client().post(SYNC, "{}").refusal()).isEqualTo("503 overloaded");
    assertThat(service.tokens().heard()).containsExactly("CONVEX OVERLOADED", "SYNC OVERLOADED");
  }

  @Test
  void without_keys_there_are_none_and_the_answer_says_what_to_set() {
    restart(Trust.USUAL.withoutKeys());
    Reply reply = service.client().post(CONVEX, "{}");

    assertThat(reply.refusal()).isEqualTo("503 not_configured");
    assertThat(reply.string("error", "message")).contains("OA_TOKEN_KEYS");
    assertThat(service.unsigned().get("/.well-known/jwks.json").refusal())
        .isEqualTo("503 not_configured");
  }

  @Test
  void where_another_service_mints_the_answer_says_which() {
    restart(Trust.USUAL.withoutKeys().issuedBy("https://laravel.example"));
    Reply reply = service.client().post(SYNC, "{}");

    assertThat(reply.refusal()).isEqualTo("503 not_configured");
    assertThat(reply.string("error", "message")).contains("https://laravel.example");
    assertThat(service.unsigned().get("/.well-known/openid-configuration").refusal())
        .isEqualTo("503 not_configured");
    assertThat(service.tokens().heard()).containsExactly("SYNC NOT_CONFIGURED");
  }

  @Test
  void in_development_the_principal_of_the_headers_is_believed() {
    service.close();
    service = new Service(Service.Settings.TRUSTING);

    assertThat(service.unsigned().as(new Principal.User(7)).post(CONVEX, "{}").string("subject"))
        .isEqualTo("user:7");
    assertThat(service.unsigned().as(null).post(CONVEX, "{}").string("subject"))
        .isEqualTo("user:1");
    assertThat(service.unsigned().post(CONVEX, "{\"workspaceId\":\"w-1\"}").refusal())
        .isEqualTo("403 forbidden");
  }
}
