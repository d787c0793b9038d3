package com.openagents.runtime.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.convex.ConvexValue.Arr;
import com.openagents.runtime.convex.ConvexValue.Bool;
import com.openagents.runtime.convex.ConvexValue.Bytes;
import com.openagents.runtime.convex.ConvexValue.Float64;
import com.openagents.runtime.convex.ConvexValue.Int64;
import com.openagents.runtime.convex.ConvexValue.Str;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Values as the official clients encode them.
class ConvexJsonTest {

  private static void assertForm(String text, ConvexValue value) {
    assertThat(ConvexJson.write(value)).isEqualTo(text);
    assertThat(ConvexJson.read(JsonReader.read(text))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "0, AAAAAAAAAAA=",
    "1, AQAAAAAAAAA=",
    "-1, //////////8=",
    "9007199254740993, AQAAAAAAIAA=",
    "9223372036854775807, /////////38=",
    "-9223372036854775808, AAAAAAAAAIA="
  })
  void integers_are_eight_bytes_in_base64(long n, String base64) {
    assertForm("{\"$integer\":\"" + base64 + "\"}", new Int64(n));
  }

  @ParameterizedTest
  @CsvSource({
    "-0.0, AAAAAAAAAIA=",
    "NaN, AAAAAAAA+H8=",
    "Infinity, AAAAAAAA8H8=",
    "-Infinity, AAAAAAAA8P8="
  })
  void doubles_that_json_lacks_are_escaped(double d, String base64) {
    assertForm("{\"$float\":\"" + base64 + "\"}", new Float64(d));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -1.5, 0.1, 9007199254740991.0, 1e300})
  void other_doubles_are_numbers(double d) {
    assertThat(ConvexJson.write(new Float64(d))).doesNotContain("$");
    assertThat(ConvexJson.read(JsonReader.read(ConvexJson.write(new Float64(d)))))
        .isEqualTo(new Float64(d));
  }

  @Test
  void all_else_is_as_in_json() {
    assertForm("null", ConvexValue.NULL);
    assertForm("true", new Bool(true));
    assertForm("\"a\\\"\\n𝄞\"", new Str("a\"\n𝄞"));
    assertForm("[]", new Arr(List.of()));
    assertForm("{}", ConvexValue.EMPTY);
    assertForm("[1.5,\"x\"]", new Arr(List.of(new Float64(1.5), new Str("x"))));
    assertForm(
        "{\"a\":{\"$integer\":\"AQAAAAAAAAA=\"},\"b\":[\"c\"]}",
        ConvexValue.EMPTY.with("a", 1).with("b", new Arr(List.of(new Str("c")))));
    assertForm("{\"$bytes\":\"AP8=\"}", new Bytes(List.of((byte) 0, (byte) -1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"$integer\":\"AQ==\"}",
        "{\"$integer\":\"?\"}",
        "{\"$float\":\"AQ==\"}",
        "{\"$other\":\"AQ==\"}"
      })
  void an_escape_that_is_none_is_refused(String text) {
    assertThatThrownBy(() -> ConvexJson.read(JsonReader.read(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void half_a_character_is_refused() {
    assertThatThrownBy(() -> ConvexJson.write(new Str("\ud834")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
