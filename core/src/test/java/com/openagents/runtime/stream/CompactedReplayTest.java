package com.openagents.runtime.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.log.FloorRule;
import com.openagents.runtime.run.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A log from which pieces aged out is read from its start with each text as one piece.
@Tag("G6")
class CompactedReplayTest {

  private static final Path FILES = Path.of("src/test/resources/stream-aged");
  private static final Path ACTUAL = Path.of("target/golden-aged");
  private static final Pattern ID = Pattern.compile("^id: ([0-9]+)$", Pattern.MULTILINE);
  private static final int LOGS = Seeds.atMost(60);

  private static String replay(Mapping<?> format, List<Envelope> log) {
    return after(new StreamRunner<>(format.replay(), 0), log);
  }

  private static String after(StreamRunner<?> runner, List<Envelope> log) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    log.forEach(envelope -> out.writeBytes(runner.next(envelope)));
    return out.toString(StandardCharsets.UTF_8);
  }

  static Stream<Mapping<?>> formats() {
    return Stream.of(
        new EventsMapping(), new AiSdkMapping(5), new AiSdkMapping(7), new AgUiMapping());
  }

  private static List<Envelope> random(int seed) {
    return Logs.of(RandomLog.of(new Random(seed), 5 + seed));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void a_whole_log_has_the_bytes_that_it_always_had(Mapping<?> format) {
    for (int seed = 0; seed < LOGS; seed++) {
      List<Envelope> log = random(seed);
      assertThat(replay(format, log))
          .as("seed %d", seed)
          .isEqualTo(after(new StreamRunner<>(format, 0), log));
    }
  }

  /// The bytes behind the last id up to which the log aged are those of the whole log.
  @ParameterizedTest
  @MethodSource("formats")
  void from_the_floor_on_it_has_the_bytes_of_the_whole_log(Mapping<?> format) {
    for (int seed = 0; seed < LOGS; seed++) {
      List<Envelope> log = random(seed);
      for (int wanted = 1; wanted < log.size(); wanted++) {
        long floor = FloorRule.moved(0, log, wanted);
        List<Envelope> aged =
            log.stream()
                .filter(e -> e.seq() > floor || e.event().retention() != Retention.DELTA)
                .toList();
        assertThat(behind(floor, replay(format, aged)))
            .as("seed %d, floor %d", seed, floor)
            .isEqualTo(behind(floor, replay(format, log)));
      }
    }
  }

  /// What follows the last id that is not above the floor.
  private static String behind(long floor, String stream) {
    int from = 0;
    for (MatchResult id : ID.matcher(stream).results().toList()) {
      from = Long.parseLong(id.group(1)) <= floor ? id.start() : from;
    }
    return stream.substring(stream.indexOf("\n\n", from));
  }

  @Test
  void an_aged_text_is_one_piece_in_the_place_of_the_last_that_went() {
    List<Envelope> log = said("one ", "two ", "three");
    List<Json> shown = shown(replay(new EventsMapping(), Logs.withoutDeltas(log)));
    assertThat(shown).hasSize(5);
    assertThat(shown.get(2)).isEqualTo(piece(log.getLast().seq() - 2, "one two three"));
    assertThat(replay(new EventsMapping(), Logs.withoutDeltas(log)))
        .containsSubsequence("\"seq\":5,\"type\":\"message.delta\"", "id: 6\n", "id: 7\n")
        .doesNotContain("id: 5\n");
  }

  @Test
  void a_reader_under_way_gets_the_rest_of_a_text_as_one_piece() {
    List<Envelope> log = said("Grö", "ße 🎉", " ok");
    for (int gone = 0; gone < 3; gone++) {
      int kept = gone;
      List<Envelope> rest =
          log.stream()
              .filter(e -> e.seq() <= 2 + kept || e.event().retention() != Retention.DELTA)
              .toList();
      assertThat(joined(shown(replay(new EventsMapping(), rest)))).isEqualTo("Größe 🎉 ok");
    }
  }

  /// Pieces are removed some at a time, so a reader may come when a text lacks only its beginning.
  @ParameterizedTest
  @MethodSource("formats")
  void what_is_left_of_the_pieces_of_a_text_is_not_shown_for_its_beginning(Mapping<?> format) {
    List<Envelope> log = said("one ", "two ", "three ", "four");
    for (long from = 3; from <= 6; from++) {
      for (long through = from; through <= 6; through++) {
        long first = from;
        long last = through;
        List<Envelope> rest = log.stream().filter(e -> e.seq() < first || e.seq() > last).toList();
        assertThat(joined(shownOfAny(replay(format, rest))))
            .as("without %d to %d", from, through)
            .isEqualTo("one two three four");
      }
    }
  }

  @Test
  void a_reader_of_raw_events_is_not_led_over_what_aged_out_under_it() {
    List<Envelope> log = said("one ", "two ", "three ", "four");
    StreamRunner<?> runner = new Resumption<>(new EventsMapping(), 3).runner();
    assertThat(runner.missesBefore(log.get(3))).isFalse();
    assertThat(runner.missesBefore(log.get(4))).isTrue();
  }

  @Test
  void a_reader_whose_last_pieces_are_gone_is_not_shown_them_again() {
    List<Envelope> log = said("one ", "two ", "three ", "four");
    Resumption<?> resumption = new Resumption<>(AiSdkMapping.PORTABLE, 4);
    log.subList(0, 2).forEach(resumption::next);
    StreamRunner<?> runner = resumption.runner();
    assertThat(runner.missesBefore(log.get(1))).isFalse();
    runner.next(log.get(1));
    assertThat(runner.missesBefore(log.get(2))).isFalse();
    assertThat(runner.missesBefore(log.get(4))).isTrue();
  }

  @Test
  void a_reader_behind_a_whole_text_misses_no_stray_pieces() {
    List<Event> events = new ArrayList<>();
    said("one ", "two").forEach(e -> events.add(e.event()));
    events.addAll(events.size() - 1, List.of(new MessageDelta("x", ""), new MessageDelta("x", "")));
    List<Envelope> log = Logs.of(events);
    Resumption<?> resumption = new Resumption<>(AiSdkMapping.PORTABLE, 7);
    Logs.withoutDeltas(log).forEach(resumption::next);
    StreamRunner<?> runner = resumption.runner();
    assertThat(runner.position()).isEqualTo(5);
    assertThat(runner.missesBefore(log.get(7))).isFalse();
  }

  @Test
  void a_reader_from_the_start_misses_nothing_that_does_not_come_with_the_whole() {
    List<Envelope> rest = Logs.withoutDeltas(said("one ", "two"));
    StreamRunner<?> runner = new StreamRunner<>(new EventsMapping().replay(), 0);
    for (Envelope next : rest) {
      assertThat(runner.missesBefore(next)).isFalse();
      runner.next(next);
    }
  }

  private static List<Json> shownOfAny(String stream) {
    return stream
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> JsonReader.read(line.substring("data: ".length()), JsonLimits.STORED))
        .toList();
  }

  private static List<Envelope> said(String... pieces) {
    List<Event> events = new ArrayList<>();
    events.add(Logs.created());
    events.add(new MessageStarted("m"));
    for (String piece : pieces) {
      events.add(new MessageDelta("m", piece));
    }
    events.add(new MessageCompleted("m", String.join("", pieces), Outcome.COMPLETE, null));
    events.add(new RunCompleted());
    return Logs.of(events);
  }

  private static List<Json> shown(String stream) {
    return stream
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> JsonReader.read(line.substring("data: ".length()), JsonLimits.STORED))
        .map(CompactedReplayTest::essence)
        .toList();
  }

  private static Json essence(Json event) {
    Json.Obj fields = (Json.Obj) event;
    return Json.object()
        .put("seq", requireNonNull(fields.get("seq")))
        .put("type", requireNonNull(fields.get("type")))
        .put("payload", requireNonNull(fields.get("payload")))
        .build();
  }

  private static Json piece(long seq, String text) {
    return Json.object()
        .put("seq", seq)
        .put("type", "message.delta")
        .put("payload", Json.object().put("messageId", "m").put("text", text).build())
        .build();
  }

  private static String joined(List<Json> shown) {
    StringBuilder text = new StringBuilder();
    for (Json event : shown) {
      if (((Json.Obj) event).get("delta") instanceof Json.Str(String piece)) {
        text.append(piece);
      }
      if (((Json.Obj) event).get("payload") instanceof Json.Obj payload
          && payload.get("text") instanceof Json.Str(String piece)
          && Json.of("message.delta").equals(((Json.Obj) event).get("type"))) {
        text.append(piece);
      }
    }
    return text.toString();
  }

  /// After a change on purpose, look at what the test has left in `target/golden-aged` and copy it.
  @ParameterizedTest
  @CsvSource({
    "answer,events",
    "answer,ai-sdk-5",
    "answer,ag-ui",
    "interrupted,events",
    "interrupted,ai-sdk-5",
    "interrupted,ag-ui",
    "tools,events",
    "tools,ai-sdk-5",
    "tools,ag-ui"
  })
  void the_stream_of_an_aged_log_has_the_bytes_on_file(String log, String format)
      throws IOException {
    Mapping<?> mapping = requireNonNull(GoldenLogs.FORMATS.get(format));
    List<Envelope> whole = Logs.of(requireNonNull(GoldenLogs.all().get(log)));
    String name = log + "." + format + ".sse";
    Files.createDirectories(ACTUAL);
    Path actual = ACTUAL.resolve(name);
    Files.writeString(actual, replay(mapping, Logs.withoutDeltas(whole)));
    assertThat(FILES.resolve(name)).hasSameBinaryContentAs(actual);
  }
}
