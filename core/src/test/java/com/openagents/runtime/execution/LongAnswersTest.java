package com.openagents.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.model.ModelStream.Reasoning;
import com.openagents.runtime.model.ModelStream.Text;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// To hear a piece costs the same however much was heard before. What is counted is memory, which
/// is what is copied, and no time.
class LongAnswersTest {

  @Test
  void a_piece_of_a_long_answer_takes_as_much_as_one_of_a_short_answer() {
    bytesPerPiece(1_000);
    assertThat(bytesPerPiece(100_000)).isLessThan(bytesPerPiece(10_000) * 3 / 2);
  }

  private static long bytesPerPiece(int pieces) {
    long before = allocated();
    Answer answer = Answer.begun("1.1.0", 1).hears(new Reasoning("well"), Instant.EPOCH);
    for (int i = 0; i < pieces; i++) {
      answer = answer.hears(new Text("word "), Instant.EPOCH);
      assertThat(answer.unwritten(null)).isEqualTo(4 + 5 * (i + 1));
    }
    return (allocated() - before) / pieces;
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
