package com.openagents.runtime.canon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples of RFC 8785: appendix B, and sections 3.2.2 to 3.2.4.
class Rfc8785VectorsTest {

  private static double bits(String hex) {
    return Double.longBitsToDouble(Long.parseUnsignedLong(hex, 16));
  }

  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2"
  })
  void writes_the_numbers_of_appendix_b(String ieee754, String text) {
    assertThat(EcmaNumber.text(bits(ieee754))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7fffffffffffffff", "7ff0000000000000", "fff0000000000000"})
  void has_no_text_for_what_is_no_number(String ieee754) {
    assertThatThrownBy(() -> Json.of(bits(ieee754))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sorts_keys_by_utf_16_code_units() {
    var parsed =
        JsonReader.read(
            """
            {
              "\\u20ac": "Euro Sign",
              "\\r": "Carriage Return",
              "\\ufb33": "Hebrew Letter Dalet With Dagesh",
              "1": "One",
              "\\ud83d\\ude00": "Emoji: Grinning Face",
              "\\u0080": "Control",
              "\\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """);
    assertThat(CanonicalJson.write(parsed))
        .isEqualTo(
            """
            {"\\r":"Carriage Return","1":"One","\u0080":"Control",\
            "ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign",\
            "\ud83d\ude00":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}\
            """);
  }

  @Test
  void writes_the_combined_example_in_the_published_bytes() {
    var parsed =
        JsonReader.read(
            """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
              "literals": [null, true, false]
            }
            """);
    assertThat(CanonicalJson.write(parsed).getBytes(StandardCharsets.UTF_8))
        .isEqualTo(
            HexFormat.of()
                .parseHex(
                    "7b226c69746572616c73223a5b6e756c6c2c7472"
                        + "75652c66616c73655d2c226e756d62657273223a"
                        + "5b3333333333333333332e333333333333332c31"
                        + "652b33302c342e352c302e3030322c31652d3237"
                        + "5d2c22737472696e67223a22e282ac245c753030"
                        + "30665c6e4127425c225c5c5c5c5c222f227d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "\udc00", "a\ud83d", "\ude00\ud83d", "a\0b"})
  void has_no_text_for_what_is_no_unicode(String text) {
    assertThatThrownBy(() -> CanonicalJson.write(Json.of(text)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.write(Json.object().put(text, 1).build()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void escapes_control_characters_only_and_in_the_shortest_form() {
    var all = new StringBuilder();
    for (char c = 1; c <= ' '; c++) {
      all.append(c);
    }
    assertThat(CanonicalJson.write(Json.of(all + "/\u007f\u2028")))
        .isEqualTo(
            "\"\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r"
                + "\\u000e\\u000f\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018"
                + "\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f /\u007f\u2028\"");
  }
}
