package com.openagents.runtime.testkit.log;

import static com.openagents.runtime.log.Precondition.OPEN;
import static com.openagents.runtime.testkit.Drafts.deltas;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.generate.Events;
import com.openagents.runtime.testkit.generate.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What reading a log and its row promises: what was written comes back, in order, page by page.
///
/// Not asserted: reading below a retention floor, and events of types that this runtime does not
/// know, which no port can write.
public abstract class ReadContract extends StoreContract {

  @Test
  void pages_follow_each_other_without_overlap_or_gap() {
    start(1);
    write(deltas(RUN, OPEN, "a", "b", "c", "d", "e", "f"));
    assertThat(seqs(log().read(RUN, 0, 3))).containsExactly(1L, 2L, 3L);
    assertThat(seqs(log().read(RUN, 3, 3))).containsExactly(4L, 5L, 6L);
    assertThat(seqs(log().read(RUN, 6, 3))).containsExactly(7L);
    assertThat(log().read(RUN, 7, 3)).isEmpty();
    assertThat(log().read(RUN, 700, 3)).isEmpty();
  }

  @Test
  void durable_pages_leave_out_what_may_age_and_are_as_long_as_asked_for() {
    start(1);
    write(deltas(RUN, OPEN, "a", "b", "c"));
    write(Append.of(RUN, OPEN, List.of(Drafts.said("abc"))));
    write(deltas(RUN, OPEN, "d"));
    write(Append.of(RUN, OPEN, List.of(Drafts.said("d"))));
    assertThat(seqs(log().readDurable(RUN, 0, 100))).containsExactly(1L, 5L, 7L);
    assertThat(seqs(log().readDurable(RUN, 0, 2))).containsExactly(1L, 5L);
    assertThat(seqs(log().readDurable(RUN, 2, 2))).containsExactly(5L, 7L);
    assertThat(log().readDurable(RUN, 7, 2)).isEmpty();
  }

  @Test
  void the_runs_of_a_store_do_not_mix() {
    start(1);
    start(2);
    write(deltas(RUN, OPEN, "mine"));
    write(deltas(Drafts.runId(2), OPEN, "the other's"));
    assertThat(texts(RUN)).containsExactly("mine");
    assertThat(log().read(RUN, 0, 10)).extracting(StoredEvent::runId).containsOnly(RUN);
    assertThat(log().read(Drafts.runId(3), 0, 10)).isEmpty();
    assertThat(log().head(Drafts.runId(3))).isEmpty();
  }

  static Stream<Long> seeds() {
    return Seeds.first(20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @Tag("G1")
  void events_of_every_type_come_back_as_they_were_written(long seed) {
    start(1);
    List<Event.Known> written = new Events(Seeds.random(seed)).oneOfEachType();
    write(Append.of(RUN, OPEN, written));
    List<Event> read = facts(RUN).subList(1, written.size() + 1);
    assertThat(read).as("seed %d", seed).isEqualTo(written);
  }

  @Test
  void the_stored_payload_is_the_canonical_text() {
    start(1);
    List<Event.Known> written = new Events(Seeds.random(7)).oneOfEachType();
    write(Append.of(RUN, OPEN, written));
    assertThat(log().read(RUN, 1, 1_000))
        .extracting(StoredEvent::payload)
        .isEqualTo(written.stream().map(EventCodec::payload).toList());
  }

  @Test
  void a_stored_event_names_its_type_and_version() {
    start(1);
    assertThat(log().read(RUN, 0, 1))
        .allSatisfy(stored -> {
          assertThat(stored.type()).isEqualTo("run.created");
          assertThat(stored.version()).isEqualTo(1);
          assertThat(stored.seq()).isEqualTo(1);
        })
        .hasSize(1);
  }

  static Stream<String> texts() {
    return Stream.of(
        "",
        "\"quoted\" and \\ and / and '",
        "line\nbreaks\r\nand\ttabs",
        "\u0001\u001f\u007f\u0080\u2028\u2029\ufeff",
        "naïve café, 日本語, עברית, 👩‍👩‍👧 and 𝒻",
        "'; drop table run; -- %s {} ${x}",
        "x".repeat(200_000));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void text_comes_back_as_it_was_written(String text) {
    start(1);
    write(deltas(RUN, OPEN, text));
    assertThat(facts(RUN).getLast()).isEqualTo(new MessageDelta("1.1.1.1", text));
  }

  /// Where types for JSON of databases lose or refuse something: numbers at the ends of a double,
  /// names that are empty or sort otherwise elsewhere, and nesting as deep as a request may have.
  static Stream<Json.Obj> payloads() {
    Json deep = Json.array(List.of());
    for (int levels = 4; levels < JsonLimits.REQUEST.depth(); levels++) {
      deep = Json.array(List.of(deep));
    }
    return Stream.of(
        Json.object().put("deep", deep).build(),
        Json.object()
            .put("largest", Double.MAX_VALUE)
            .put("smallest", Double.MIN_VALUE)
            .put("integer", Json.Num.INTEGER_MAX)
            .put("fraction", 0.1)
            .build(),
        Json.object()
            .put("", "empty")
            .put("\ud83d\ude00", "a pair, before the next in UTF-16 and behind it in UTF-8")
            .put("\uffff", "no character")
            .put("a", Json.NULL)
            .put("A", false)
            .put("__proto__", Json.Obj.EMPTY)
            .build());
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void a_payload_comes_back_as_it_was_written(Json.Obj payload) {
    start(1);
    FrameAccepted frame =
        new FrameAccepted(
            new FrameId("f-1"), "user_message", payload, Digest.of(payload), null, null);
    write(Append.of(RUN, OPEN, List.of(frame)).with(Drafts.key(frame)));
    assertThat(facts(RUN).getLast()).isEqualTo(frame);
    assertThat(log().read(RUN, 1, 1).getFirst().payload()).isEqualTo(EventCodec.payload(frame));
  }

  @Test
  void a_thousand_events_come_back_in_order() {
    start(1);
    List<String> pieces = IntStream.range(0, 1_000).mapToObj(i -> "piece " + i).toList();
    write(deltas(RUN, OPEN, pieces));
    assertThat(texts(RUN)).isEqualTo(pieces);
    List<Envelope> paged = new ArrayList<>();
    while (paged.size() < 1_001) {
      long after = paged.isEmpty() ? 0 : paged.getLast().seq();
      log().read(RUN, after, 97).stream().map(EventCodec::decode).forEach(paged::add);
      assertThat(paged.getLast().seq()).isGreaterThan(after);
    }
    assertThat(paged).isEqualTo(events(RUN));
  }

  static Stream<Run> runs() {
    Instant until = Instant.parse("2031-02-03T04:05:06.123456Z");
    return Stream.of(
            Stream.<Run>of(new Run.Created(), new Run.Running(), new Run.Canceling()),
            Stream.of(WaitingFor.values()).map(what -> new Run.Waiting(what, null)),
            Stream.of(WaitingFor.values()).map(what -> new Run.Waiting(what, until)),
            Stream.of(new Run.Ended(Run.Outcome.COMPLETED, null)),
            Stream.of(ReasonClass.values()).map(r -> new Run.Ended(Run.Outcome.FAILED, r)),
            Stream.of(ReasonClass.values()).map(r -> new Run.Ended(Run.Outcome.CANCELED, r)))
        .flatMap(states -> states);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void every_state_of_a_run_comes_back_from_its_columns(Run run) {
    start(1);
    Columns columns = new Columns(run, 3);
    write(deltas(RUN, OPEN, "a").with(columns));
    assertThat(head(RUN).columns()).isEqualTo(columns);
  }

  private static List<Long> seqs(List<StoredEvent> events) {
    return events.stream().map(StoredEvent::seq).toList();
  }
}
