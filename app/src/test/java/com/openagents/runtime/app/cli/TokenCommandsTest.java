package com.openagents.runtime.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.embedded.MadeDatabase;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.wiring.Service;
import com.openagents.runtime.http.token.TokenKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandsTest {

  private static final String KEYS = "k1=c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0";

  @TempDir private Path folder = Path.of("");

  private static String token(String... words) {
    List<String> line = new ArrayList<>(List.of("token"));
    line.addAll(List.of(words));
    Shell.Result result = Shell.run(Map.of(), line.toArray(String[]::new));
    assertThat(result.status()).as(result.errors()).isZero();
    return result.output();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void a_key_is_made_announced_rotated_in_and_the_old_one_retired() throws IOException {
    String first = file("first", token("key", "--id", "old"));
    String announced = file("announced", token("key", "--id", "new", "--behind", first));
    String rotated = file("rotated", token("rotate", announced));
    String retired = token("retire", rotated);

    assertThat(TokenKeys.parse(Files.readString(Path.of(announced))))
        .hasToString("TokenKeys[old, new]");
    assertThat(TokenKeys.parse(Files.readString(Path.of(rotated))))
        .hasToString("TokenKeys[new, old]");
    assertThat(TokenKeys.parse(retired)).hasToString("TokenKeys[new]");
    var settings = Settings.read(Map.of("OA_TOKEN_KEYS_FILE", rotated));
    assertThat(settings.secretTexts()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void a_key_may_be_one_of_rsa_and_has_the_time_as_its_id() {
    assertThat(TokenKeys.parse(token("key", "--rs256")).toString())
        .matches("TokenKeys\\[\\d{8}T\\d{6}Z]");
  }

  @Test
  void a_file_without_keys_is_told_and_not_shown() throws IOException {
    String file = file("odd", "secret-text");
    for (String command : List.of("rotate", "retire")) {
      Shell.Result result = Shell.run(Map.of(), "token", command, file);

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.errors()).contains("is no JWK set").doesNotContain("secret-text");
    }
    Shell.Result alone = Shell.run(Map.of(), "token", "retire", file("one", token("key")));
    assertThat(alone.status()).isEqualTo(2);
    assertThat(Shell.run(Map.of(), "token", "key", "--id", "a b").status()).isEqualTo(2);
  }

  @Test
  void tokens_are_taken_back_on_a_running_service() {
    var settings =
        Map.of(
            "OA_DATA_DIR",
            MadeDatabase.in(folder).toString(),
            "OA_HTTP_PORT",
            "0",
            "OA_SIGNING_KEYS",
            KEYS);
    try (Service service = Service.start(Settings.read(settings), _ -> {})) {
      String url = service.address().toString();
      assertThat(on(url, "revocations").output()).isEqualTo("nothing is revoked\n");
      assertThat(on(url, "revoke", "--subject", "user:7", "--reason", "left").output())
          .startsWith("revoked until ");
      assertThat(on(url, "revoke", "--id", "j-1", "--for", "3600").status()).isZero();
      assertThat(on(url, "revocations").output().lines().toList())
          .hasSize(2)
          .anyMatch(line -> line.startsWith("subject user:7 until "))
          .anyMatch(line -> line.startsWith("token j-1 until "));
      assertThat(on(url, "lift", "--subject", "user:7").output()).isEqualTo("lifted\n");
      assertThat(on(url, "lift", "--subject", "user:7").output()).isEqualTo("nothing to lift\n");
      assertThat(on(url, "revoke", "--subject", "service:x").status()).isEqualTo(1);
      assertThat(on(url, "revoke").status()).isEqualTo(2);
    }
  }

  private static Shell.Result on(String url, String... words) {
    List<String> line = new ArrayList<>(List.of("token"));
    line.addAll(List.of(words));
    line.addAll(List.of("--url", url));
    return Shell.run(Map.of("OA_SIGNING_KEYS", KEYS), line.toArray(String[]::new));
  }
}
