package com.openagents.runtime.http.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The weight of a document is known before it is read, and is never less than its values.
class JsonWeightTest {

  private static final long VALUE = JsonWeight.of("1".getBytes(UTF_8));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true|1",
        "[]|2",
        "[1,2,3]|4",
        "{\"a\":{}}|3",
        "{\"a\":1,\"b\":[2]}|4",
        "[[],[],[]]|7",
      })
  void every_value_weighs_the_same(String json, int valuesMax) {
    assertThat(JsonWeight.of(json.getBytes(UTF_8))).isEqualTo(valuesMax * VALUE);
  }

  @Test
  void a_long_text_weighs_what_a_value_does() {
    String text = "\"" + "word ".repeat(100_000) + "\"";
    assertThat(JsonWeight.of(text.getBytes(UTF_8))).isEqualTo(VALUE);
  }
}
