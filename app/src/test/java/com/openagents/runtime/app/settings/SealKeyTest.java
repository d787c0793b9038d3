package com.openagents.runtime.app.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealKeyTest {
  /// RFC 8032, 7.1, test 2.
  private static final String PRIVATE =
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

  private static final String PUBLIC =
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

  private static final String SIGNATURE_OF_72 =
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

  private static KeyPair key() {
    byte[] seed = HexFormat.of().parseHex(PRIVATE);
    return SealKey.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(seed));
  }

  @Test
  void the_pair_is_the_one_of_the_standard() throws Exception {
    byte[] encoded = key().getPublic().getEncoded();
    assertThat(HexFormat.of().formatHex(encoded)).endsWith(PUBLIC);

    var signature = Signature.getInstance("Ed25519");
    signature.initSign(key().getPrivate());
    signature.update("r".getBytes(UTF_8));
    assertThat(HexFormat.of().formatHex(signature.sign())).isEqualTo(SIGNATURE_OF_72);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hunter22", "k=hunter22", "hunter22hunter22hunter22hunter22hunter22hunte+"})
  void other_forms_are_refused_without_repeating_them(String text) {
    assertThatThrownBy(() -> SealKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("hunter22");
  }
}
