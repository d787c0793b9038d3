package com.openagents.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.ToolEvent.ToolLateResult;
import com.openagents.runtime.event.ToolEvent.ToolProgress;
import com.openagents.runtime.event.ToolEvent.ToolSucceeded;
import com.openagents.runtime.identity.FrameId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How much an event counts against the limit of its log.
class LogSizeTest {

  private static final Digest DIGEST = Digest.ofText("");
  private static final long ALONE = LogSize.of(new RunCompleted());

  static Stream<Json.Obj> contents() {
    Json.Obj flat = Json.object().put("text", "x".repeat(500)).put("another", "y").build();
    Json list = Json.array(List.of(Json.of("one"), Json.of(12_345), Json.of("three"), Json.TRUE));
    return Stream.of(
        Json.Obj.EMPTY,
        flat,
        Json.object().put("list", list).put("empty", Json.array(List.of())).build(),
        Json.object().put("outer", Json.object().put("in", flat).put("at", list).build()).build());
  }

  @Test
  void an_event_counts_something_though_it_says_nothing() {
    assertThat(ALONE).isPositive();
  }

  @ParameterizedTest
  @MethodSource("contents")
  void a_content_counts_about_what_it_is_long(Json.Obj content) {
    long bytes = CanonicalJson.write(content).length();
    for (Event event : List.of(frame(content), step(content), succeeded(content), late(content))) {
      assertThat(LogSize.of(event) - ALONE).as(event.type()).isBetween(bytes, bytes + 16);
    }
  }

  @Test
  void every_intent_of_a_step_counts() {
    Json.Obj content = Json.object().put("text", "x".repeat(500)).build();

    assertThat(LogSize.of(step(content, content)) - ALONE)
        .isEqualTo(2 * (LogSize.of(step(content)) - ALONE));
  }

  @Test
  void a_whole_text_counts_for_its_pieces_too_and_they_count_nothing() {
    String text = "x".repeat(500);

    assertThat(LogSize.of(new MessageCompleted("m", text, Outcome.COMPLETE, null)) - ALONE)
        .isEqualTo(1_000);
    assertThat(LogSize.of(new ReasoningCompleted("r", text, Outcome.COMPLETE)) - ALONE)
        .isEqualTo(1_000);
    assertThat(LogSize.of(new MessageDelta("m", text))).isZero();
    assertThat(LogSize.of(new ReasoningDelta("r", text))).isZero();
    assertThat(LogSize.of(new ToolProgress("t", Json.of(text)))).isZero();
  }

  private static Event frame(Json.Obj content) {
    return new FrameAccepted(new FrameId("f"), "note", content, DIGEST, null, null);
  }

  private static Event step(Json.Obj... contents) {
    return new StepStarted(
        1, 1, 1, Stream.of(contents).map(body -> new IntentRecord("i", "say", body)).toList());
  }

  private static Event succeeded(Json.Obj content) {
    return new ToolSucceeded("t", content, DIGEST, 1);
  }

  private static Event late(Json.Obj content) {
    return new ToolLateResult("t", content);
  }
}
