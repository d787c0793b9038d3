package com.openagents.runtime.http;

import static com.openagents.runtime.access.Verdict.Reason.EXPIRED;
import static com.openagents.runtime.access.Verdict.Reason.ISSUED_IN_THE_FUTURE;
import static com.openagents.runtime.access.Verdict.Reason.LIVES_TOO_LONG;
import static com.openagents.runtime.access.Verdict.Reason.MALFORMED;
import static com.openagents.runtime.access.Verdict.Reason.UNKNOWN_KEY;
import static com.openagents.runtime.access.Verdict.Reason.WRONG_SIGNATURE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.openagents.runtime.access.Signer;
import com.openagents.runtime.access.Verdict.Reason;
import com.openagents.runtime.identity.Principal;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Tricks that other forms of signed tokens have fallen for. Where nothing else is said, the mac is
/// made with the live key, so that the trick alone is what is refused.
@Tag("scenario-27")
class HostileSignaturesTest {

  private static final String RUN = Started.path(1);

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

  private static Forgery forgery() {
    return new Forgery(service.clock().instant(), RUN);
  }

  @Test
  void what_the_forger_signs_without_a_trick_is_good() {
    assertThat(get(forgery().header()).status()).isEqualTo(200);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("KEY_IDS")
  void a_key_id_is_looked_up_among_the_live_keys_and_is_nothing_else(String keyId, Reason why) {
    refused(forgery().with("kid", keyId).header(), why);
    refused(forgery().with("kid", keyId).macBy(new byte[1]).header(), why);
  }

  static final List<Arguments> KEY_IDS =
      List.of(
          arguments("\"k9\"", UNKNOWN_KEY),
          arguments("\"\"", UNKNOWN_KEY),
          arguments("\"K1\"", UNKNOWN_KEY),
          arguments("\"k1 \"", UNKNOWN_KEY),
          arguments("\"k1\\n\"", UNKNOWN_KEY),
          arguments("\"k1,k2\"", UNKNOWN_KEY),
          arguments("\"../../../../dev/null\"", UNKNOWN_KEY),
          arguments("\"/proc/sys/kernel/randomize_va_space\"", UNKNOWN_KEY),
          arguments("\"file:///dev/null\"", UNKNOWN_KEY),
          arguments("\"http://169.254.169.254/keys\"", UNKNOWN_KEY),
          arguments("\"k1' or '1'='1\"", UNKNOWN_KEY),
          arguments("\"x' union select 'AA' --\"", UNKNOWN_KEY),
          arguments("\"k1|cat /etc/passwd\"", UNKNOWN_KEY),
          arguments("\"${jndi:ldap://127.0.0.1/k1}\"", UNKNOWN_KEY),
          arguments("\"" + "k".repeat(2_000) + "\"", UNKNOWN_KEY),
          arguments("\"" + "k".repeat(4_000) + "\"", MALFORMED),
          arguments("\"k1\\u0000\"", MALFORMED),
          arguments("1", MALFORMED),
          arguments("null", MALFORMED),
          arguments("true", MALFORMED),
          arguments("[\"k1\"]", MALFORMED),
          arguments("{\"kid\":\"k1\"}", MALFORMED),
          arguments("\"k1\",\"kid\":\"k1\"", MALFORMED));

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void nobody_but_the_server_chooses_the_algorithm(String trick, String header, Reason why) {
    refused(header, why);
  }

  static Stream<Arguments> nobody_but_the_server_chooses_the_algorithm() {
    Forgery good = forgery();
    String claims = good.claimsPart();
    String mac = good.macPart();
    return Stream.of(
        arguments("version v0", "v0." + claims + "." + mac, MALFORMED),
        arguments("version v2", "v2." + claims + "." + mac, MALFORMED),
        arguments("version V1", "V1." + claims + "." + mac, MALFORMED),
        arguments("version none", "none." + claims + ".", MALFORMED),
        arguments("version none, signed", "none." + claims + "." + mac, MALFORMED),
        arguments("no version", claims + "." + mac, MALFORMED),
        arguments("a scheme before it", "Bearer " + good.header(), MALFORMED),
        arguments("a fourth part", good.header() + "." + mac, MALFORMED),
        arguments("a token without algorithm", unsigned(claims), MALFORMED),
        arguments("a token of HS256", good.jwt(), MALFORMED),
        arguments("a claim that names none", good.with("alg", "\"none\"").header(), MALFORMED),
        arguments("a claim that names ours", good.with("alg", "\"HS256\"").header(), MALFORMED),
        arguments("a claim with a key", good.with("jwk", "{\"k\":\"AA\"}").header(), MALFORMED),
        arguments("no mac", "v1." + claims + ".", MALFORMED),
        arguments("no mac and no dot", "v1." + claims, MALFORMED),
        arguments("half a mac", "v1." + claims + "." + mac.substring(22), MALFORMED),
        arguments("a mac short of one", "v1." + claims + "." + mac.substring(1), MALFORMED),
        arguments("a longer mac", good.header() + "A", MALFORMED),
        arguments("a padded mac", good.header() + "=", MALFORMED),
        arguments("a mac of nothing", "v1." + claims + "." + "A".repeat(43), WRONG_SIGNATURE),
        arguments("another last bit", good.withOtherSpareBits(), WRONG_SIGNATURE),
        arguments("SHA-1", good.macOf("HmacSHA1").header(), MALFORMED),
        arguments("SHA-512", good.macOf("HmacSHA512").header(), MALFORMED),
        arguments("SHA-512/256", good.macOf("HmacSHA512/256").header(), WRONG_SIGNATURE),
        arguments("SHA3-256", good.macOf("HmacSHA3-256").header(), WRONG_SIGNATURE),
        arguments("the empty key", good.macBy(new byte[1]).header(), WRONG_SIGNATURE),
        arguments(
            "the key's text",
            good.macBy(Service.KEYS.substring(3).getBytes(UTF_8)).header(),
            WRONG_SIGNATURE),
        arguments("the key's id", good.macBy("k1".getBytes(UTF_8)).header(), WRONG_SIGNATURE),
        arguments("a hash without key", good.hashed(), WRONG_SIGNATURE),
        arguments("a mac of the version too", good.macOver("v1." + claims), WRONG_SIGNATURE),
        arguments("a mac of the decoded claims", good.macOver(good.json()), WRONG_SIGNATURE));
  }

  private static String unsigned(String claims) {
    return Forgery.encoded("{\"alg\":\"none\"}") + "." + claims + ".";
  }

  @ParameterizedTest(name = "{0}: {1}")
  @FieldSource("VALUES")
  void a_claim_has_one_type_and_one_meaning(String claim, String value, Reason why) {
    refused(forgery().with(claim, value).header(), why);
  }

  static final List<Arguments> VALUES =
      List.of(
          arguments("exp", "\"4102444800\"", MALFORMED),
          arguments("exp", "4102444800.5", MALFORMED),
          arguments("exp", "1e400", MALFORMED),
          arguments("exp", "1e16", MALFORMED),
          arguments("exp", "9007199254740993", MALFORMED),
          arguments("exp", "9".repeat(1_000), MALFORMED),
          arguments("exp", "NaN", MALFORMED),
          arguments("exp", "Infinity", MALFORMED),
          arguments("exp", "true", MALFORMED),
          arguments("exp", "null", MALFORMED),
          arguments("exp", "[4102444800]", MALFORMED),
          arguments("exp", "1,\"exp\":4102444800", MALFORMED),
          arguments("exp", "9007199254740991", LIVES_TOO_LONG),
          arguments("exp", "-9007199254740991", EXPIRED),
          arguments("exp", "0", EXPIRED),
          arguments("iat", "\"0\"", MALFORMED),
          arguments("iat", "0.5", MALFORMED),
          arguments("iat", "null", MALFORMED),
          arguments("iat", "0,\"iat\":0", MALFORMED),
          arguments("iat", "9007199254740991", ISSUED_IN_THE_FUTURE),
          arguments("iat", "-9007199254740991", LIVES_TOO_LONG),
          arguments("iat", "0", LIVES_TOO_LONG),
          arguments("nonce", "\"\"", MALFORMED),
          arguments("nonce", "1", MALFORMED),
          arguments("nonce", "null", MALFORMED),
          arguments("nonce", "[]", MALFORMED),
          arguments("nonce", "\"a b\"", MALFORMED),
          arguments("nonce", "\"a\\nb\"", MALFORMED),
          arguments("nonce", "\"ä\"", MALFORMED),
          arguments("nonce", "\"\\ud800\"", MALFORMED),
          arguments("nonce", "\"" + "n".repeat(129) + "\"", MALFORMED),
          arguments("userId", "\"1\"", MALFORMED),
          arguments("userId", "1,\"userId\":2", MALFORMED),
          arguments("userId", "0", MALFORMED),
          arguments("userId", "1.5", MALFORMED),
          arguments("guestScope", "\"g-0123456789abcdef0123456789abcdef\"", MALFORMED),
          arguments("roles", "\"operator\"", MALFORMED),
          arguments("roles", "{\"operator\":true}", MALFORMED),
          arguments("roles", "[1]", MALFORMED),
          arguments("role", "\"operator\"", MALFORMED),
          arguments("Exp", "4102444800", MALFORMED),
          arguments("nbf", "0", MALFORMED),
          arguments("method", "[\"GET\"]", MALFORMED),
          arguments("path", "null", MALFORMED),
          arguments("bodySha256", "\"\"", MALFORMED),
          arguments("bodySha256", "\"UNSIGNED-PAYLOAD\"", MALFORMED));

  @ParameterizedTest
  @FieldSource("NEEDED")
  void no_claim_of_a_signature_may_be_missing(String claim) {
    refused(forgery().without(claim).header(), MALFORMED);
  }

  static final List<String> NEEDED =
      List.of("iat", "exp", "nonce", "kid", "method", "path", "bodySha256");

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void claims_are_one_object_in_unpadded_base64url(String trick, String header) {
    refused(header, MALFORMED);
  }

  static Stream<Arguments> claims_are_one_object_in_unpadded_base64url() {
    String json = forgery().json();
    String padded = Base64.getUrlEncoder().encodeToString((json + " ").getBytes(UTF_8));
    byte[] outside = forgery().with("nonce", "\"~~~???~~~???~~~???\"").json().getBytes(UTF_8);
    String standard = Base64.getEncoder().withoutPadding().encodeToString(outside);
    assertThat(standard).containsAnyOf("+", "/");
    return Stream.of(
        arguments("nothing", Forgery.of("")),
        arguments("no JSON", Forgery.of("kid=k1")),
        arguments("cut short", Forgery.of(json.substring(1))),
        arguments("more behind it", Forgery.of(json + "{}")),
        arguments("a comment", Forgery.of(json + "// good")),
        arguments("a byte order mark", Forgery.of("\uFEFF" + json)),
        arguments("an array", Forgery.of("[" + json + "]")),
        arguments("a text", Forgery.of("\"" + json.replace("\"", "\\\"") + "\"")),
        arguments("null", Forgery.of("null")),
        arguments("nothing said", Forgery.of("{}")),
        arguments("deep", Forgery.of("[".repeat(2_500))),
        arguments("long", Forgery.of(json.replace("{", "{" + " ".repeat(4_000)))),
        arguments("padded", Forgery.ofPart(padded.endsWith("=") ? padded : padded + "=")),
        arguments("the standard alphabet", Forgery.ofPart(standard)),
        arguments("a length that base64 has not", Forgery.ofPart("AAAAA")),
        arguments("percent", Forgery.ofPart(Forgery.encoded(json).replace("e", "%65"))));
  }

  private static void refused(String header, Reason why) {
    Reply reply = get(header);
    assertThat(reply.refusal()).isEqualTo("401 unauthorized");
    assertThat(reply.string("error", "message")).isEqualTo(why.message());
    assertThat(reply.header("WWW-Authenticate")).isNotEmpty();
  }

  private static Reply get(String header) {
    return service.unsigned().as(new Principal.User(1)).with(Signer.HEADER, header).get(RUN);
  }
}
