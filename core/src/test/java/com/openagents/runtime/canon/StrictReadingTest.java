package com.openagents.runtime.canon;

import static com.openagents.runtime.canon.JsonRefused.Kind.DUPLICATE_KEY;
import static com.openagents.runtime.canon.JsonRefused.Kind.NOT_JSON;
import static com.openagents.runtime.canon.JsonRefused.Kind.NUMBER_RANGE;
import static com.openagents.runtime.canon.JsonRefused.Kind.TOO_DEEP;
import static com.openagents.runtime.canon.JsonRefused.Kind.TOO_LARGE;
import static com.openagents.runtime.canon.JsonRefused.Kind.UNICODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictReadingTest {

  private static final JsonLimits SMALL = new JsonLimits(3, 100, 10, 8);

  private static JsonRefused refused(String text) {
    return refused(text, JsonLimits.REQUEST);
  }

  private static JsonRefused refused(String text, JsonLimits limits) {
    var refused = catchThrowableOfType(JsonRefused.class, () -> JsonReader.read(text, limits));
    assertThat(refused).as(text).isNotNull();
    return refused;
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments("{\"a\":1,\"a\":1}", DUPLICATE_KEY, "/a"),
        arguments("{\"a\":{\"b\":[0,{\"c\":1,\"\\u0063\":2}]}}", DUPLICATE_KEY, "/a/b/1/c"),
        arguments("{\"a\":null,\"a\":null}", DUPLICATE_KEY, "/a"),
        arguments("{\"a\":\"\\u0000\"}", UNICODE, "/a"),
        arguments("{\"a\\u0000\":1}", UNICODE, "/a?"),
        arguments("[\"ok\",\"\\ud800\"]", UNICODE, "/1"),
        arguments("[\"\\udc00\"]", UNICODE, "/0"),
        arguments("[\"\\ud83dx\"]", UNICODE, "/0"),
        arguments("[\"\\ude00\\ud83d\"]", UNICODE, "/0"),
        arguments("{\"\\ud800\":1}", UNICODE, ""),
        arguments("{\"a\":{\"b\\udc00\":1}}", UNICODE, "/a"),
        arguments("{\"a\":{\"b\ud800\":1}}", UNICODE, "/a/b?"),
        arguments("\"\ud800\"", UNICODE, ""),
        arguments("{\"a/b~c\":9007199254740992}", NUMBER_RANGE, "/a~1b~0c"),
        arguments("9007199254740992", NUMBER_RANGE, ""),
        arguments("-9007199254740992", NUMBER_RANGE, ""),
        arguments("9007199254740993", NUMBER_RANGE, ""),
        arguments("9007199254740992.0", NUMBER_RANGE, ""),
        arguments("1e16", NUMBER_RANGE, ""),
        arguments("99999999999999999999999999", NUMBER_RANGE, ""),
        arguments("1000000000000000000000", NUMBER_RANGE, ""),
        arguments("[1e309]", NUMBER_RANGE, "/0"),
        arguments("-1e309", NUMBER_RANGE, ""),
        arguments("1e999999999", NUMBER_RANGE, ""));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void names_kind_and_place(String text, JsonRefused.Kind kind, String path) {
    var refused = refused(text);
    assertThat(refused.kind()).isEqualTo(kind);
    assertThat(refused.path()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[",
        "[1",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "{,}",
        "nul",
        "nulll",
        "True",
        "NaN",
        "Infinity",
        "-Infinity",
        "+1",
        "01",
        "-01",
        "1.",
        ".5",
        "-",
        "1e",
        "0x10",
        "'a'",
        "\"a",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\t\"",
        "\"\n\"",
        "/*c*/1",
        "1//c",
        "#c\n1",
        "1 2",
        "{} {}",
        "[] x",
        "\ufeff{}",
        "[1 2]",
        "{\"a\":1 \"b\":2}",
        "\u00a01",
        "undefined",
        "[\"a\":1]"
      })
  void is_not_json(String text) {
    assertThat(refused(text).kind()).isEqualTo(NOT_JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // a bare continuation, a cut sequence, overlong forms of / and U+0000, a surrogate, above
        // U+10FFFF
        "2280 22",
        "22e282 22",
        "22c0af 22",
        "22c080 22",
        "22eda080 22",
        "22f4908080 22",
        "22ff 22",
        "fffe22002200"
      })
  void is_not_utf_8(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    var refused = catchThrowableOfType(JsonRefused.class, () -> JsonReader.read(bytes));
    assertThat(refused.kind()).isEqualTo(NOT_JSON);
  }

  @Test
  void takes_64_levels_and_no_more() {
    assertThat(JsonReader.read("[".repeat(64) + "]".repeat(64))).isInstanceOf(Json.Arr.class);
    assertThat(refused("[".repeat(65) + "]".repeat(65)).kind()).isEqualTo(TOO_DEEP);
    assertThat(refused("{\"a\":".repeat(65) + "1" + "}".repeat(65)).kind()).isEqualTo(TOO_DEEP);
    assertThat(refused("[".repeat(100_000)).kind()).isEqualTo(TOO_DEEP);
  }

  @Test
  void has_room_in_the_store_for_what_came_in_a_request() {
    var request = "[".repeat(64) + "]".repeat(64);
    var stored = "{\"events\":[{\"payload\":{\"intents\":[{\"body\":" + request + "}]}}]}";
    assertThat(JsonReader.readObject(stored, JsonLimits.STORED).get("events")).isNotNull();
  }

  static Stream<Arguments> tooLarge() {
    return Stream.of(
        arguments(" ".repeat(100) + "1", ""),
        arguments("\"12345678901\"", ""),
        arguments("{\"12345678901\":1}", "/12345678901"),
        arguments("[1,2,3,4,5,6,7,8]", "/7"),
        arguments("{\"a\":[1,2],\"b\":{\"c\":1,\"d\":2,\"e\":3,\"f\":4}}", "/b/f"));
  }

  @ParameterizedTest
  @MethodSource("tooLarge")
  void takes_no_more_than_its_limits(String text, String path) {
    var refused = refused(text, SMALL);
    assertThat(refused.kind()).isEqualTo(TOO_LARGE);
    assertThat(refused.path()).isEqualTo(path);
  }

  @Test
  void takes_all_of_its_limits() {
    assertThat(JsonReader.read(" ".repeat(99) + "1", SMALL)).isEqualTo(Json.of(1));
    assertThat(JsonReader.read("\"1234567890\"", SMALL)).isEqualTo(Json.of("1234567890"));
    assertThat(JsonReader.read("[[[]],1,2,3,4,5]", SMALL)).isInstanceOf(Json.Arr.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1%s", "-1%s", "0.%s", "1e%s"})
  void takes_no_number_of_endless_digits(String form) {
    var kind = refused(form.formatted("0".repeat(5_000))).kind();
    assertThat(kind).isIn(TOO_LARGE, NUMBER_RANGE);
  }

  @Test
  void takes_no_name_of_endless_length() {
    assertThat(refused("{\"" + "n".repeat(5_000) + "\":1}").kind()).isEqualTo(TOO_LARGE);
  }

  @Test
  void shows_a_hostile_name_short_and_printable() {
    var refused = refused("{\"" + "x\\n\\u001b\\ud83d\\ude00".repeat(50) + "\":9007199254740992}");
    assertThat(refused.path()).matches("/[x?]{50,64}");
  }

  @Test
  void says_where_the_form_is_broken() {
    assertThat(refused("{\n  \"a\": tru\n}")).hasMessage("not valid JSON at line 2, column 11");
  }

  @Test
  @Tag("scenario-24")
  void counts_the_values_of_a_request_and_refuses_one_too_many() {
    int most = JsonLimits.REQUEST.values();
    assertThat(most).isEqualTo(200_000);
    assertThat(refused("[" + "1,".repeat(most - 1) + "1]").kind()).isEqualTo(TOO_LARGE);
    assertThat(refused("{\"a\":[" + "{},".repeat(most - 2) + "{}]}").kind()).isEqualTo(TOO_LARGE);
    assertThat(JsonReader.read("[" + "1,".repeat(most - 2) + "1]")).isInstanceOf(Json.Arr.class);
    assertThat(JsonReader.read("{\"a\":[" + "{},".repeat(most - 3) + "{}]}"))
        .isInstanceOf(Json.Obj.class);
  }

  @Test
  void wants_an_object_where_only_an_object_will_do() {
    var refused =
        catchThrowableOfType(
            JsonRefused.class, () -> JsonReader.readObject("[]", JsonLimits.REQUEST));
    assertThat(refused.kind()).isEqualTo(NOT_JSON);
  }

  @Test
  void takes_every_plane_of_unicode() {
    var text = "\"\u0001 \u007f \u0080 \ufffe \uffff \ud800\udc00 \udbff\udfff\"";
    var escaped = text.replace("\u0001", "\\u0001");
    assertThat(JsonReader.read(escaped.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Json.of(text.substring(1, text.length() - 1)));
  }
}
