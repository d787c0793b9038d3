package com.openagents.runtime.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.ToolEvent.ToolLateResult;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.stream.AiSdkMapping;
import com.openagents.runtime.stream.Cursor;
import com.openagents.runtime.stream.CursorVerdict;
import com.openagents.runtime.stream.EventsMapping;
import com.openagents.runtime.stream.StreamRunner;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A run of 100 pieces of text in one message, its end, and a late result.
@Tag("G6")
class StreamsTest {

  private static final long ENDED_AT = 105;

  private final ObservedLog log =
      new ObservedLog(new InMemoryStore(new VirtualTime(Instant.EPOCH)).log());
  private final GrowingRun run = new GrowingRun(log, 1);
  private final Streams streams =
      new Streams(new OpeningReads(log, OpeningReads.Bounds.DEFAULT, System::nanoTime));

  @BeforeEach
  void grow() {
    run.append(new RunStarted(new NodeId("n")));
    run.append(new MessageStarted("m"));
    run.grow(100);
    run.append(new MessageCompleted("m", "text".repeat(100), Outcome.COMPLETE, null));
  }

  private void end() {
    run.append(new RunCompleted());
    run.append(new ToolLateResult("t", Json.NULL));
  }

  private Opening open(Cursor cursor) {
    return streams.open(run.head(), AiSdkMapping.PORTABLE, cursor);
  }

  @Test
  void a_resumed_stream_is_what_follows_the_cursor() {
    end();
    String whole = bytes(open(new Cursor.Start()));
    for (long cursor = 1; cursor < ENDED_AT; cursor++) {
      String id = "id: " + cursor + "\n";
      assertThat(id + bytes(open(new Cursor.After(cursor))))
          .as("cursor %d", cursor)
          .isEqualTo(id + whole.substring(whole.indexOf("\n\n", whole.indexOf(id)) + 2));
    }
  }

  @Test
  void a_long_message_before_the_cursor_is_not_read_again() {
    log.reads().clear();
    assertThat(open(new Cursor.After(104))).isInstanceOf(Opening.At.class);
    assertThat(log.eventsRead()).isLessThan(10);
    assertThat(runner(open(new Cursor.After(104))).position()).isEqualTo(104);
    assertThat(runner(open(new Cursor.After(50))).position()).isEqualTo(2);
  }

  @Test
  void a_format_without_memory_is_opened_anywhere_without_a_look_back() {
    log.reads().clear();
    long before = log.eventsRead();
    Opening opening = streams.open(run.head(), new EventsMapping(), new Cursor.After(50));
    assertThat(log.eventsRead()).isEqualTo(before);
    assertThat(runner(opening).position()).isEqualTo(50);
  }

  @Test
  void a_live_run_is_followed_from_its_head() {
    StreamRunner<?> runner = runner(open(new Cursor.Latest()));
    assertThat(runner.position()).isEqualTo(104);
    assertThat(runner.ended()).isFalse();
  }

  @Test
  @Tag("scenario-19")
  void an_ended_run_has_nothing_more_from_its_terminal_event_on() {
    end();
    Opening nothing = new Opening.Refused(new CursorVerdict.NothingMore());
    assertThat(open(new Cursor.After(ENDED_AT))).isEqualTo(nothing);
    assertThat(open(new Cursor.After(ENDED_AT + 1))).isEqualTo(nothing);
    assertThat(open(new Cursor.Latest())).isEqualTo(nothing);
    assertThat(open(new Cursor.After(ENDED_AT - 1))).isInstanceOf(Opening.At.class);
  }

  @Test
  void the_end_is_found_before_many_late_results() {
    end();
    for (int i = 0; i < 150; i++) {
      run.append(new ToolLateResult("t", Json.NULL));
    }
    assertThat(open(new Cursor.After(ENDED_AT - 1))).isInstanceOf(Opening.At.class);
    assertThat(open(new Cursor.After(ENDED_AT)))
        .isEqualTo(new Opening.Refused(new CursorVerdict.NothingMore()));
  }

  @Test
  @Tag("scenario-15")
  void a_cursor_beyond_the_head_is_refused() {
    assertThat(open(new Cursor.After(105)))
        .isEqualTo(new Opening.Refused(new CursorVerdict.Ahead(104)));
  }

  private String bytes(Opening opening) {
    StreamRunner<?> runner = runner(opening);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    log.read(run.id(), runner.position(), 1_000).stream()
        .<Envelope>map(EventCodec::decode)
        .forEach(envelope -> out.writeBytes(runner.next(envelope)));
    assertThat(runner.ended()).isTrue();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static StreamRunner<?> runner(Opening opening) {
    if (opening instanceof Opening.At(StreamRunner<?> runner)) {
      return runner;
    }
    throw new AssertionError(opening);
  }
}
