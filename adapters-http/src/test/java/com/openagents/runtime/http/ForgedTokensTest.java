package com.openagents.runtime.http;

import static com.openagents.runtime.http.oidc.TestToken.encoded;
import static com.openagents.runtime.http.oidc.TestToken.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.openagents.runtime.http.oidc.IssuerAddress;
import com.openagents.runtime.http.oidc.TestKey;
import com.openagents.runtime.http.oidc.TestToken;
import com.openagents.runtime.http.token.TokenKeys;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.token.Revoked;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Which tokens of clients our own surfaces take. Where nothing else is said, the token is signed
/// with the live key, so that the trick alone is what is refused.
@Tag("G14")
class ForgedTokensTest {

  private static final TestKey KEY = TestKey.curve("t1");
  private static final TestKey STRANGER = TestKey.curve("t1");

  private static Service service;

  @BeforeAll
  static void start() {
    String keys = "{\"keys\":[" + KEY.jwk().toJSONString() + "]}";
    service = new Service(Service.Settings.SIGNED.with(Trust.USUAL.with(TokenKeys.parse(keys))));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /// A token for sync as it is minted, put together by hand.
  private static TestToken token() {
    return TestToken.of(
            new IssuerAddress(service.tokens().issuer()), KEY, service.clock().instant())
        .claim("aud", quoted(TestTokens.SYNC))
        .claim("sub", "\"user:1\"")
        .claim("jti", "\"j-1\"")
        .claim("oa_claims_version", "\"oa_sync_claims_v1\"")
        .claim("oa_sync_scopes", "[\"runtime.run_summaries\"]");
  }

  private static Reply introspect(String kind, String token) {
    String body = "{\"kind\":\"%s\",\"token\":\"%s\"}".formatted(kind, token);
    return service.client().as(null).operator().post("/internal/v1/tokens/introspect", body);
  }

  private static String reason(String kind, String token) {
    Reply reply = introspect(kind, token);
    assertThat(reply.string("verdict")).isEqualTo("bad");
    return reply.string("reason");
  }

  @Test
  void what_was_minted_is_good_for_what_it_is_for_and_for_nothing_else() {
    String sync = service.client().post("/api/sync/token", "{}").string("token");
    String convex = service.client().post("/api/convex/token", "{}").string("token");
    Reply good = introspect("sync", sync);

    assertThat(good.string("verdict")).isEqualTo("good");
    assertThat(good.string("subject")).isEqualTo("user:1");
    assertThat(good.string("scopes", 0)).isEqualTo("runtime.run_summaries");
    assertThat(introspect("convex", convex).string("verdict")).isEqualTo("good");
    assertThat(reason("convex", sync)).isEqualTo("wrong_audience");
    assertThat(reason("sync", convex)).isEqualTo("wrong_audience");
    for (String kind : List.of("convex", "sync")) {
      assertThat(reason(kind, service.tokens().writer())).isEqualTo("wrong_audience");
    }
  }

  @Test
  void a_token_put_together_by_hand_is_good_without_a_trick() {
    assertThat(introspect("sync", token().text()).string("verdict")).isEqualTo("good");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void tricks_are_refused(String trick, String token, String reason) {
    assertThat(reason("sync", token)).as(trick).isEqualTo(reason);
  }

  static Stream<Arguments> tricks_are_refused() {
    TestToken good = token();
    long now = service.clock().instant().getEpochSecond();
    String none = good.header("alg", "\"none\"").parts();
    String own = ((ECKey) STRANGER.jwk()).toPublicJWK().toJSONString();
    return Stream.of(
        Arguments.of("alg none", none + ".", "malformed"),
        Arguments.of("alg none, signed", none + "." + KEY.sign(none), "malformed"),
        Arguments.of("alg None", good.header("alg", "\"None\"").text(), "wrong_header"),
        Arguments.of("alg HS256", good.header("alg", "\"HS256\"").text(), "wrong_header"),
        Arguments.of("another alg", good.header("alg", "\"RS256\"").text(), "unknown_key"),
        Arguments.of("no kid", good.withoutHeader("kid").text(), "unknown_key"),
        Arguments.of("another kid", good.header("kid", "\"t2\"").text(), "unknown_key"),
        Arguments.of("a path", good.header("kid", "\"../t1\"").text(), "unknown_key"),
        Arguments.of("a stranger's key", good.by(STRANGER).text(), "wrong_signature"),
        Arguments.of("jwk", good.header("jwk", own).by(STRANGER).text(), "wrong_header"),
        Arguments.of("crit", good.header("crit", "[\"exp\"]").text(), "wrong_header"),
        Arguments.of("no signature", good.parts() + ".", "malformed"),
        Arguments.of("other claims", exchanged(good), "wrong_signature"),
        Arguments.of("nothing", "x", "malformed"),
        Arguments.of("iss", good.claim("iss", "\"https://x.example\"").text(), "wrong_issuer"),
        Arguments.of("aud", good.claim("aud", "\"another\"").text(), "wrong_audience"),
        Arguments.of("exp", good.claim("exp", Long.toString(now - 1)).text(), "expired"),
        Arguments.of("nbf", good.claim("nbf", Long.toString(now + 99)).text(), "not_yet"),
        Arguments.of("no jti", good.without("jti").text(), "wrong_claims"),
        Arguments.of("a service", good.claim("sub", "\"service:x\"").text(), "wrong_claims"),
        Arguments.of("no user", good.claim("sub", "\"user:x\"").text(), "wrong_claims"),
        Arguments.of("no scopes", good.without("oa_sync_scopes").text(), "wrong_claims"),
        Arguments.of(
            "an odd scope", good.claim("oa_sync_scopes", "[\"x\"]").text(), "wrong_claims"),
        Arguments.of(
            "another version",
            good.claim("oa_claims_version", "\"oa_convex_claims_v1\"").text(),
            "wrong_claims"),
        Arguments.of(
            "an odd role",
            good.claim("oa_workspace_id", "\"w\"").claim("oa_role", "\"root\"").text(),
            "wrong_claims"));
  }

  private static String exchanged(TestToken good) {
    String[] parts = good.text().split("\\.", -1);
    return parts[0] + "." + encoded("{\"sub\":\"user:2\"}") + "." + parts[2];
  }

  @Test
  void a_revoked_token_is_refused_by_its_id_and_by_its_subject() {
    var until = service.clock().instant().plusSeconds(900);
    var revocations = service.store().revocations();
    String one = token().claim("jti", "\"j-2\"").claim("sub", "\"user:2\"").text();
    String other = token().claim("jti", "\"j-3\"").claim("sub", "\"user:2\"").text();
    revocations.revoke(new Revoked.TokenId("j-2"), until);

    assertThat(reason("sync", one)).isEqualTo("revoked");
    assertThat(introspect("sync", other).string("verdict")).isEqualTo("good");
    revocations.revoke(new Revoked.Subject(new Principal.User(2)), until);
    assertThat(reason("sync", other)).isEqualTo("revoked");
    assertThat(introspect("sync", token().text()).string("verdict")).isEqualTo("good");
  }
}
