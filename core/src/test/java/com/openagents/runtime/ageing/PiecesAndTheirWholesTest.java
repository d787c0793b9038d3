package com.openagents.runtime.ageing;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningStarted;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.ToolEvent.ToolCanceled;
import com.openagents.runtime.event.ToolEvent.ToolFailed;
import com.openagents.runtime.event.ToolEvent.ToolProgress;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import com.openagents.runtime.event.ToolEvent.ToolSucceeded;
import com.openagents.runtime.event.ToolEvent.ToolTimedOut;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Nothing goes in pieces of which the whole is not there.
@Tag("G1")
class PiecesAndTheirWholesTest {

  private static final Duration OLD = SpokenRuns.WEEK.plusHours(1);

  record Kind(Event.Known begins, Event.Known piece, Event.Known ends) {}

  static Stream<Kind> kinds() {
    Event.Known began = new ToolRequested("x", "search", Json.Obj.EMPTY, "none");
    Event.Known progress = new ToolProgress("x", Json.of(1));
    return Stream.of(
        new Kind(
            new MessageStarted("x"),
            new MessageDelta("x", "a"),
            new MessageCompleted("x", "aa", Outcome.COMPLETE, null)),
        new Kind(
            new ReasoningStarted("x"),
            new ReasoningDelta("x", "a"),
            new ReasoningCompleted("x", "aa", Outcome.COMPLETE)),
        new Kind(began, progress, new ToolSucceeded("x", Json.TRUE, Digest.ofText(""), 1)),
        new Kind(began, progress, new ToolFailed("x", "unavailable", "no answer")),
        new Kind(began, progress, new ToolCanceled("x", null)),
        new Kind(began, progress, new ToolTimedOut("x", 1)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void pieces_go_when_what_they_are_of_has_ended(Kind kind) {
    SpokenRuns run = new SpokenRuns().write(kind.begins, kind.piece, kind.piece).pass(OLD);
    run.round().run();
    assertThat(run.pieces()).containsExactly(4L, 5L);

    run.write(kind.ends).pass(OLD);
    run.round().run();
    assertThat(run.pieces()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void what_begins_again_under_its_name_needs_a_whole_of_its_own(Kind kind) {
    SpokenRuns run =
        new SpokenRuns()
            .write(new MessageStarted("around"))
            .write(kind.begins, kind.piece, kind.ends)
            .write(kind.begins, kind.piece)
            .write(new RunFailed(ReasonClass.EXECUTION_FAILED, "gone"))
            .pass(OLD);
    run.round().run();
    assertThat(run.pieces()).contains(8L);
  }
}
