package com.openagents.runtime.http;

import static com.openagents.runtime.http.Identified.CURVE;
import static com.openagents.runtime.http.Identified.RSA;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.EXPIRED;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.MALFORMED;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.NOT_YET;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.SUBJECT_NOT_ALLOWED;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.UNKNOWN_KEY;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.WRONG_AUDIENCE;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.WRONG_CLAIMS;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.WRONG_HEADER;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.WRONG_ISSUER;
import static com.openagents.runtime.http.oidc.IdentityVerdict.Reason.WRONG_SIGNATURE;
import static com.openagents.runtime.http.oidc.TestToken.encoded;
import static com.openagents.runtime.http.oidc.TestToken.quoted;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import com.openagents.runtime.http.oidc.IdentityVerdict.Reason;
import com.openagents.runtime.http.oidc.TestKey;
import com.openagents.runtime.http.oidc.TestToken;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Tricks that identity tokens have fallen for. Where nothing else is said, the token is signed
/// with the live key, so that the trick alone is what is refused.
@Tag("scenario-27")
class HostileIdentitiesTest {

  private static final String RUN = Started.path(1);
  private static final TestKey STRANGER = TestKey.rsa("r1");

  private static Identified identified;

  @BeforeAll
  static void start() {
    identified = new Identified();
    identified.client().post("/internal/v1/runs", Started.idle(1));
  }

  @AfterAll
  static void stop() {
    identified.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void what_the_issuer_signs_without_a_trick_is_good(String what, TestToken token) {
    assertThat(get(token.text()).status()).as(what).isEqualTo(200);
  }

  static Stream<Arguments> what_the_issuer_signs_without_a_trick_is_good() {
    TestToken good = identified.token();
    long now = now();
    return Stream.of(
        arguments("RS256", good),
        arguments("ES256", curve()),
        arguments("a type", good.header("typ", "\"JWT\"")),
        arguments("an access token's type", good.header("typ", "\"at+JWT\"")),
        arguments("another audience too", good.claim("aud", audiences("x", TestToken.AUDIENCE))),
        arguments("another subject", good.claim("sub", "\"other\"")),
        arguments("no time of issue", good.without("iat")),
        arguments("a clock that is ahead", good.claim("iat", Long.toString(now + 25))),
        arguments("valid soon", good.claim("nbf", Long.toString(now + 25))),
        arguments("claims of its own", good.claim("google", "{\"x\":[1.5]}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void the_key_decides_the_algorithm_and_the_issuer_the_key(String trick, String token, Reason why)
      throws Exception {
    refused(token, why);
  }

  static Stream<Arguments> the_key_decides_the_algorithm_and_the_issuer_the_key() throws Exception {
    TestToken good = identified.token();
    String unsigned = good.header("alg", "\"none\"").parts();
    String jwk = ((RSAKey) STRANGER.jwk()).toPublicJWK().toJSONString();
    String url = quoted(identified.issuer().address() + "/elsewhere");
    return Stream.of(
        arguments("alg none", unsigned + ".", MALFORMED),
        arguments("alg none, signed", unsigned + "." + RSA.sign(unsigned), MALFORMED),
        arguments("alg None", good.header("alg", "\"None\"").text(), WRONG_HEADER),
        arguments("alg rs256", good.header("alg", "\"rs256\"").text(), WRONG_HEADER),
        arguments("alg of nothing", good.header("alg", "\"\"").text(), WRONG_HEADER),
        arguments("no alg", good.withoutHeader("alg").text(), MALFORMED),
        arguments("alg null", good.header("alg", "null").text(), MALFORMED),
        arguments("alg number", good.header("alg", "256").text(), MALFORMED),
        arguments("two algs", twice(good), MALFORMED),
        arguments("HS256 by the public key's PEM", hmac(good, pem()), WRONG_HEADER),
        arguments("HS256 by the public key's bytes", hmac(good, der()), WRONG_HEADER),
        arguments("RS512", good.by(RSA.signing(JWSAlgorithm.RS512)).text(), WRONG_SIGNATURE),
        arguments("PS256", algorithm(good, RSA, JWSAlgorithm.PS256), WRONG_HEADER),
        arguments("RS512 said and done", algorithm(good, RSA, JWSAlgorithm.RS512), WRONG_HEADER),
        arguments("a curve's key as RS256", curve().header("alg", "\"RS256\"").text(), UNKNOWN_KEY),
        arguments("an RSA key as ES256", good.header("alg", "\"ES256\"").text(), UNKNOWN_KEY),
        arguments("a stranger's key", good.by(STRANGER).text(), WRONG_SIGNATURE),
        arguments("a key of its own", own(good, "jwk", jwk), WRONG_HEADER),
        arguments("an address of keys", own(good, "jku", url), WRONG_HEADER),
        arguments("an address of certificates", own(good, "x5u", url), WRONG_HEADER),
        arguments("certificates", own(good, "x5c", "[\"AAAA\"]"), WRONG_HEADER),
        arguments("a good key of its own", good.header("jku", url).text(), WRONG_HEADER),
        arguments("crit", good.header("crit", "[\"exp\"]").text(), WRONG_HEADER),
        arguments("crit of nothing", good.header("crit", "[]").text(), WRONG_HEADER),
        arguments("an unencoded payload", good.header("b64", "false").text(), WRONG_HEADER),
        arguments("a deep field", nested(good, 100), WRONG_HEADER),
        arguments("half a character", good.header("x", "\"\\ud800\"").text(), WRONG_HEADER),
        arguments("a field twice", good.header("x", "{\"y\":1,\"y\":2}").text(), WRONG_HEADER),
        arguments("a logout token", good.header("typ", "\"logout+jwt\"").text(), WRONG_HEADER),
        arguments("a psychic signature", psychic(), WRONG_SIGNATURE),
        arguments("no signature", good.parts() + ".", MALFORMED),
        arguments("another's signature", good.parts() + "." + RSA.sign("x.y"), WRONG_SIGNATURE),
        arguments("another bit", good.parts() + "." + flipped(good), WRONG_SIGNATURE),
        arguments("other claims", exchanged(good), WRONG_SIGNATURE));
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("KEY_IDS")
  void a_key_id_is_looked_up_among_the_issuers_keys_and_is_nothing_else(String keyId, Reason why) {
    refused(identified.token().header("kid", keyId).text(), why);
  }

  static final List<Arguments> KEY_IDS =
      List.of(
          arguments("\"\"", UNKNOWN_KEY),
          arguments("\"R1\"", UNKNOWN_KEY),
          arguments("\"r1 \"", UNKNOWN_KEY),
          arguments("\"c1\"", UNKNOWN_KEY),
          arguments("\"../../../../dev/null\"", UNKNOWN_KEY),
          arguments("\"/proc/sys/kernel/randomize_va_space\"", UNKNOWN_KEY),
          arguments("\"file:///dev/null\"", UNKNOWN_KEY),
          arguments("\"http://169.254.169.254/keys\"", UNKNOWN_KEY),
          arguments("\"r1' or '1'='1\"", UNKNOWN_KEY),
          arguments("\"x' union select 'AA' --\"", UNKNOWN_KEY),
          arguments("\"r1|cat /etc/passwd\"", UNKNOWN_KEY),
          arguments("\"${jndi:ldap://127.0.0.1/r1}\"", UNKNOWN_KEY),
          arguments("\"" + "k".repeat(4_000) + "\"", UNKNOWN_KEY),
          arguments("\"" + "k".repeat(9_000) + "\"", MALFORMED),
          arguments("null", UNKNOWN_KEY),
          arguments("1", MALFORMED),
          arguments("[\"r1\"]", MALFORMED),
          arguments("{\"kid\":\"r1\"}", MALFORMED));

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  void a_claim_has_one_type_and_one_meaning(String claim, String value, Reason why) {
    refused(identified.token().claim(claim, value).text(), why);
  }

  static Stream<Arguments> a_claim_has_one_type_and_one_meaning() {
    String issuer = identified.issuer().address().text();
    return Stream.of(
        arguments("iss", quoted(issuer + "/"), WRONG_ISSUER),
        arguments("iss", quoted(issuer.replace("127.0.0.1", "localhost")), WRONG_ISSUER),
        arguments("iss", quoted("https://issuer.example.com"), WRONG_ISSUER),
        arguments("iss", "[" + quoted(issuer) + "]", WRONG_CLAIMS),
        arguments("iss", "\"x\",\"iss\":" + quoted(issuer), WRONG_CLAIMS),
        arguments("aud", "\"https://other.example.com\"", WRONG_AUDIENCE),
        arguments("aud", quoted(TestToken.AUDIENCE + "/"), WRONG_AUDIENCE),
        arguments("aud", "\"\"", WRONG_AUDIENCE),
        arguments("aud", "[]", WRONG_AUDIENCE),
        arguments("aud", audiences("a", "b"), WRONG_AUDIENCE),
        arguments("aud", "[" + quoted(TestToken.AUDIENCE) + ",1]", WRONG_CLAIMS),
        arguments("aud", "{\"" + TestToken.AUDIENCE + "\":1}", WRONG_CLAIMS),
        arguments("aud", "null", WRONG_CLAIMS),
        arguments("exp", Long.toString(now() - 1), EXPIRED),
        arguments("exp", "0", EXPIRED),
        arguments("exp", "-1", EXPIRED),
        arguments("exp", "\"4102444800\"", WRONG_CLAIMS),
        arguments("exp", "4102444800.5", WRONG_CLAIMS),
        arguments("exp", "1e400", WRONG_CLAIMS),
        arguments("exp", "1e16", WRONG_CLAIMS),
        arguments("exp", "null", WRONG_CLAIMS),
        arguments("exp", "true", WRONG_CLAIMS),
        arguments("exp", "1,\"exp\":4102444800", WRONG_CLAIMS),
        arguments("nbf", Long.toString(now() + 3_600), NOT_YET),
        arguments("nbf", "\"0\"", WRONG_CLAIMS),
        arguments("iat", Long.toString(now() + 3_600), NOT_YET),
        arguments("iat", "[0]", WRONG_CLAIMS),
        arguments("sub", "1", WRONG_CLAIMS),
        arguments("sub", "[\"other\"]", WRONG_CLAIMS));
  }

  @ParameterizedTest
  @FieldSource("NEEDED")
  void no_claim_of_an_identity_may_be_missing(String claim) {
    refused(identified.token().without(claim).text(), WRONG_CLAIMS);
  }

  static final List<String> NEEDED = List.of("iss", "aud", "exp", "sub");

  @ParameterizedTest
  @FieldSource("SUBJECTS")
  void who_is_known_and_not_on_the_list_is_forbidden(String subject) {
    Reply reply = get(identified.token().claim("sub", quoted(subject)).text());

    assertThat(reply.refusal()).isEqualTo("403 forbidden");
    assertThat(reply.string("error", "message")).isEqualTo(SUBJECT_NOT_ALLOWED.message());
    assertThat(reply.header("WWW-Authenticate")).isEmpty();
  }

  static final List<String> SUBJECTS =
      List.of(
          "",
          "*",
          "nobody",
          TestToken.SUBJECT + " ",
          TestToken.SUBJECT + "-2",
          TestToken.SUBJECT.substring(1),
          "System:serviceaccount:chat:control-plane");

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void a_token_is_three_parts_of_unpadded_base64url(String trick, String token) {
    refused(token, MALFORMED);
  }

  static Stream<Arguments> a_token_is_three_parts_of_unpadded_base64url() {
    TestToken good = identified.token();
    String text = good.text();
    return Stream.of(
        arguments("nothing", ""),
        arguments("a word", "token"),
        arguments("two parts", good.parts()),
        arguments("four parts", text + ".AA"),
        arguments("an encrypted token", "e30.AA.AA.AA.AA"),
        arguments("padded", text + "="),
        arguments("a blank before it", " " + text),
        arguments("a blank in it", text.replaceFirst("\\.", ". ")),
        arguments("the standard alphabet", text.substring(0, text.length() - 4) + "+/+/"),
        arguments("JSON", "{\"payload\":\"\",\"signatures\":[]}"),
        arguments("a header of nothing", "." + good.claimsPart() + ".AA"),
        arguments("a header that is no JSON", signed(encoded("alg"), "e30")),
        arguments("a header that is a list", signed(encoded("[]"), "e30")),
        arguments("a deep header", signed(encoded("{\"x\":" + "[".repeat(5_000)), "e30")),
        arguments("longer than is read", good.claim("x", quoted("x".repeat(6_000))).text()));
  }

  @ParameterizedTest
  @FieldSource("PAYLOADS")
  void claims_are_one_object(String payload) {
    String header = identified.token().headerPart();
    refused(signed(header, encoded(payload)), WRONG_CLAIMS);
  }

  static final List<String> PAYLOADS =
      List.of("x", "null", "[]", "{}", "{\"iss\":", "{}{}", "\uFEFF{}", "[".repeat(3_000));

  private static TestToken curve() {
    return TestToken.of(
        identified.issuer().address(), CURVE, identified.service().clock().instant());
  }

  private static long now() {
    return identified.service().clock().instant().getEpochSecond();
  }

  private static String audiences(String... audiences) {
    return "[\"" + String.join("\",\"", audiences) + "\"]";
  }

  private static String signed(String header, String payload) {
    return header + "." + payload + "." + RSA.sign(header + "." + payload);
  }

  private static String own(TestToken good, String header, String value) {
    return good.header(header, value).by(STRANGER).text();
  }

  private static String algorithm(TestToken good, TestKey key, JWSAlgorithm algorithm) {
    return good.header("alg", quoted(algorithm.getName())).by(key.signing(algorithm)).text();
  }

  private static String nested(TestToken good, int depth) {
    return good.header("x", "[".repeat(depth) + "]".repeat(depth)).text();
  }

  private static String twice(TestToken good) {
    String header = encoded("{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"r1\"}");
    return signed(header, good.claimsPart());
  }

  /// Of zeros, which some verifiers take for a signature of anything.
  private static String psychic() {
    return curve().parts()
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
  }

  private static String flipped(TestToken good) {
    String signature = RSA.sign(good.parts());
    return (signature.startsWith("A") ? "B" : "A") + signature.substring(1);
  }

  private static String exchanged(TestToken good) {
    String other = good.claim("sub", "\"other\"").parts();
    return other + "." + RSA.sign(good.parts());
  }

  private static byte[] der() throws Exception {
    return ((RSAKey) RSA.jwk()).toPublicKey().getEncoded();
  }

  private static byte[] pem() throws Exception {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der());
    return ("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n").getBytes(UTF_8);
  }

  private static String hmac(TestToken good, byte[] secret) throws GeneralSecurityException {
    String parts = good.header("alg", "\"HS256\"").parts();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return parts
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(mac.doFinal(parts.getBytes(UTF_8)));
  }

  private static void refused(String token, Reason why) {
    int asked = identified.issuer().asked();
    Reply reply = get(token);
    assertThat(reply.refusal()).isEqualTo("401 unauthorized");
    assertThat(reply.string("error", "message")).isEqualTo(why.message());
    assertThat(reply.header("WWW-Authenticate"))
        .isEqualTo("Bearer error=\"invalid_token\", error_description=\"" + why.message() + "\"");
    assertThat(identified.service().identities().refused()).last().isEqualTo(why);
    assertThat(identified.issuer().asked()).as("the trick caused a fetch").isEqualTo(asked);
  }

  private static Reply get(String token) {
    return identified.client(token).get(RUN);
  }
}
