package com.openagents.runtime.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openagents.runtime.http.token.TokenKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinkSettingsTest {

  private static final String URL = "https://convex.example";
  private static final String KEY = "openagents|0123";

  private static Map<String, String> convex(String... more) {
    Map<String, String> given = new HashMap<>(Map.of("OA_SINKS", "convex", "OA_CONVEX_URL", URL));
    for (int i = 0; i < more.length; i += 2) {
      given.put(more[i], more[i + 1]);
    }
    return given;
  }

  private static List<String> problems(Map<String, String> given) {
    SettingsRefused refused =
        catchThrowableOfType(SettingsRefused.class, () -> Settings.read(given));
    return refused.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void a_sink_must_be_somewhere_and_have_something_to_show() {
    assertThatCode(() -> Settings.read(convex())).doesNotThrowAnyException();
    assertThat(problems(Map.of("OA_SINKS", "convex")))
        .containsExactly("OA_CONVEX_URL: is needed, because OA_SINKS is set");
    assertThat(problems(convex("OA_PROJECTIONS", "off")))
        .containsExactly("OA_SINKS: there is nothing to show where OA_PROJECTIONS is off");
    assertThat(problems(Map.of("OA_CONVEX_ADMIN_KEY", KEY)))
        .containsExactly("OA_CONVEX_URL: is needed, because OA_CONVEX_ADMIN_KEY is set");
  }

  @Test
  void tokens_are_signed_as_the_deployment_asks() {
    String curve = TokenKeys.generate("t1", false);
    String rsa = TokenKeys.generate("t1", true);
    assertThatCode(() -> Settings.read(convex("OA_TOKEN_KEYS", curve))).doesNotThrowAnyException();
    assertThatCode(() -> Settings.read(Map.of("OA_TOKEN_KEYS", rsa))).doesNotThrowAnyException();
    assertThat(problems(convex("OA_TOKEN_KEYS", rsa)))
        .singleElement()
        .asString()
        .startsWith("OA_TOKEN_KEYS: signs with another algorithm than ES256");
  }

  @Test
  void imports_need_the_key_of_an_admin() {
    assertThat(problems(convex("OA_CONVEX_IMPORT", "on")))
        .containsExactly("OA_CONVEX_ADMIN_KEY: is needed, because OA_CONVEX_IMPORT is set");
    Settings settings = Settings.read(convex("OA_CONVEX_IMPORT", "on", "OA_CONVEX_ADMIN_KEY", KEY));
    assertThat(settings.get(ProjectionCatalog.CONVEX_IMPORT)).isTrue();
    assertThat(Settings.read(convex()).get(ProjectionCatalog.CONVEX_IMPORT)).isFalse();
  }
}
