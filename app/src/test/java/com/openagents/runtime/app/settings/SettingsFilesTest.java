package com.openagents.runtime.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFilesTest {
  @TempDir private Path directory = Path.of("");

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private static List<String> problems(Map<String, String> environment) {
    return catchThrowableOfType(SettingsRefused.class, () -> Settings.read(environment))
        .problems()
        .stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void the_config_file_stands_behind_the_environment() throws Exception {
    String file =
        file(
            "oa.conf",
            """
            # The node's own
            OA_HTTP_PORT=4001
              OA_NODE_ID = "node-7"

            OA_MODEL_NAME='m'
            OA_MODEL_BASE_URL=
            """);
    var settings =
        Settings.read(
            Map.of(
                "OA_CONFIG_FILE", file,
                "OA_HTTP_PORT", "4002",
                "OA_MODEL_BASE_URL", "http://127.0.0.1:1"));
    assertThat(settings.get(Catalog.HTTP_PORT)).isEqualTo(4002);
    assertThat(settings.find(Catalog.NODE_ID)).contains("node-7");
    assertThat(settings.find(Catalog.MODEL_NAME)).contains("m");
  }

  @Test
  void what_the_config_file_has_wrong_is_named_with_everything_else() throws Exception {
    String file =
        file(
            "oa.conf",
            """
            OA_HTTP_PORT=4001
            export OA_NODE_ID=x
            OA_HTTP_PORT=4002
            HTTP_PORT=1
            """);
    assertThat(problems(Map.of("OA_CONFIG_FILE", file, "OA_LEASE_TTL", "soon")))
        .containsExactlyInAnyOrder(
            "line 2 of " + file + ": has not the form NAME=value",
            "OA_HTTP_PORT: is set twice, again in line 3 of " + file,
            "HTTP_PORT: is no setting; did you mean OA_HTTP_PORT?",
            "OA_LEASE_TTL: 'soon' is no duration such as 250ms, 30s, 15m, 24h or 7d");
  }

  @Test
  @Tag("G15")
  void a_secret_may_lie_in_a_file_of_its_own() throws Exception {
    var settings =
        Settings.read(
            Map.of(
                "DATABASE_URL_FILE", file("url", "postgresql://u:p@h:5433/d\n"),
                "OA_SIGNING_KEYS_FILE", file("keys", "k1=MDEyMzQ1Njc4OWFiY2RlZg\n")));
    assertThat(settings.find(Catalog.DATABASE_URL).orElseThrow().password()).isEqualTo("p");
    assertThat(settings.find(Catalog.SIGNING_KEYS)).isPresent();
    assertThat(settings.secretTexts())
        .contains("postgresql://u:p@h:5433/d", "k1=MDEyMzQ1Njc4OWFiY2RlZg");
  }

  @Test
  void a_file_that_cannot_be_used_is_a_problem() throws Exception {
    Path missing = directory.resolve("missing");
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 1});
    Path large = Files.write(directory.resolve("large"), new byte[(1 << 20) + 1]);
    assertThat(
            problems(
                Map.of(
                    "OA_CONFIG_FILE", missing.toString(),
                    "OA_SEAL_KEY_FILE", binary.toString(),
                    "OA_SIGNING_KEYS_FILE", large.toString(),
                    "OA_NODE_ID_FILE", missing.toString())))
        .containsExactlyInAnyOrder(
            "OA_CONFIG_FILE: the file " + missing + " cannot be read: NoSuchFile",
            "OA_SEAL_KEY_FILE: the file " + binary + " is no UTF-8 text",
            "OA_SIGNING_KEYS_FILE: the file " + large + " is longer than 1 MiB",
            "OA_NODE_ID_FILE: is no setting");
  }

  @Test
  void a_secret_given_twice_is_a_problem() throws Exception {
    assertThat(
            problems(
                Map.of(
                    "OA_SIGNING_KEYS",
                    "k1=MDEyMzQ1Njc4OWFiY2RlZg",
                    "OA_SIGNING_KEYS_FILE",
                    file("keys", "k2=MDEyMzQ1Njc4OWFiY2RlZg"))))
        .containsExactly("OA_SIGNING_KEYS_FILE: is set as well as OA_SIGNING_KEYS");
  }

  @Test
  void quotes_are_taken_off_in_pairs_only() throws Exception {
    var settings =
        Settings.read(
            Map.of("OA_CONFIG_FILE", file("oa.conf", "OA_NODE_ID=\"\nOA_DATA_DIR=/a'\n")));
    assertThat(settings.find(Catalog.NODE_ID)).contains("\"");
    assertThat(settings.find(Catalog.DATA_DIR)).contains(Path.of("/a'"));
  }
}
