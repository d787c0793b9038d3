package com.openagents.runtime.canon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {

  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @Test
  void is_the_sha_256_of_the_canonical_form() {
    assertThat(Digest.ofText("")).isEqualTo(new Digest(EMPTY));
    assertThat(Digest.of(JsonReader.read("{ \"b\": 1.0, \"a\": [] }")))
        .isEqualTo(Digest.ofText("{\"a\":[],\"b\":1}"));
  }

  @Test
  void reads_its_published_form() {
    var digest = new Digest(EMPTY);
    assertThat(digest).hasToString("sha256:" + EMPTY);
    assertThat(Digest.parse("sha256:" + EMPTY)).isEqualTo(digest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        EMPTY,
        "sha256:",
        "sha512:" + EMPTY,
        "sha256:" + EMPTY + "0",
        "SHA256:" + EMPTY
      })
  void refuses_another_form(String text) {
    assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refuses_upper_case() {
    assertThatThrownBy(() -> Digest.parse("sha256:" + "A".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
