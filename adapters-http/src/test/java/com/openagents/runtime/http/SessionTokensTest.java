package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.access.Signer;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.oidc.IdentityTokens;
import com.openagents.runtime.http.oidc.IdentityVerdict.Reason;
import com.openagents.runtime.http.oidc.IssuerDocuments;
import com.openagents.runtime.http.oidc.IssuerKeys;
import com.openagents.runtime.http.oidc.TestIssuer;
import com.openagents.runtime.http.oidc.TestKey;
import com.openagents.runtime.http.oidc.TestToken;
import com.openagents.runtime.http.oidc.TrustedIssuer;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A user's token of the identity provider proves a session, where a call is for sessions.
@Tag("G14")
class SessionTokensTest {

  private static final String CONVEX = "/api/convex/token";
  private static final TestKey KEY = TestKey.rsa("r1");

  private static TestIssuer issuer;
  private static IssuerDocuments documents;
  private static Service service;

  @BeforeAll
  static void start() {
    issuer = new TestIssuer();
    issuer.publish(KEY);
    documents = new IssuerDocuments(issuer.address());
    var keys = new IssuerKeys(documents, Runnable::run, () -> 0, new HeardIdentities());
    var trusted = new TrustedIssuer(issuer.address(), TestToken.AUDIENCE);
    var people = new IdentityTokens(trusted, keys, InstantSource.system());
    service = new Service(Service.Settings.SIGNED.with(Trust.USUAL.withPeople(people)));
  }

  @AfterAll
  static void stop() {
    service.close();
    documents.close();
    issuer.close();
  }

  private static TestToken token(String subject) {
    return TestToken.of(issuer.address(), KEY, service.clock().instant())
        .claim("sub", TestToken.quoted(subject));
  }

  private static Client bearer(String token) {
    return service.unsigned().as(null).with("Authorization", "Bearer " + token);
  }

  private static Reply mint(TestToken token) {
    return bearer(token.text()).post(CONVEX, "{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"user:42", "42"})
  void a_subject_that_is_a_user_is_that_user(String subject) {
    assertThat(mint(token(subject)).string("subject")).isEqualTo("user:42");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "service:projector",
        "guest:g-0123456789abcdef0123456789abcdef",
        "user:0",
        "user:-1",
        "user:042",
        "user:42 ",
        "user:9007199254740992",
        "auth0|42",
        "user:",
        "",
        "user:user:1"
      })
  void any_other_subject_gets_nothing(String subject) {
    assertThat(mint(token(subject)).refusal()).isEqualTo("403 forbidden");
  }

  @Test
  void the_provider_says_what_a_user_is_in_a_workspace() {
    TestToken member =
        token("42").claim("oa_workspace_id", "\"w-1\"").claim("oa_role", "\"owner\"");
    Reply reply = bearer(member.text()).post(CONVEX, "{\"workspaceId\":\"w-1\"}");

    assertThat(reply.string("workspaceId")).isEqualTo("w-1");
    assertThat(reply.string("role")).isEqualTo("owner");
    Json.Obj claims = TokenCallsTest.part(reply.string("token"), 1);
    assertThat(claims.get("oa_role")).isEqualTo(Json.of("owner"));
    assertThat(bearer(member.text()).post(CONVEX, "{\"workspaceId\":\"w-2\"}").refusal())
        .isEqualTo("403 forbidden");
    assertThat(mint(token("42").claim("oa_workspace_id", "null")).status()).isEqualTo(200);
  }

  @Test
  void claims_about_a_workspace_that_have_another_form_are_not_guessed_at() {
    assertThat(mint(token("42").claim("oa_workspace_id", "7")).refusal())
        .isEqualTo("403 forbidden");
    assertThat(mint(token("42").claim("oa_role", "\"owner\"")).refusal())
        .isEqualTo("403 forbidden");
    TestToken root = token("42").claim("oa_workspace_id", "\"w\"").claim("oa_role", "\"root\"");
    assertThat(mint(root).refusal()).isEqualTo("403 forbidden");
  }

  @Test
  void a_token_that_is_not_good_is_no_session() {
    long now = service.clock().instant().getEpochSecond();
    for (TestToken bad :
        new TestToken[] {
          token("42").claim("aud", "\"another\""),
          token("42").claim("iss", "\"https://another.example\""),
          token("42").claim("exp", Long.toString(now - 1)),
          token("42").claim("nbf", Long.toString(now + 600)),
          token("42").header("alg", "\"none\""),
          token("42").header("kid", "\"another\""),
          token("42").by(TestKey.rsa("r1"))
        }) {
      Reply reply = mint(bad);
      assertThat(reply.refusal()).isEqualTo("401 unauthorized");
      assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer error=\"invalid_token\"");
    }
    assertThat(service.identities().refused()).contains(Reason.WRONG_AUDIENCE);
  }

  @Test
  void without_any_proof_the_caller_is_told_how_to_bring_one() {
    Reply reply = service.unsigned().post(CONVEX, "{}");

    assertThat(reply.refusal()).isEqualTo("401 unauthorized");
    assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(bearer("x").with("Authorization", "Basic eDp5").post(CONVEX, "{}").refusal())
        .isEqualTo("401 unauthorized");
  }

  @Test
  void a_token_that_was_minted_here_mints_no_other() {
    String own = mint(token("42")).string("token");

    assertThat(bearer(own).post(CONVEX, "{}").refusal()).isEqualTo("401 unauthorized");
    assertThat(bearer(service.tokens().writer()).post(CONVEX, "{}").refusal())
        .isEqualTo("401 unauthorized");
  }

  @Test
  void headers_cannot_name_somebody_else() {
    Client client = bearer(token("42").text());

    assertThat(client.with("X-OA-USER-ID", "42").post(CONVEX, "{}").string("subject"))
        .isEqualTo("user:42");
    assertThat(client.with("X-OA-USER-ID", "43").post(CONVEX, "{}").refusal())
        .isEqualTo("403 forbidden");
    String guest = "g-0123456789abcdef0123456789abcdef";
    assertThat(client.with("X-OA-GUEST-SCOPE", guest).post(CONVEX, "{}").refusal())
        .isEqualTo("403 forbidden");
  }

  @Test
  void a_session_is_good_for_nothing_but_calls_for_sessions() {
    Client client = bearer(token("1").text());

    assertThat(client.get("/internal/v1/runs").refusal()).isEqualTo("401 unauthorized");
    assertThat(client.get("/internal/v1/audit").refusal()).isEqualTo("401 unauthorized");
  }

  @Test
  void a_signed_call_is_looked_at_as_one() {
    Client signed = service.client().with("Authorization", "Bearer " + token("42").text());

    assertThat(signed.post(CONVEX, "{}").string("subject")).isEqualTo("user:1");
    assertThat(signed.with(Signer.HEADER, "v1.x.y").post(CONVEX, "{}").refusal())
        .isEqualTo("401 unauthorized");
  }
}
