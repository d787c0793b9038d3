package com.openagents.runtime.stream;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.run.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a log holds, the official client can read its stream, and nothing stays open.
class AiSdkReaderLawsTest {

  private static final int LOGS = Seeds.atMost(300);

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7})
  void every_log_gives_a_stream_that_the_client_can_read(int aiSdk) {
    for (int seed = 0; seed < LOGS; seed++) {
      List<Envelope> log = Logs.of(RandomLog.of(new Random(seed), 5 + seed % 80));
      assertThatCode(() -> read(new AiSdkMapping(aiSdk), log))
          .as("seed %d", seed)
          .doesNotThrowAnyException();
    }
  }

  private static <S> void read(Mapping<S> mapping, List<Envelope> log) {
    AiSdkReader reader = new AiSdkReader();
    S state = mapping.initial();
    for (Envelope envelope : log) {
      Mapping.Step<S> step = mapping.next(state, envelope);
      step.chunks().forEach(reader::read);
      state = step.state();
      if (StreamRunner.terminal(envelope)) {
        return;
      }
    }
  }
}
