package com.openagents.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GrowingTextTest {

  @Test
  void it_says_what_was_put_at_its_end() {
    SplittableRandom random = new SplittableRandom(1);
    GrowingText text = GrowingText.EMPTY;
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      String piece = "0123456789".repeat(random.nextInt(300));
      GrowingText before = text;
      String beforeSaid = said.toString();
      text = text.with(piece);
      said.append(piece);
      assertThat(before).hasToString(beforeSaid);
      int after = random.nextInt(said.length() + 1);
      assertThat(text.after(after)).isEqualTo(said.substring(after));
      assertThat(text.length()).isEqualTo(said.length());
    }
    assertThat(text).hasToString(said.toString());
  }

  @Test
  void two_are_equal_when_they_say_the_same() {
    GrowingText words = GrowingText.of("x".repeat(1_000)).with("y".repeat(900)).with("z");
    GrowingText whole = GrowingText.of("x".repeat(1_000) + "y".repeat(900) + "z");
    assertThat(words).isEqualTo(whole).hasSameHashCodeAs(whole);
    assertThat(words).isNotEqualTo(GrowingText.of("x".repeat(1_901)));
    assertThat(GrowingText.of("")).isEqualTo(GrowingText.EMPTY);
    assertThat(GrowingText.EMPTY.isEmpty()).isTrue();
    assertThat(words.isEmpty()).isFalse();
  }

  @Test
  void a_piece_of_a_long_text_takes_as_much_memory_as_one_of_a_short_text() {
    bytesPerPiece(1_000);
    assertThat(bytesPerPiece(200_000)).isLessThan(bytesPerPiece(10_000) * 3 / 2);
  }

  private static long bytesPerPiece(int pieces) {
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();
    GrowingText text = GrowingText.EMPTY;
    for (int i = 0; i < pieces; i++) {
      text = text.with("word ");
      assertThat(text.after(text.length() - 5)).hasSize(5);
    }
    return (memory.getCurrentThreadAllocatedBytes() - before) / pieces;
  }
}
