package com.openagents.runtime.canon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRoundTripTest {

  private static final long SEED = 20260131;

  @Test
  void reads_back_equal_with_an_equal_digest() {
    var json = new RandomJson(new Random(SEED));
    for (int i = 0; i < 5_000; i++) {
      Json value = json.value(5);
      String text = CanonicalJson.write(value);
      Json read = JsonReader.read(text);
      assertThat(read).as("value %d of seed %d", i, SEED).isEqualTo(value);
      assertThat(Digest.of(read)).isEqualTo(Digest.of(value)).isEqualTo(Digest.ofText(text));
      assertThat(JsonReader.read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(value);
    }
  }

  @Test
  void has_one_digest_whatever_the_spelling() {
    var random = new Random(SEED);
    var json = new RandomJson(random);
    for (int i = 0; i < 2_000; i++) {
      Json.Obj value = json.object(4);
      String spelled = spelled(value, random);
      assertThat(Digest.of(JsonReader.read(spelled)))
          .as("value %d of seed %d: %s", i, SEED, spelled)
          .isEqualTo(Digest.of(value));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0",
        "0e5",
        "1.0",
        "1.50",
        "10e-1",
        "1E3",
        "9007199254740991",
        "-9007199254740991",
        "9007199254740991.0",
        "0.1e1",
        "1e21",
        "1.7976931348623157e308",
        "5e-324",
        "1e-400",
        "123456789.123456789"
      })
  void takes_again_in_canonical_form_what_it_once_took(String number) {
    Json once = JsonReader.read(number);
    assertThat(JsonReader.read(CanonicalJson.write(once))).isEqualTo(once);
  }

  /// The value in another order, with white space and with needless escapes.
  private static String spelled(Json value, Random random) {
    return switch (value) {
      case Json.Obj(var fields) -> {
        List<Map.Entry<String, Json>> entries = new ArrayList<>(fields.entrySet());
        Collections.shuffle(entries, random);
        List<String> texts = new ArrayList<>();
        for (Map.Entry<String, Json> entry : new ArrayList<>(entries)) {
          texts.add(escaped(entry.getKey()) + " :\t" + spelled(entry.getValue(), random));
        }
        yield "{ " + String.join(" ,\n", texts) + "}";
      }
      case Json.Arr(var items) -> {
        List<String> texts = items.stream().map(item -> spelled(item, random)).toList();
        yield "[" + String.join(",\r\n ", texts) + " ]";
      }
      case Json.Str(String text) -> escaped(text);
      case Json.Num(double number) -> Double.toString(number);
      case Json other -> CanonicalJson.write(other);
    };
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      out.append("\\u%04X".formatted((int) text.charAt(i)));
    }
    return out.append('"').toString();
  }

  @ParameterizedTest
  @ValueSource(doubles = {9007199254740992.0, -9007199254740992.0, 1e16, -999999999999999900000.0})
  void holds_no_number_that_the_reader_would_refuse(double number) {
    assertThatThrownBy(() -> Json.of(number)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.object().put("n", number))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {9007199254740992L, 9007199254740993L, Long.MAX_VALUE, Long.MIN_VALUE})
  void rounds_no_integer(long number) {
    assertThatThrownBy(() -> Json.object().put("n", number))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keeps_the_order_of_the_fields_and_compares_without_it() {
    Json.Obj value = (Json.Obj) JsonReader.read("{\"b\":1,\"a\":2}");
    assertThat(value.fields().keySet()).containsExactly("b", "a");
    Map<String, Json> other = new LinkedHashMap<>();
    other.put("a", Json.of(2));
    other.put("b", Json.of(1));
    assertThat(value).isEqualTo(new Json.Obj(other));
  }
}
