package com.openagents.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.run.RunState.OpenText;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An event costs the fold the same however long the log before it is. What is counted is the
/// memory that the fold takes, which is what it copies, and no time.
@Tag("exhaustive")
class LongLogsTest {

  private static final RunId RUN =
      new RunId(UUID.fromString("0190a0c0-0000-7000-8000-000000000001"));

  /// One turn whose agent speaks in each of so many steps.
  private static List<Envelope> turnOf(int steps) {
    List<Event> events = new ArrayList<>();
    events.add(new RunCreated(RunWalk.SPEC, Digest.ofText("request")));
    events.add(new RunStarted(new NodeId("node-a")));
    for (int step = 1; step <= steps; step++) {
      String message = "1." + step + ".0.1";
      events.add(new StepStarted(1, step, 2, List.of()));
      events.add(new MessageStarted(message));
      events.add(new MessageCompleted(message, "well", Outcome.COMPLETE, null));
      events.add(new StepFinished(1, step, "done"));
    }
    return log(events);
  }

  private static List<Envelope> log(List<Event> events) {
    List<Envelope> log = new ArrayList<>();
    for (Event event : events) {
      log.add(new Envelope(RUN, log.size() + 1L, event, Instant.EPOCH, null, 1L));
    }
    return log;
  }

  /// A message that is still being spoken, in so many pieces.
  private static List<Envelope> messageOf(int pieces) {
    List<Event> events = new ArrayList<>();
    events.add(new RunCreated(RunWalk.SPEC, Digest.ofText("request")));
    events.add(new RunStarted(new NodeId("node-a")));
    events.add(new StepStarted(1, 1, 2, List.of()));
    events.add(new MessageStarted("1.1.0.1"));
    for (int piece = 0; piece < pieces; piece++) {
      events.add(new MessageDelta("1.1.0.1", "word "));
    }
    return log(events);
  }

  private static long bytesPerStep(int steps) {
    List<Envelope> log = turnOf(steps);
    long before = allocated();
    RunState state = RunFold.fold(RunState.ABSENT, log);
    long taken = allocated() - before;
    assertThat(state.conversation()).hasSize(steps);
    return taken / steps;
  }

  private static long bytesPerPiece(int pieces) {
    List<Envelope> log = messageOf(pieces);
    long before = allocated();
    RunState state = RunFold.fold(RunState.ABSENT, log);
    long taken = allocated() - before;
    assertThat(state.openText())
        .isEqualTo(new OpenText(4, "1.1.0.1", false, GrowingText.of("word ".repeat(pieces))));
    return taken / pieces;
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  @Test
  void a_piece_of_a_long_message_takes_as_much_as_one_of_a_short_message() {
    bytesPerPiece(1_000);
    assertThat(bytesPerPiece(50_000)).isLessThan(bytesPerPiece(5_000) * 3 / 2);
  }

  @Test
  void a_step_of_a_long_turn_takes_as_much_as_one_of_a_short_turn() {
    bytesPerStep(100);
    assertThat(bytesPerStep(7_200)).isLessThan(bytesPerStep(720) * 3 / 2);
  }

  @Test
  void the_saved_form_of_a_long_turn_is_read_as_the_same_state() {
    RunState state = RunFold.fold(RunState.ABSENT, turnOf(100));
    RunState read = RunStateJson.read(RunStateJson.write(state));
    assertThat(read).isEqualTo(state);
    assertThat(RunStateJson.write(read)).isEqualTo(RunStateJson.write(state));
  }
}
