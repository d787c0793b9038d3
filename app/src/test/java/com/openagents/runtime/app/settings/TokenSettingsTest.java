package com.openagents.runtime.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openagents.runtime.http.token.TokenKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The settings of tokens, and what they demand of each other.
class TokenSettingsTest {

  private static final String SIGNING = "k1=MDEyMzQ1Njc4OWFiY2RlZg";
  private static final String KEYS = TokenKeys.generate("t1", false);

  private static Settings read(String... namesAndValues) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Settings.read(environment);
  }

  private static List<String> problems(String... namesAndValues) {
    SettingsRefused refused =
        catchThrowableOfType(SettingsRefused.class, () -> read(namesAndValues));
    return refused.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void without_any_there_are_defaults() {
    Settings settings = read();

    assertThat(settings.find(TokenCatalog.PUBLIC_HTTP_PORT)).isEmpty();
    assertThat(settings.get(TokenCatalog.PUBLIC_HTTP_HOST)).isEqualTo("127.0.0.1");
    assertThat(settings.get(TokenCatalog.CONVEX_AUDIENCE)).isEqualTo("openagents-convex");
    assertThat(settings.get(TokenCatalog.SYNC_AUDIENCE)).isEqualTo("openagents-sync");
    assertThat(settings.get(TokenCatalog.CONVEX_WRITER_AUDIENCE))
        .isEqualTo("openagents-convex-writer");
    assertThat(settings.get(TokenCatalog.TOKEN_GUESTS)).isFalse();
    assertThat(settings.get(TokenCatalog.TOKEN_RATE)).isEqualTo(60);
  }

  @Test
  void keys_are_read_and_their_secret_parts_kept_out_of_logs() {
    Settings settings = read("OA_TOKEN_KEYS", KEYS);
    String secret = KEYS.replaceAll(".*\"d\":\"([^\"]+)\".*", "$1");

    assertThat(settings.find(TokenCatalog.TOKEN_KEYS)).isPresent();
    assertThat(secret).hasSize(43);
    assertThat(settings.secretTexts()).contains(KEYS, secret);
  }

  @Test
  @Tag("G15")
  void keys_that_are_none_are_refused_and_not_shown() {
    assertThat(problems("OA_TOKEN_KEYS", KEYS.replace("P-256", "P-255")).getFirst())
        .startsWith("OA_TOKEN_KEYS: the value is no JWK set")
        .doesNotContain("\"d\"");
  }

  @Test
  void clients_from_elsewhere_need_signing_keys() {
    assertThat(problems("OA_PUBLIC_HTTP_HOST", "0.0.0.0"))
        .containsExactly(
            "OA_PUBLIC_HTTP_HOST: listening on '0.0.0.0', beyond this machine, needs"
                + " OA_SIGNING_KEYS");
    assertThat(read("OA_PUBLIC_HTTP_HOST", "0.0.0.0", "OA_SIGNING_KEYS", SIGNING)).isNotNull();
  }

  @Test
  void a_provider_of_sessions_has_an_audience() {
    assertThat(problems("OA_SESSION_ISSUER", "https://id.example"))
        .containsExactly("OA_SESSION_AUDIENCE: is needed, because OA_SESSION_ISSUER is set");
    assertThat(problems("OA_SESSION_AUDIENCE", "us"))
        .containsExactly("OA_SESSION_ISSUER: is needed, because OA_SESSION_AUDIENCE is set");
    assertThat(read("OA_SESSION_ISSUER", "https://id.example", "OA_SESSION_AUDIENCE", "us"))
        .isNotNull();
    assertThat(problems("OA_SESSION_ISSUER", "http://id.example", "OA_SESSION_AUDIENCE", "us"))
        .hasSize(1);
  }

  @Test
  void keys_beyond_development_need_an_issuer() {
    assertThat(problems("OA_TOKEN_KEYS", KEYS, "OA_SIGNING_KEYS", SIGNING))
        .containsExactly("OA_TOKEN_ISSUER: is needed, because OA_TOKEN_KEYS is set");
    assertThat(
            read(
                "OA_TOKEN_KEYS", KEYS,
                "OA_SIGNING_KEYS", SIGNING,
                "OA_TOKEN_ISSUER", "https://runtime.example"))
        .isNotNull();
  }

  @Test
  void no_token_is_taken_for_another() {
    assertThat(problems("OA_SYNC_AUDIENCE", "openagents-convex"))
        .containsExactly("OA_SYNC_AUDIENCE: is the same as OA_CONVEX_AUDIENCE");
    assertThat(problems("OA_CONVEX_WRITER_AUDIENCE", "openagents-sync"))
        .containsExactly("OA_CONVEX_WRITER_AUDIENCE: is the same as OA_SYNC_AUDIENCE");
    assertThat(
            problems(
                "OA_SESSION_ISSUER", "https://id.example",
                "OA_SESSION_AUDIENCE", "openagents-convex"))
        .containsExactly("OA_CONVEX_AUDIENCE: is the same as OA_SESSION_AUDIENCE");
  }

  @Test
  void a_rate_is_a_number_from_one() {
    assertThat(problems("OA_TOKEN_RATE", "0")).hasSize(1);
    assertThat(problems("OA_TOKEN_GUESTS", "maybe")).hasSize(1);
  }
}
