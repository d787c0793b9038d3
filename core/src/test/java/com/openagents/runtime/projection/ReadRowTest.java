package com.openagents.runtime.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.projection.ReadRow.Message;
import com.openagents.runtime.projection.ReadRow.Step;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadRowTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final RunSubject RUN =
      new RunSubject(
          RunId.parse("0190a0c0-0000-7000-8000-000000000001"),
          new ThreadId("t"),
          new Principal.User(1),
          "echo",
          AT);

  private static List<ReadRow> rows(Event event) {
    return ReadRow.of(RUN, new Envelope(RUN.runId(), 4, event, AT, null, null));
  }

  private static FrameAccepted frame(String type, Json.Obj payload) {
    return new FrameAccepted(new FrameId("f"), type, payload, Digest.ofText("x"), null, null);
  }

  private static Json.Obj text(String text) {
    return Json.object().put("text", text).build();
  }

  @ParameterizedTest
  @CsvSource({"user_message, user", "note, note"})
  void what_people_say_is_a_message_beside_its_step(String type, String role) {
    assertThat(rows(frame(type, text("hi"))))
        .containsExactly(
            new Step(RUN, 4, AT, "frame.accepted"), new Message(RUN, 4, AT, role, "hi", false));
  }

  @Test
  void a_frame_that_says_nothing_is_a_step_alone() {
    assertThat(rows(frame("user_message", text(""))))
        .containsExactly(new Step(RUN, 4, AT, "frame.accepted"));
    assertThat(rows(frame("approval", text("hi"))))
        .containsExactly(new Step(RUN, 4, AT, "frame.accepted"));
  }

  @Test
  void what_an_agent_says_is_a_message_also_when_it_was_interrupted() {
    assertThat(rows(new MessageCompleted("m", "hello", Outcome.COMPLETE, null)))
        .contains(new Message(RUN, 4, AT, "agent", "hello", false));
    assertThat(rows(new MessageCompleted("m", "hel", Outcome.INTERRUPTED, null)))
        .contains(new Message(RUN, 4, AT, "agent", "hel", true));
    assertThat(rows(new MessageCompleted("m", "", Outcome.INTERRUPTED, null))).hasSize(1);
  }

  @Test
  void everything_else_is_a_step() {
    assertThat(rows(new RunCompleted())).containsExactly(new Step(RUN, 4, AT, "run.completed"));
  }
}
