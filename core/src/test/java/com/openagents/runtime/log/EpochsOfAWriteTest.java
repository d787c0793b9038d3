package com.openagents.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.lease.LeaseChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Which events of a write are an executor's.
@Tag("G3")
class EpochsOfAWriteTest {

  private static final RunId RUN = new RunId(new UUID(1, 2));
  private static final NodeId NODE = new NodeId("node-1");
  private static final Event.Known STARTED = new RunStarted(NODE);
  private static final Event.Known ENDED = new RunCompleted();
  private static final Event.Known FRAME =
      new FrameAccepted(
          new FrameId("f-1"), "note", Json.Obj.EMPTY, Digest.of(Json.Obj.EMPTY), null, null);

  private static List<@Nullable Long> epochs(Append append) {
    List<@Nullable Long> epochs = new ArrayList<>();
    for (int i = 0; i < append.events().size(); i++) {
      epochs.add(append.epochOf(i));
    }
    return epochs;
  }

  @Test
  void what_follows_a_start_and_its_frame_is_the_first_executors() {
    Append start = Append.of(RUN, Precondition.FRESH, List.of(ENDED, FRAME));
    Append acting = start.acting(acquire(), List.of(STARTED, ENDED));

    assertThat(epochs(acting)).containsExactly(null, null, 1L, 1L);
    assertThat(acting.lease()).isEqualTo(acquire());
  }

  @Test
  void a_start_without_a_frame_is_one_event() {
    Append start = Append.of(RUN, Precondition.FRESH, List.of(ENDED));

    assertThat(epochs(start.acting(acquire(), List.of(STARTED)))).containsExactly(null, 1L);
    assertThat(epochs(start.acting(acquire(), List.of()))).containsExactly((Long) null);
  }

  @Test
  void nothing_of_a_start_that_takes_no_lease_is_an_executors() {
    Append start = Append.of(RUN, Precondition.FRESH, List.of(ENDED, FRAME, STARTED));

    assertThat(epochs(start)).containsExactly(null, null, null);
  }

  @Test
  void all_of_an_executors_write_is_of_its_epoch_whatever_it_takes() {
    Append write = Append.of(RUN, Precondition.executor(7), List.of(STARTED, FRAME, ENDED));

    assertThat(epochs(write)).containsExactly(7L, 7L, 7L);
    assertThat(epochs(write.with(acquire()))).containsExactly(7L, 7L, 7L);
  }

  @Test
  void a_write_stands_in_the_log_as_it_was_answered() {
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    TraceId trace = new TraceId("1".repeat(32));
    Append write =
        Append.of(RUN, Precondition.executor(7), List.of(STARTED, ENDED)).tracedBy(trace);

    assertThat(write.written(new Appended.Written(5, 6, 7, at)))
        .containsExactly(
            new Envelope(RUN, 5, STARTED, at, trace, 7L),
            new Envelope(RUN, 6, ENDED, at, trace, 7L));
  }

  private static LeaseChange acquire() {
    return new LeaseChange.Acquire(NODE, Duration.ofSeconds(30));
  }
}
