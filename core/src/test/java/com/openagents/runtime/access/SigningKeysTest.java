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
}
