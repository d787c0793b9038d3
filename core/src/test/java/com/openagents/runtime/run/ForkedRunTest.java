package com.openagents.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.DerivedRun;
import com.openagents.runtime.log.FloorRule;
import com.openagents.runtime.run.RunState.Pending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a log comes to that begins with a copy of another's beginning, cut anywhere.
@Tag("G1")
class ForkedRunTest {

  private static final RunId RUN = new RunId(new UUID(7, 8));
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Seeds.atMost(60));
  }

  private static void atEveryCut(long seed, BiConsumer<List<Envelope>, List<Envelope>> law) {
    List<Envelope> copy = new ArrayList<>();
    for (Event event : RunLogs.random(seed)) {
      if (event instanceof RunCompleted || event instanceof RunCanceled) {
        return;
      }
      copy.add(envelope(copy.size() + 1, event));
      List<Envelope> fork = new ArrayList<>(copy);
      fork.add(envelope(copy.size() + 1, new RunForked(new RunId(new UUID(7, 7)), copy.size())));
      law.accept(copy, fork);
    }
  }

  private static Envelope envelope(long seq, Event event) {
    return new Envelope(RUN, seq, event, AT, null, null);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothing_of_the_copy_goes_on(long seed) {
    atEveryCut(
        seed,
        (_, fork) -> {
          RunState state = RunFold.fold(RunState.ABSENT, fork);
          assertThat(state.run()).isEqualTo(new Run.Waiting(WaitingFor.FRAMES, null));
          assertThat(state.open()).isNull();
          assertThat(state.openText()).isNull();
          assertThat(state.recoveries()).isZero();
          assertThat(state.reason()).isNull();
          assertThat(state.pending())
              .extracting(Pending::effect)
              .allMatch(FrameType.Effect.CONTEXT::equals);
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_was_said_and_what_was_counted_stays(long seed) {
    atEveryCut(
        seed,
        (copy, fork) -> {
          RunState before = RunFold.fold(RunState.ABSENT, copy);
          RunState state = RunFold.fold(RunState.ABSENT, fork);
          assertThat(state.conversation()).isEqualTo(before.conversation());
          assertThat(state.turn()).isEqualTo(before.turn());
          assertThat(state.spec()).isEqualTo(before.spec());
          assertThat(state.warned()).isEqualTo(before.warned());
          assertThat(state.bytes()).isGreaterThan(before.bytes());
          assertThat(state.pending())
              .containsAll(
                  before.pending().stream()
                      .filter(frame -> frame.effect() == FrameType.Effect.CONTEXT)
                      .toList());
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void its_row_follows_from_its_log_and_wakes_by_no_time(long seed) {
    atEveryCut(
        seed,
        (_, fork) -> {
          DerivedRun derived = DerivedRun.of(fork);
          assertThat(derived.head().columns().run())
              .isEqualTo(new Run.Waiting(WaitingFor.FRAMES, null));
          assertThat(derived.head().columns().recoveries()).isZero();
          assertThat(derived.head().wakeAt()).isNull();
          assertThat(derived.restsUntil()).isNull();
          assertThat(derived.endedAt()).isNull();
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothing_is_open_behind_it_for_the_floor(long seed) {
    atEveryCut(
        seed, (_, fork) -> assertThat(FloorRule.moved(0, fork, 9_999)).isEqualTo(fork.size()));
  }
}
