package com.openagents.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.identity.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Wherever a copy leaves off, nothing is half said behind the event that makes it a fork: a reader
/// who comes back later need not be told of the copy.
@Tag("G6")
class ForkedStreamTest {

  static Stream<Mapping<?>> formats() {
    return Stream.concat(
        ByteEqualContinuationTest.formats(), Stream.of(new EventsMapping().replay()));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void a_reader_who_has_seen_the_fork_begins_behind_it(Mapping<?> format) {
    for (List<Event> run : GoldenLogs.all().values()) {
      for (int cut = 1; cut < run.size(); cut++) {
        List<Event> fork = new ArrayList<>(run.subList(0, cut));
        fork.add(new RunForked(new RunId(new UUID(0, 7)), cut));
        assertThat(beginning(format, Logs.of(fork))).as("cut at %d", cut).isEqualTo(cut + 1);
      }
    }
  }

  /// From where a reader who has seen the whole log needs its events.
  private static <S> long beginning(Mapping<S> format, List<Envelope> log) {
    Resumption<S> resumption = new Resumption<>(format, log.size());
    Logs.withoutDeltas(log).forEach(resumption::next);
    return resumption.position();
  }
}
