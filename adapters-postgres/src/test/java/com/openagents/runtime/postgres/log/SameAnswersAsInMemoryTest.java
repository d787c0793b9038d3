package com.openagents.runtime.postgres.log;

import com.openagents.runtime.postgres.PostgresFixture;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.InMemoryFixture;
import com.openagents.runtime.testkit.difference.SameAnswers;
import com.openagents.runtime.testkit.generate.Seeds;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The store in memory, on which simulations and users' tests stand, and the real one give the same
/// answers to the same random operations.
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
@Tag("G2")
@Tag("G3")
class SameAnswersAsInMemoryTest {

  private static final int OPERATIONS = 60;

  private final TestServer server;

  SameAnswersAsInMemoryTest(TestServer server) {
    this.server = server;
  }

  static Stream<Long> seeds() {
    return Seeds.first(Integer.getInteger("answers.seeds", 4));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_real_store_answers_as_the_one_in_memory_does(long seed) {
    SameAnswers.play(seed, OPERATIONS, InMemoryFixture::new, () -> PostgresFixture.on(server));
  }
}
