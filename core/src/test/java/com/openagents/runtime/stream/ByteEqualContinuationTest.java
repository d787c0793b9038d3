package com.openagents.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.run.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A reader that was cut goes on with the bytes that it would have got.
@Tag("G6")
@Tag("scenario-20")
class ByteEqualContinuationTest {

  private static final int LOGS = Seeds.atMost(60);

  static Stream<Mapping<?>> formats() {
    return Stream.of(
        new EventsMapping(),
        new AiSdkMapping(5),
        new AiSdkMapping(6),
        new AiSdkMapping(7),
        new AgUiMapping());
  }

  @ParameterizedTest
  @MethodSource("formats")
  void from_every_cursor_of_every_log(Mapping<?> format) {
    for (int seed = 0; seed < LOGS; seed++) {
      List<Envelope> log = Logs.of(RandomLog.of(new Random(seed), 5 + seed));
      String whole = bytes(new StreamRunner<>(format, 0), log);
      for (long cursor = 1; cursor < endOf(format, log); cursor++) {
        assertThat(bytes(new StreamRunner<>(format, cursor), log))
            .as("seed %d, cursor %d", seed, cursor)
            .isEqualTo(after(whole, cursor));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void without_the_deltas_before_the_cursor(Mapping<?> format) {
    for (int seed = 0; seed < LOGS; seed++) {
      List<Envelope> log = Logs.of(RandomLog.of(new Random(seed), 5 + seed));
      String whole = bytes(new StreamRunner<>(format, 0), log);
      for (long cursor = 1; cursor < endOf(format, log); cursor++) {
        assertThat(resumed(format, log, cursor))
            .as("seed %d, cursor %d", seed, cursor)
            .isEqualTo(after(whole, cursor));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void ids_are_the_sequences_without_a_gap(Mapping<?> format) {
    for (int seed = 0; seed < LOGS; seed++) {
      List<Envelope> log = Logs.of(RandomLog.of(new Random(seed), 5 + seed));
      List<String> ids =
          bytes(new StreamRunner<>(format, 0), log)
              .lines()
              .filter(line -> line.startsWith("id: "))
              .toList();
      assertThat(ids)
          .as("seed %d", seed)
          .isEqualTo(
              IntStream.rangeClosed(1, endOf(format, log)).mapToObj(seq -> "id: " + seq).toList());
    }
  }

  private static <S> String resumed(Mapping<S> format, List<Envelope> log, long cursor) {
    Resumption<S> resumption = new Resumption<>(format, cursor);
    Logs.withoutDeltas(log).forEach(resumption::next);
    StreamRunner<S> runner = resumption.runner();
    List<Envelope> rest = log.stream().filter(e -> e.seq() > runner.position()).toList();
    return bytes(runner, rest);
  }

  private static String bytes(StreamRunner<?> runner, List<Envelope> log) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    log.forEach(envelope -> out.writeBytes(runner.next(envelope)));
    return out.toString(StandardCharsets.UTF_8);
  }

  /// What follows the block that carries the id.
  private static String after(String whole, long id) {
    int block = ("\n" + whole).indexOf("\nid: " + id + "\n");
    return whole.substring(whole.indexOf("\n\n", block) + 2);
  }

  private static int endOf(Mapping<?> format, List<Envelope> log) {
    StreamRunner<?> runner = new StreamRunner<>(format, 0);
    log.forEach(runner::next);
    return (int) runner.position();
  }
}
