package com.openagents.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.engine.Asked;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.event.WaitingFor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// When a run that waits is looked at although nothing arrives.
class AlarmTest {

  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  private static Instant in(int minutes) {
    return CREATED.plus(Duration.ofMinutes(minutes));
  }

  private static Run waiting(@Nullable Instant until) {
    return new Run.Waiting(WaitingFor.TIMER, until);
  }

  private static RunState state(Run run, @Nullable Instant deadline, String... warned) {
    RunSpec spec = deadline == null ? RunWalk.SPEC : Asked.of("a").until(deadline).spec();
    return Edit.of(RunState.ABSENT).created(spec, CREATED).run(run).warned(List.of(warned)).done();
  }

  @Test
  void a_wait_without_an_end_is_not_looked_at() {
    assertThat(Alarm.of(state(waiting(null), null))).isNull();
  }

  @Test
  void a_wait_is_looked_at_when_it_ends() {
    assertThat(Alarm.of(state(waiting(in(5)), null))).isEqualTo(in(5));
  }

  @Test
  void the_deadline_is_warned_of_when_four_fifths_are_over() {
    assertThat(Alarm.of(state(waiting(null), in(10)))).isEqualTo(in(8));
    assertThat(Alarm.of(state(waiting(in(9)), in(10)))).isEqualTo(in(8));
    assertThat(Alarm.of(state(waiting(in(7)), in(10)))).isEqualTo(in(7));
  }

  @Test
  void a_deadline_that_was_warned_of_is_looked_at_when_it_comes() {
    assertThat(Alarm.of(state(waiting(null), in(10), "run_deadline"))).isEqualTo(in(10));
    assertThat(Alarm.of(state(waiting(in(11)), in(10), "run_deadline"))).isEqualTo(in(10));
    assertThat(Alarm.of(state(waiting(in(9)), in(10), "run_deadline"))).isEqualTo(in(9));
    assertThat(Alarm.of(state(waiting(null), in(10), "events"))).isEqualTo(in(8));
  }

  @Test
  void a_run_that_does_not_wait_is_not_looked_at() {
    assertThat(Alarm.of(state(new Run.Running(), in(10)))).isNull();
  }

  @Test
  void four_fifths_are_no_less_than_that() {
    assertThat(Alarm.fourFifths(10)).isEqualTo(8);
    assertThat(Alarm.fourFifths(11)).isEqualTo(9);
    assertThat(Alarm.fourFifths(1)).isEqualTo(1);
    assertThat(Alarm.fourFifths(0)).isZero();
  }
}
