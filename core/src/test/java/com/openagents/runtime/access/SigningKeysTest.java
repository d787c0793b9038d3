package com.openagents.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeysTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "k1",
        "=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        "k 1=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        "k1=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8,",
        "k1=canary-secret",
        "k1=canary secret that is no base64url",
        "k1=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8,k1=HxwdHhscGRoYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgE"
      })
  void what_has_another_form_is_refused_without_repeating_the_secret(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKeys.parse(text))
        .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("canary", "AAEC"));
  }

  @Test
  void the_text_of_keys_has_their_ids_and_no_secret() {
    assertThat(SigningKeys.parse(Signed.FIRST + "," + Signed.SECOND))
        .hasToString("SigningKeys[k1, k2]");
  }

  @Test
  void a_secret_of_sixteen_bytes_is_long_enough() {
    assertThat(SigningKeys.parse("k1=AAECAwQFBgcICQoLDA0ODw")).hasToString("SigningKeys[k1]");
  }

  @Test
  void a_refusal_says_which_key_has_no_form() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKeys.parse(Signed.FIRST + ",k2"))
        .withMessageStartingWith("signing key 2 ");
  }

  @Test
  void nothing_is_signed_with_a_key_that_is_not_there() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Signed.by(Signed.SECOND, Signed.claims(Signed.BINDING)))
        .withMessageEndingWith("k1");
  }
}
