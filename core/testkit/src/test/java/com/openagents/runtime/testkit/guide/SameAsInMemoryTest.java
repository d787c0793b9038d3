package com.openagents.runtime.testkit.guide;

import com.openagents.runtime.testkit.InMemoryFixture;
import com.openagents.runtime.testkit.difference.SameAnswers;
import com.openagents.runtime.testkit.generate.Seeds;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SameAsInMemoryTest {

  static Stream<Long> seeds() {
    return Seeds.first(20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void answers_as_the_store_in_memory_does(long seed) {
    SameAnswers.play(seed, 100, InMemoryFixture::new, InMemoryFixture::new);
  }
}
