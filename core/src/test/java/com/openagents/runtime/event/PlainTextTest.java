package com.openagents.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a log may hold of what was said.
class PlainTextTest {

  private static final String FACE = "\uD83D\uDE00";

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "a\n\tb", FACE, "a" + FACE + FACE + "b", "\uFFFD"})
  void what_can_be_stored_stays(String text) {
    assertThat(PlainText.of(text)).isEqualTo(text);
  }

  @Test
  void what_cannot_be_stored_is_replaced_character_by_character() {
    assertThat(PlainText.of("\0")).isEqualTo("\uFFFD");
    assertThat(PlainText.of("a\0b\0")).isEqualTo("a\uFFFDb\uFFFD");
    assertThat(PlainText.of("\uDE00 low first")).isEqualTo("\uFFFD low first");
    assertThat(PlainText.of("high last \uD83D")).isEqualTo("high last \uFFFD");
    assertThat(PlainText.of("\uD83Dx\uDE00")).isEqualTo("\uFFFDx\uFFFD");
    assertThat(PlainText.of("\uD83D" + FACE + "\uDE00")).isEqualTo("\uFFFD" + FACE + "\uFFFD");
  }

  @Test
  void a_cut_tears_no_pair() {
    String text = "a" + FACE + "b";

    assertThat(PlainText.whole(text, 1)).isEqualTo(1);
    assertThat(PlainText.whole(text, 2)).isEqualTo(1);
    assertThat(PlainText.whole(text, 3)).isEqualTo(3);
    assertThat(PlainText.whole(text, 4)).isEqualTo(4);
    assertThat(PlainText.whole(FACE, 2)).isEqualTo(2);
  }
}
