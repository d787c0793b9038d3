package com.openagents.runtime.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G15")
class SecretMaskTest {
  private static final String OWN = "correct-horse";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer hunter2-hunter2",
        "authorization=Basic hunter2-hunter2",
        "got Bearer hunter2-hunter2 from",
        "{\"apiKey\":\"hunter2\",\"x\":1}",
        "password=hunter2&x=1",
        "Password: \"hunter2\"",
        "client_secret = hunter2",
        "Set-Cookie: hunter2",
        "at postgresql://u:hunter2@db/x",
        "at https://hunter2@host/x",
        "sk-hunter2hunter2",
        "eyJhbGciOi.hunter2.hunter2",
        "v1.eyJpYXQiOjE3MDAwMDAwMDB9.hunter2hunter2hunter2",
      })
  void what_looks_like_a_secret_is_taken_out(String text) {
    assertThat(new SecretMask(List.of()).masked(text))
        .doesNotContain("hunter2")
        .contains("[secret]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run 0190 waits for frames, 120 tokens so far",
        "signature summarise, artifact sha256:abc",
        "listening on http://127.0.0.1:4000/x?y=1",
        "wrote to user@example.org",
        "tokens=12 frames=3",
      })
  void ordinary_text_stays(String text) {
    assertThat(new SecretMask(List.of("abc")).masked(text)).isEqualTo(text);
  }

  @Test
  void our_own_secrets_are_taken_out_wherever_they_stand() {
    var failure = new IllegalStateException("no " + OWN, new Error(OWN));
    for (String written :
        List.of(
            LogLines.text(log -> log.info("x{}y", OWN), OWN),
            LogLines.json(log -> log.info("x{}y", OWN), OWN),
            LogLines.text(log -> log.atInfo().addKeyValue("k", OWN).log("m"), OWN),
            LogLines.json(log -> log.atInfo().addKeyValue("k", OWN).log("m"), OWN),
            LogLines.text(log -> log.warn("m", failure), OWN),
            LogLines.json(log -> log.warn("m", failure), OWN))) {
      assertThat(written).doesNotContain(OWN).contains("[secret]");
    }
  }

  @Test
  void a_value_is_known_by_its_name_too() {
    for (String written :
        List.of(
            LogLines.text(log -> log.atInfo().addKeyValue("password", "hunter2").log("m")),
            LogLines.json(log -> log.atInfo().addKeyValue("password", "hunter2").log("m")))) {
      assertThat(written).doesNotContain("hunter2").contains("[secret]");
    }
  }

  @Test
  void a_secret_within_another_is_taken_out_with_it() {
    var mask = new SecretMask(List.of("secret-1", "secret-1-long"));
    assertThat(mask.masked("a secret-1-long b")).isEqualTo("a [secret] b");
  }
}
