package com.openagents.runtime.stream;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.run.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a log holds, AG-UI's verifier takes its stream, and nothing stays open.
class AgUiReaderLawsTest {

  private static final int LOGS = Seeds.atMost(300);

  @Test
  void every_log_gives_a_stream_that_the_verifier_takes() {
    for (int seed = 0; seed < LOGS; seed++) {
      List<Envelope> log = Logs.of(RandomLog.of(new Random(seed), 5 + seed % 80));
      assertThatCode(() -> read(log)).as("seed %d", seed).doesNotThrowAnyException();
    }
  }

  private static void read(List<Envelope> log) {
    AgUiMapping mapping = new AgUiMapping();
    AgUiReader reader = new AgUiReader();
    AgUiState state = mapping.initial();
    for (Envelope envelope : log) {
      Mapping.Step<AgUiState> step = mapping.next(state, envelope);
      step.chunks().forEach(reader::read);
      state = step.state();
      if (StreamRunner.terminal(envelope)) {
        reader.finish();
        return;
      }
    }
  }
}
