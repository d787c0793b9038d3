package com.openagents.runtime.testkit.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.Retention;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.RunDocuments;
import com.openagents.runtime.projection.RunDocuments.Applied;
import com.openagents.runtime.projection.RunProjection;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.RunSubject;
import com.openagents.runtime.projection.RunSummaries;
import com.openagents.runtime.projection.TimelineSlices;
import com.openagents.runtime.testkit.generate.Events;
import com.openagents.runtime.testkit.generate.Seeds;
import com.openagents.runtime.testkit.generate.Values;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a projection does not read of an event says nothing in its document.
@Tag("G10")
class UnreadContentTest {

  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  static Stream<Long> seeds() {
    return Seeds.first(20);
  }

  private static List<RunProjection<?>> projections() {
    return List.of(RunSummaries.INSTANCE, TimelineSlices.INSTANCE);
  }

  private static Envelope first(Values some, Events events) {
    return new Envelope(some.runId(), 1, events.of(EventType.RUN_CREATED), AT, null, null);
  }

  private static StoredEvent stored(Envelope e, String payload) {
    Event event = e.event();
    return new StoredEvent(
        e.runId(), e.seq(), event.type(), event.version(), payload, e.occurredAt(), null, null);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void an_event_that_is_not_read_is_noted_as_it_is_applied(long seed) {
    Values some = new Values(Seeds.random(seed));
    Events events = new Events(Seeds.random(seed));
    Envelope first = first(some, events);
    for (RunProjection<?> projection : projections()) {
      for (Event.Known event : events.oneOfEachType()) {
        Envelope envelope = new Envelope(first.runId(), 2, event, AT, null, null);
        if (!projection.reads(event.is()) && event.retention() != Retention.DELTA) {
          assertNotedAsApplied(projection, first, envelope);
        }
      }
    }
  }

  private static <S> void assertNotedAsApplied(
      RunProjection<S> projection, Envelope first, Envelope envelope) {
    S state = projection.apply(projection.first(RunSubject.of(first)), first);
    assertThat(projection.note(state, envelope.seq(), envelope.event().type(), AT))
        .as(projection.id() + " of " + envelope.event().type())
        .isEqualTo(projection.apply(state, envelope));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void documents_and_rows_are_the_same_without_what_is_not_read(long seed) {
    Values some = new Values(Seeds.random(seed));
    Events events = new Events(Seeds.random(seed));
    Envelope first = first(some, events);
    RunDocuments begun = apply(null, first, EventCodec.payload(first.event())).after();
    for (EventType type : List.of(EventType.TOOL_SUCCEEDED, EventType.STEP_STARTED)) {
      Envelope envelope = new Envelope(first.runId(), 2, events.of(type), AT, null, null);
      Applied whole = apply(begun, envelope, EventCodec.payload(envelope.event()));
      Applied bare = apply(begun, envelope, "{}");
      assertThat(bare).isEqualTo(whole);
      assertThat(bare.after().documents()).isEqualTo(whole.after().documents());
      assertThat(bare.rows())
          .containsExactly(new ReadRow.Step(begun.subject(), 2, AT, type.wireName()));
    }
  }

  @Test
  void what_is_read_is_read_as_it_was_written() {
    Events events = new Events(Seeds.random(1));
    Envelope first = first(new Values(Seeds.random(1)), events);
    RunDocuments begun = apply(null, first, EventCodec.payload(first.event())).after();
    for (EventType type :
        List.of(
            EventType.RUN_STARTED,
            EventType.FRAME_ACCEPTED,
            EventType.MESSAGE_COMPLETED,
            EventType.TOOL_REQUESTED)) {
      Envelope envelope = new Envelope(first.runId(), 2, events.of(type), AT, null, null);
      assertThatThrownBy(() -> apply(begun, envelope, "{}"))
          .as(type.wireName())
          .hasMessageContaining("is damaged");
    }
  }

  private static Applied apply(@Nullable RunDocuments before, Envelope envelope, String payload) {
    return RunDocuments.apply(RunProjections.BUILT_IN, before, stored(envelope, payload));
  }
}
