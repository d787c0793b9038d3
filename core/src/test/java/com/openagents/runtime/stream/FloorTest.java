package com.openagents.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.ToolEvent.ToolApprovalRequested;
import com.openagents.runtime.event.ToolEvent.ToolCanceled;
import com.openagents.runtime.event.ToolEvent.ToolFailed;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import com.openagents.runtime.event.ToolEvent.ToolSucceeded;
import com.openagents.runtime.log.FloorRule;
import com.openagents.runtime.run.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The floor moves only to where nothing is open, so what is read from it is whole.
@Tag("G6")
@Tag("scenario-12")
class FloorTest {

  private static final int LOGS = Seeds.atMost(60);

  static Stream<Mapping<?>> formats() {
    return Stream.of(
        new EventsMapping(), new AiSdkMapping(5), new AiSdkMapping(7), new AgUiMapping());
  }

  /// A random log up to its end.
  private static List<Envelope> log(int seed) {
    List<Envelope> log = Logs.of(RandomLog.of(new Random(seed), 5 + seed));
    int end = 0;
    while (!StreamRunner.terminal(log.get(end))) {
      end++;
    }
    return log.subList(0, end + 1);
  }

  private static long floor(List<Envelope> log, long wanted) {
    return FloorRule.moved(0, log, wanted);
  }

  private static List<Envelope> aged(List<Envelope> log, long floor) {
    return log.stream()
        .filter(e -> e.seq() > floor || e.event().retention() != Retention.DELTA)
        .toList();
  }

  @Test
  void it_stands_at_the_last_place_where_no_part_of_any_prefix_is_open() {
    for (int seed = 0; seed < LOGS; seed++) {
      List<Envelope> log = log(seed);
      long expected = 0;
      for (int wanted = 1; wanted <= log.size(); wanted++) {
        expected = open(log.subList(0, wanted)).isEmpty() ? wanted : expected;
        assertThat(floor(log, wanted)).as("seed %d, up to %d", seed, wanted).isEqualTo(expected);
      }
    }
  }

  /// The parts that a log begins and does not end, told by looking at it event by event.
  private static Set<String> open(List<Envelope> log) {
    Set<String> open = new HashSet<>();
    for (Envelope envelope : log) {
      switch (envelope.event()) {
        case MessageStarted(String id) -> open.add(id);
        case ReasoningStarted(String id) -> open.add(id);
        case ToolRequested tool -> open.add(tool.toolCallId());
        case ToolApprovalRequested tool -> open.add(tool.toolCallId());
        case MessageCompleted message -> open.remove(message.messageId());
        case ReasoningCompleted(String id, _, _) -> open.remove(id);
        case ToolSucceeded tool -> open.remove(tool.toolCallId());
        case ToolFailed tool -> open.remove(tool.toolCallId());
        case ToolCanceled tool -> open.remove(tool.toolCallId());
        case RunForked _ -> open.clear();
        case Event _ when StreamRunner.terminal(envelope) -> open.clear();
        default -> {}
      }
    }
    return open;
  }

  @Test
  void it_moves_on_from_where_it_stands_and_needs_no_deltas() {
    for (int seed = 0; seed < LOGS; seed++) {
      List<Envelope> log = log(seed);
      for (int first = 1; first <= log.size(); first++) {
        long stands = floor(log, first);
        List<Envelope> rest = log.stream().filter(e -> e.seq() > stands).toList();
        long moved = FloorRule.moved(stands, Logs.withoutDeltas(rest), log.size());
        assertThat(moved).as("seed %d, from %d", seed, stands).isEqualTo(floor(log, log.size()));
        assertThat(FloorRule.moved(stands, rest, stands)).isEqualTo(stands);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void whoever_reads_on_from_it_gets_the_same_bytes(Mapping<?> format) {
    for (int seed = 0; seed < LOGS; seed++) {
      List<Envelope> log = log(seed);
      long[] floors =
          IntStream.range(1, log.size())
              .mapToLong(wanted -> floor(log, wanted))
              .distinct()
              .toArray();
      for (long floor : floors) {
        for (long cursor = Math.max(1, floor); cursor < log.size(); cursor++) {
          assertThat(resumed(format, aged(log, floor), cursor))
              .as("seed %d, floor %d, cursor %d", seed, floor, cursor)
              .isEqualTo(resumed(format, log, cursor));
        }
      }
    }
  }

  @Test
  void a_cursor_below_it_is_stale_and_one_at_it_is_not() {
    List<Envelope> log = log(50);
    long floor = floor(log, log.size() - 1);
    assertThat(floor).isGreaterThan(1);
    assertThat(new Cursor.After(floor - 1).against(log.size(), floor, null))
        .isEqualTo(new CursorVerdict.Stale(floor, log.size()));
    assertThat(new Cursor.After(floor).against(log.size(), floor, null))
        .isEqualTo(new CursorVerdict.Replay(floor));
  }

  @Test
  void an_aged_run_is_read_from_its_start_with_each_message_as_one_delta() {
    for (int seed = 0; seed < LOGS; seed++) {
      List<Envelope> log = log(seed);
      List<Envelope> aged = aged(log, floor(log, log.size()));
      AiSdkReader reader = new AiSdkReader();
      AiSdkMapping mapping = AiSdkMapping.PORTABLE;
      AiSdkState state = mapping.initial();
      for (Envelope envelope : aged) {
        Mapping.Step<AiSdkState> step = mapping.next(state, envelope);
        step.chunks().forEach(reader::read);
        state = step.state();
        if (envelope.event() instanceof MessageCompleted message && !message.text().isEmpty()) {
          String text = message.text();
          assertThat(step.chunks())
              .filteredOn(chunk -> chunk.json().contains("\"text-delta\""))
              .as("seed %d, %s", seed, envelope)
              .singleElement()
              .satisfies(chunk -> assertThat(chunk.json()).contains(quoted(text)));
        }
      }
      assertThat(aged).noneMatch(e -> e.event() instanceof MessageDelta);
    }
  }

  private static String quoted(String text) {
    return CanonicalJson.write(Json.of(text));
  }

  private static <S> String resumed(Mapping<S> format, List<Envelope> log, long cursor) {
    Resumption<S> resumption = new Resumption<>(format, cursor);
    Logs.withoutDeltas(log).forEach(resumption::next);
    StreamRunner<S> runner = resumption.runner();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    log.stream()
        .filter(e -> e.seq() > runner.position())
        .forEach(e -> out.writeBytes(runner.next(e)));
    return out.toString(StandardCharsets.UTF_8);
  }
}
