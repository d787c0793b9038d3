package com.openagents.runtime.http.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.JsonRefused;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/// Any JSON.
///
/// The law: what is read is written and read back equal; whoever stores it takes it too; what is
/// within narrow limits is what a narrow reader takes; a refusal is short, whatever is refused.
final class JsonParser implements Parser {

  private static final JsonLimits NARROW = new JsonLimits(3, 256, 12, 10);

  @Override
  public boolean takes(byte[] input) {
    Json read;
    try {
      read = JsonReader.read(input);
    } catch (JsonRefused refused) {
      assertThat(refused.getMessage()).hasSizeLessThan(120);
      assertThat(refused.path()).hasSizeLessThan(2_000);
      return false;
    }
    String text = CanonicalJson.write(read);
    assertThat(JsonReader.read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(read);
    assertThat(CanonicalJson.write(JsonReader.read(text))).isEqualTo(text);
    assertThat(JsonReader.read(new String(input, StandardCharsets.UTF_8), JsonLimits.STORED))
        .isEqualTo(read);
    assertThat(narrowTakes(text)).isEqualTo(isNarrow(read, text));
    return true;
  }

  private static boolean narrowTakes(String text) {
    try {
      JsonReader.read(text, NARROW);
      return true;
    } catch (JsonRefused refused) {
      assertThat(refused.kind()).isIn(JsonRefused.Kind.TOO_DEEP, JsonRefused.Kind.TOO_LARGE);
      return false;
    }
  }

  private static boolean isNarrow(Json value, String text) {
    return text.length() <= NARROW.documentLength()
        && depth(value) <= NARROW.depth()
        && count(value) <= NARROW.values()
        && longest(value) <= NARROW.stringLength();
  }

  private static Collection<Json> children(Json value) {
    return switch (value) {
      case Json.Arr(var items) -> items;
      case Json.Obj(var fields) -> fields.values();
      default -> List.of();
    };
  }

  private static int depth(Json value) {
    boolean nests = value instanceof Json.Arr || value instanceof Json.Obj;
    int deepest = children(value).stream().mapToInt(JsonParser::depth).max().orElse(0);
    return nests ? 1 + deepest : 0;
  }

  private static int count(Json value) {
    return 1 + children(value).stream().mapToInt(JsonParser::count).sum();
  }

  private static int longest(Json value) {
    int own =
        switch (value) {
          case Json.Str(String text) -> text.length();
          case Json.Obj(var fields) ->
              fields.keySet().stream().mapToInt(String::length).max().orElse(0);
          default -> 0;
        };
    return Math.max(own, children(value).stream().mapToInt(JsonParser::longest).max().orElse(0));
  }
}
