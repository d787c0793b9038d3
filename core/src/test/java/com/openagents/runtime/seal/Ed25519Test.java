package com.openagents.runtime.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Ed25519Test {

  private static final byte[] EMPTY = {};

  private final Signer signer = Ed25519.signer(Keys.FIRST);

  @Test
  void signs_as_the_standard_does() {
    String expected =
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
            + "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
    assertThat(HexFormat.of().formatHex(Base64.getUrlDecoder().decode(signer.sign(EMPTY))))
        .isEqualTo(expected);
  }

  @Test
  void the_key_is_its_own_name() {
    assertThat(HexFormat.of().formatHex(Base64.getUrlDecoder().decode(signer.keyId())))
        .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  }

  @Test
  void a_signature_belongs_to_its_key_and_message() {
    String signature = signer.sign(EMPTY);
    assertThat(Ed25519.verifies(signer.keyId(), EMPTY, signature)).isTrue();
    assertThat(Ed25519.verifies(signer.keyId(), new byte[] {0}, signature)).isFalse();
    assertThat(Ed25519.verifies(Ed25519.signer(Keys.SECOND).keyId(), EMPTY, signature)).isFalse();
  }

  @Test
  void what_is_no_key_or_signature_verifies_nothing() {
    String signature = signer.sign(EMPTY);
    assertThat(Ed25519.verifies("", EMPTY, signature)).isFalse();
    assertThat(Ed25519.verifies("!", EMPTY, signature)).isFalse();
    assertThat(Ed25519.verifies(signer.keyId() + "AAAA", EMPTY, signature)).isFalse();
    assertThat(Ed25519.verifies(signer.keyId(), EMPTY, "")).isFalse();
    assertThat(Ed25519.verifies(signer.keyId(), EMPTY, signature + "=")).isFalse();
    assertThat(Ed25519.verifies("A".repeat(43), EMPTY, signature)).isFalse();
  }

  @Test
  void a_second_spelling_of_a_signature_is_refused() {
    String signature = signer.sign(EMPTY);
    char last = signature.charAt(signature.length() - 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    String other =
        signature.substring(0, signature.length() - 1)
            + alphabet.charAt(alphabet.indexOf(last) + 1);
    assertThat(Base64.getUrlDecoder().decode(other))
        .isEqualTo(Base64.getUrlDecoder().decode(signature));
    assertThat(Ed25519.verifies(signer.keyId(), EMPTY, other)).isFalse();
  }

  @Test
  void other_keys_are_refused() throws NoSuchAlgorithmException {
    KeyPair other = KeyPairGenerator.getInstance("X25519").generateKeyPair();
    assertThatThrownBy(() -> Ed25519.signer(other)).isInstanceOf(IllegalArgumentException.class);
  }
}
