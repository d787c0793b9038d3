package com.openagents.runtime.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Nothing that comes from outside begins a line of its own or steers a terminal.
@Tag("scenario-30")
class LogInjectionTest {
  private static final String FORGED = "12:00:00.000 INFO  Audit: operator promoted";

  static List<String> breaks() {
    return List.of(
        "\n",
        "\r",
        "\r\n",
        "\u000b",
        "\f",
        "\u0085",
        "\u2028",
        "\u2029",
        "\u001b[2K\u001b[1G",
        "\u009b2K",
        "\b\b\b",
        "\u202e",
        "\u2066",
        "\u061c",
        "\ufff9",
        "\ufffb",
        "\u0000",
        "\u007f");
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void a_text_line_stays_one_line(String lineBreak) {
    String attack = "name" + lineBreak + FORGED;
    for (String written :
        List.of(
            LogLines.text(log -> log.info("unknown user {}", attack)),
            LogLines.text(log -> log.atInfo().addKeyValue("user", attack).log("unknown user")),
            LogLines.text(log -> log.atInfo().addKeyValue(attack, "x").log("unknown user")))) {
      assertThat(written).endsWith("\n");
      assertThat(unprintable(written)).isEqualTo("\n");
    }
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void the_message_of_a_failure_stays_on_its_line(String lineBreak) {
    var failure = new IllegalStateException("a" + lineBreak + FORGED, new Error("b" + lineBreak));
    String written = LogLines.text(log -> log.warn("failed", failure));
    assertThat(written.lines())
        .noneMatch(line -> line.startsWith("12:00"))
        .anyMatch(line -> line.startsWith("  java.lang.IllegalStateException: a\\"))
        .anyMatch(line -> line.startsWith("  caused by: java.lang.Error: b\\"))
        .allMatch(line -> unprintable(line).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void a_json_line_stays_one_line_and_keeps_the_text(String lineBreak) {
    String attack = "\"},{\\" + lineBreak + FORGED;
    String written = LogLines.json(log -> log.info("unknown user {}", attack));
    assertThat(unprintable(written)).isEqualTo("\n");
    assertThat(parsed(written).get("message"))
        .isEqualTo(Json.of("unknown user " + attack.replace('\0', '\ufffd')));
  }

  @Test
  void half_a_character_is_replaced() {
    assertThat(LogLines.text(log -> log.info("x\ud800y 😀"))).contains("x\ufffdy 😀");
  }

  private static String unprintable(String text) {
    return text.replaceAll("[^\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cf}]", "");
  }

  private static Json.Obj parsed(String line) {
    return (Json.Obj) JsonReader.read(line);
  }
}
