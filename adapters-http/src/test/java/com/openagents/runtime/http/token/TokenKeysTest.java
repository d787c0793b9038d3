package com.openagents.runtime.http.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.openagents.runtime.canon.Json;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G15")
class TokenKeysTest {

  private static String set(JWK... keys) {
    return new JWKSet(List.of(keys)).toString(false);
  }

  private static ECKey curve(String keyId) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(keyId).generate();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static RSAKey rsa(String keyId) {
    try {
      return new RSAKeyGenerator(2048).keyID(keyId).generate();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String d(JWK key) {
    return key instanceof RSAKey rsa
        ? rsa.getPrivateExponent().toString()
        : ((ECKey) key).getD().toString();
  }

  @Test
  void the_first_key_signs_and_all_are_published_without_their_private_parts() {
    ECKey first = curve("k1");
    RSAKey second = rsa("k2");
    TokenKeys keys = TokenKeys.parse(set(first, second));

    assertThat(keys.sign(Json.Obj.EMPTY).keyId()).isEqualTo("k1");
    assertThat(keys.algorithms()).containsExactly("ES256", "RS256");
    assertThat(keys.published())
        .containsExactly(
            Json.object()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("x", first.getX().toString())
                .put("y", first.getY().toString())
                .put("kid", "k1")
                .put("alg", "ES256")
                .put("use", "sig")
                .build(),
            Json.object()
                .put("kty", "RSA")
                .put("n", second.getModulus().toString())
                .put("e", "AQAB")
                .put("kid", "k2")
                .put("alg", "RS256")
                .put("use", "sig")
                .build());
    assertThat(keys.published().toString() + keys).doesNotContain(d(first), d(second));
  }

  @Test
  void behind_the_first_a_public_part_is_enough() {
    TokenKeys keys = TokenKeys.parse(set(curve("k1")).replace("]}", ",") + publicOf("old") + "]}");

    assertThat(keys.published()).hasSize(2);
  }

  private static String publicOf(String keyId) {
    return curve(keyId).toPublicJWK().toJSONString();
  }

  @Test
  void what_was_made_here_is_read_again_without_a_proof() {
    String made = TokenKeys.generate("k1", false);

    assertThat(TokenKeys.kept(made).published()).isEqualTo(TokenKeys.parse(made).published());
    assertThat(TokenKeys.kept(made).sign(Json.Obj.EMPTY).keyId()).isEqualTo("k1");
    assertThatThrownBy(() -> TokenKeys.kept("{\"keys\":[" + publicOf("k1") + "]}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("private part");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_key_is_announced_signs_and_stays_alone(boolean rsa) {
    TokenKeys old = TokenKeys.parse(TokenKeys.generate("old", false));
    TokenKeys announced = TokenKeys.parse(old.with("new", rsa));
    TokenKeys rotated = TokenKeys.parse(announced.rotated());
    TokenKeys retired = TokenKeys.parse(rotated.retired());

    assertThat(announced.sign(Json.Obj.EMPTY).keyId()).isEqualTo("old");
    assertThat(announced.published()).hasSize(2).startsWith(old.published().getFirst());
    assertThat(rotated.sign(Json.Obj.EMPTY).keyId()).isEqualTo("new");
    assertThat(rotated.algorithms().getFirst()).isEqualTo(rsa ? "RS256" : "ES256");
    assertThat(rotated.published()).containsExactlyInAnyOrderElementsOf(announced.published());
    assertThat(retired.published()).containsExactly(rotated.published().getFirst());
  }

  @Test
  void a_step_that_would_leave_no_key_that_signs_is_refused() {
    TokenKeys keys = TokenKeys.parse(TokenKeys.generate("k1", false));
    TokenKeys behind =
        TokenKeys.parse(set(curve("k1")).replace("]}", ",") + publicOf("old") + "]}");
    List<ThrowingCallable> steps =
        List.of(
            keys::retired,
            behind::rotated,
            () -> keys.with("k1", false),
            () -> keys.with("a b", false),
            () -> TokenKeys.generate("a b", false));

    assertThat(steps)
        .allSatisfy(step -> assertThatThrownBy(step).isInstanceOf(IllegalArgumentException.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "k1=c2VjcmV0",
        "{}",
        "[]",
        "{\"keys\":[]}",
        "{\"keys\":{}}",
        "{\"keys\":[{}]}",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"
      })
  void what_is_no_set_of_keys_is_refused(String text) {
    assertThatThrownBy(() -> TokenKeys.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keys_that_tokens_cannot_be_signed_with_are_refused_and_not_shown() throws Exception {
    ECKey good = curve("k1");
    ECKey whole = curve("k1");
    ECKey mixed =
        new ECKey.Builder(Curve.P_256, good.getX(), good.getY())
            .d(whole.getD())
            .keyID("k1")
            .build();
    refused(set(mixed), "does not belong", d(whole));
    refused(set(new ECKey.Builder(good).keyID(null).build()), "no kid", d(good));
    refused(set(new ECKey.Builder(good).keyID("a b").build()), "no kid", d(good));
    refused(set(new ECKey.Builder(good).keyUse(KeyUse.ENCRYPTION).build()), "use", d(good));
    refused(set(new ECKey.Builder(good).algorithm(JWSAlgorithm.ES384).build()), "an alg", d(good));
    refused(set(new ECKeyGenerator(Curve.P_384).keyID("k1").generate()), "P-256", "\"d\"");
    refused(set(new RSAKeyGenerator(1024, true).keyID("k1").generate()), "2048", "\"d\"");
    String secret = new OctetSequenceKey.Builder(new byte[32]).keyID("k1").build().toJSONString();
    refused("{\"keys\":[" + secret + "]}", "P-256", "AAAA");
    refused(set(good, good), "twice", d(good));
    refused("{\"keys\":[" + publicOf("k1") + "]}", "private part", "\"x\"");
  }

  private static void refused(String text, String why, String secret) {
    assertThatThrownBy(() -> TokenKeys.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .message()
        .doesNotContain(secret);
  }
}
