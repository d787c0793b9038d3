package com.openagents.runtime.convex;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.convex.ConvexValue.Arr;
import com.openagents.runtime.convex.ConvexValue.Bool;
import com.openagents.runtime.convex.ConvexValue.Bytes;
import com.openagents.runtime.convex.ConvexValue.Float64;
import com.openagents.runtime.convex.ConvexValue.Int64;
import com.openagents.runtime.convex.ConvexValue.Obj;
import com.openagents.runtime.convex.ConvexValue.Str;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Convex would refuse is found before it is sent, and nothing else.
class DocumentLimitsTest {

  private static void assertTaken(Obj document) {
    assertThat(DocumentLimits.refusal(document)).isEmpty();
  }

  private static void assertRefused(Obj document, String why) {
    assertThat(DocumentLimits.refusal(document)).get().asString().contains(why);
  }

  private static Obj with(ConvexValue value) {
    return ConvexValue.EMPTY.with("f", value);
  }

  @Test
  void sizes_are_convexs_own() {
    assertThat(DocumentLimits.size(ConvexValue.NULL)).isEqualTo(1);
    assertThat(DocumentLimits.size(new Bool(true))).isEqualTo(1);
    assertThat(DocumentLimits.size(new Int64(7))).isEqualTo(9);
    assertThat(DocumentLimits.size(new Float64(7))).isEqualTo(9);
    assertThat(DocumentLimits.size(new Str("aé𝄞"))).isEqualTo(2 + 1 + 2 + 4);
    assertThat(DocumentLimits.size(new Bytes(List.of((byte) 1)))).isEqualTo(3);
    assertThat(DocumentLimits.size(new Arr(List.of(new Int64(1))))).isEqualTo(11);
    assertThat(DocumentLimits.size(with(new Int64(1)))).isEqualTo(2 + 2 + 9);
  }

  @Test
  void a_document_has_bounded_bytes() {
    int overhead = 2 + 2 + 2;
    assertTaken(with(new Str("x".repeat(DocumentLimits.BYTES_MAX - overhead))));
    assertRefused(with(new Str("x".repeat(DocumentLimits.BYTES_MAX - overhead + 1))), "bytes");
  }

  @Test
  void arrays_and_objects_are_bounded() {
    assertTaken(with(new Arr(Collections.nCopies(8192, ConvexValue.NULL))));
    assertRefused(with(new Arr(Collections.nCopies(8193, ConvexValue.NULL))), "8193 items");
    Obj wide = ConvexValue.EMPTY;
    for (int i = 0; i < 1024; i++) {
      wide = wide.with("f" + i, 1);
    }
    assertTaken(wide);
    assertRefused(wide.with("more", 1), "1025 fields");
    assertRefused(with(new Arr(List.of(wide.with("more", 1)))), "1025 fields");
  }

  @Test
  void values_are_not_deeper_than_sixteen() {
    Obj deep = ConvexValue.EMPTY;
    for (int i = 1; i < 16; i++) {
      deep = with(deep);
    }
    assertTaken(deep);
    assertRefused(with(deep), "deep");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "$a", "a\n", "é", "\u007f"})
  void names_of_fields_are_ascii_and_begin_without_a_dollar(String name) {
    assertRefused(ConvexValue.EMPTY.with(name, 1), "name");
    assertRefused(with(ConvexValue.EMPTY.with(name, 1)), "name");
  }

  @Test
  void fields_of_a_document_begin_without_an_underscore() {
    assertRefused(ConvexValue.EMPTY.with("_id", "x"), "begins with _");
    assertTaken(with(ConvexValue.EMPTY.with("_id", "x")));
    assertTaken(ConvexValue.EMPTY.with("a b~", 1).with("n".repeat(1024), 1));
    assertRefused(ConvexValue.EMPTY.with("n".repeat(1025), 1), "name");
  }
}
