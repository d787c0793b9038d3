package com.openagents.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MemoryEvent.MemoryCompacted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.SpendEvent.SpendReleased;
import com.openagents.runtime.event.StepEvent.CheckpointSaved;
import com.openagents.runtime.event.StepEvent.LoopDetected;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.run.RunState.OpenText;
import com.openagents.runtime.run.Utterance.Speaker;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What folding a log promises, over many random logs.
@Tag("G1")
class RunFoldTest {

  private static final RunId RUN = new RunId(new UUID(7, 7));
  private static final Event UNRECOGNIZED =
      new Event.Unrecognized("run.dreamed", 7, Json.object().put("of", "sheep").build());

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Seeds.atMost(100));
  }

  static LongStream fewSeeds() {
    return LongStream.rangeClosed(1, Seeds.atMost(25));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_fold_without_what_may_age_is_the_fold_with_it(long seed) {
    List<Event> log = RunLogs.random(seed);
    RunState durable = RunState.ABSENT;
    for (int i = 0; i < log.size(); i++) {
      if (log.get(i).retention() != Retention.DELTA) {
        durable = RunFold.apply(durable, stored(i + 1, log.get(i)));
      }
    }
    assertThat(durable).isEqualTo(fold(RunState.ABSENT, log, 0, log.size()));
  }

  @ParameterizedTest
  @MethodSource("fewSeeds")
  void a_fold_that_is_saved_anywhere_goes_on_as_if_it_had_not_been(long seed) {
    List<Event> log = RunLogs.random(seed);
    RunState whole = fold(RunState.ABSENT, log, 0, log.size());
    for (int cut = 1; cut <= log.size(); cut++) {
      RunState before = fold(RunState.ABSENT, log, 0, cut);
      assertThat(saved(before)).as("saved at %d", cut).isEqualTo(before);
      assertThat(fold(saved(before), log, cut, log.size())).as("cut at %d", cut).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void events_that_nobody_knows_change_nothing_but_the_size_of_the_log(long seed) {
    List<Event> log = RunLogs.random(seed);
    RunState state = RunState.ABSENT;
    for (int i = 0; i < log.size(); i++) {
      state = RunFold.apply(state, i + 1, log.get(i));
      RunState after = RunFold.apply(state, i + 2, UNRECOGNIZED);
      assertThat(after).isEqualTo(Edit.of(state).at(i + 2, LogSize.of(UNRECOGNIZED)).done());
    }
  }

  @Test
  void money_memory_and_remarks_change_nothing_but_the_size_of_the_log() {
    List<Event> log = RunLogs.random(1);
    RunState state = fold(RunState.ABSENT, log, 0, 4);
    var digest = Digest.ofText("x");
    for (Event event :
        List.of(
            new SpendReleased("r", 5, "not used"),
            new CheckpointSaved(3, digest),
            new LoopDetected("same_call", "warning", 3, "again and again"),
            new MemoryCompacted("c", 1, Instant.EPOCH, Instant.EPOCH, 3, digest))) {
      assertThat(RunFold.apply(state, 5, event))
          .isEqualTo(Edit.of(state).at(5, LogSize.of(event)).done());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void every_frame_is_consumed_by_one_turn_or_pending(long seed) {
    List<Event> log = RunLogs.random(seed);
    RunState state = fold(RunState.ABSENT, log, 0, log.size());
    long heard =
        state.conversation().stream().filter(u -> u.speaker() != Speaker.AGENT).distinct().count();
    long said = state.conversation().stream().filter(u -> u.speaker() != Speaker.AGENT).count();
    assertThat(heard).isEqualTo(said);
    long waiting = state.pending().stream().filter(RunFoldTest::isTold).count();
    assertThat(said + waiting).isEqualTo(log.stream().filter(RunFoldTest::isToldFrame).count());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_conversation_has_what_was_said_whole_and_nothing_that_was_interrupted(long seed) {
    List<Event> log = RunLogs.random(seed);
    RunState state = fold(RunState.ABSENT, log, 0, log.size());
    List<String> whole =
        log.stream()
            .filter(MessageCompleted.class::isInstance)
            .map(MessageCompleted.class::cast)
            .filter(message -> message.outcome() == Outcome.COMPLETE)
            .map(MessageCompleted::text)
            .filter(text -> !text.isEmpty())
            .toList();
    assertThat(state.conversation())
        .filteredOn(u -> u.speaker() == Speaker.AGENT)
        .extracting(Utterance::text)
        .isEqualTo(whole);
  }

  @Test
  void a_text_in_progress_is_known_as_far_as_it_was_written() {
    RunState state = fold(RunState.ABSENT, RunLogs.random(1), 0, 4);
    state = RunFold.apply(state, 5, new MessageStarted("1.1.0.1"));
    state = RunFold.apply(state, 6, new MessageDelta("1.1.0.1", "Hel"));
    state = RunFold.apply(state, 7, new MessageDelta("1.1.0.1", "lo"));
    assertThat(state.openText())
        .isEqualTo(new OpenText(5, "1.1.0.1", false, GrowingText.of("Hello")));
    state = RunFold.apply(state, 8, new MessageDelta("another", "ignored"));
    state = RunFold.apply(state, 9, note("that comes meanwhile"));
    assertThat(state.openText())
        .isEqualTo(new OpenText(5, "1.1.0.1", false, GrowingText.of("Hello")));
    state = RunFold.apply(state, 10, new RunCompleted());
    assertThat(state.openText()).isNull();
  }

  @Test
  void progress_forgets_the_recoveries_before_it() {
    RunState state = fold(RunState.ABSENT, RunLogs.random(1), 0, 4);
    RunState lost = Edit.of(state).recoveries(2).done();
    assertThat(RunFold.apply(lost, 5, new StepFinished(1, 1, "done")).recoveries()).isZero();
    assertThat(RunFold.apply(lost, 5, completed(Outcome.COMPLETE)).recoveries()).isZero();
    assertThat(RunFold.apply(lost, 5, completed(Outcome.INTERRUPTED)).recoveries()).isEqualTo(2);
    assertThat(RunFold.apply(lost, 5, new MessageDelta("m", "x")).recoveries()).isEqualTo(2);
  }

  @Test
  void a_log_that_the_rules_did_not_write_is_corrupt() {
    assertThatThrownBy(
            () -> RunFold.apply(RunState.ABSENT, 1, new RunStarted(new NodeId("node-a"))))
        .isInstanceOf(CorruptLog.class)
        .hasMessage("run.started cannot follow the state absent");
  }

  private static FrameAccepted note(String text) {
    Json.Obj payload = Json.object().put("text", text).build();
    return new FrameAccepted(new FrameId("note"), "note", payload, Digest.of(payload), null, null);
  }

  private static MessageCompleted completed(Outcome outcome) {
    return new MessageCompleted("1.1.0.1", "text", outcome, null);
  }

  private static boolean isTold(RunState.Pending pending) {
    return isToldFrame(pending.frame());
  }

  private static boolean isToldFrame(Event event) {
    return event instanceof FrameAccepted frame && Utterance.of(frame).isPresent();
  }

  private static RunState fold(RunState from, List<Event> log, int start, int end) {
    RunState state = from;
    for (int i = start; i < end; i++) {
      state = RunFold.apply(state, stored(i + 1, log.get(i)));
    }
    return state;
  }

  /// The event in its place; some requests bring a trace and some none.
  private static Envelope stored(long seq, Event event) {
    TraceId trace = seq % 3 == 0 ? null : new TraceId("%032x".formatted(seq));
    return new Envelope(RUN, seq, event, Instant.ofEpochSecond(seq), trace, null);
  }

  /// The state as it comes back from its saved text.
  private static RunState saved(RunState state) {
    String text = CanonicalJson.write(RunStateJson.write(state));
    return RunStateJson.read(JsonReader.readObject(text, JsonLimits.STORED));
  }
}
