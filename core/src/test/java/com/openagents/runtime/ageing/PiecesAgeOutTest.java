package com.openagents.runtime.ageing;

import static com.openagents.runtime.ageing.SpokenRuns.RUN;
import static com.openagents.runtime.ageing.SpokenRuns.WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.event.ToolEvent.ToolProgress;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import com.openagents.runtime.event.ToolEvent.ToolTimedOut;
import com.openagents.runtime.log.DerivedRun;
import com.openagents.runtime.log.RunStates;
import com.openagents.runtime.run.RunState;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is old and whole goes in pieces no longer; everything else stays.
@Tag("G1")
class PiecesAgeOutTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void pieces_stay_for_the_window_and_go_when_it_is_over() {
    SpokenRuns run = new SpokenRuns().say("1", 5).write(new RunCompleted());
    run.pass(WEEK.minus(HOUR));
    assertThat(run.round().run()).isZero();
    assertThat(run.pieces()).hasSize(5);
    assertThat(run.floor()).isZero();
    run.pass(HOUR);
    assertThat(run.round().run()).isEqualTo(5);
    assertThat(run.pieces()).isEmpty();
    assertThat(run.events()).extracting(StoredEvent::seq).containsExactly(1L, 2L, 3L, 9L, 10L);
    assertThat(run.floor()).isEqualTo(10);
    assertThat(run.round().run()).isZero();
    assertThat(run.store.ageing().due(Duration.ZERO, 10)).isEmpty();
  }

  @Test
  void folds_and_rows_are_the_same_without_them() {
    SpokenRuns run = new SpokenRuns().say("1", 5).say("2", 7).write(new RunCompleted()).pass(WEEK);
    RunState before = RunStates.read(run.store.log(), RUN, RunState.ABSENT);
    run.round().run();
    assertThat(run.pieces()).isEmpty();
    assertThat(RunStates.read(run.store.log(), RUN, RunState.ABSENT)).isEqualTo(before);
    DerivedRun.Known known = new DerivedRun.Known(run.events().getLast().seq(), run.floor());
    assertThat(DerivedRun.read(run.store.log(), RUN, known)).isPresent();
    assertThat(DerivedRun.read(run.store.log(), RUN, null)).isPresent();
  }

  @Test
  void pieces_without_a_whole_stay_for_ever() {
    SpokenRuns run =
        new SpokenRuns()
            .say("1", 3)
            .write(new MessageStarted("2"))
            .pieces("2", 4)
            .write(new RunFailed(ReasonClass.EXECUTION_FAILED, "gone"))
            .pass(WEEK);
    run.round().run();
    assertThat(run.pieces()).isEqualTo(LongStream.rangeClosed(9, 12).boxed().toList());
    assertThat(run.floor()).isEqualTo(13);
  }

  @Test
  void pieces_of_what_is_still_open_stay_until_it_is_whole() {
    SpokenRuns run = new SpokenRuns().say("1", 3).write(new MessageStarted("2")).pieces("2", 4);
    run.pass(WEEK.plus(HOUR));
    run.round().run();
    assertThat(run.pieces()).hasSize(4);
    assertThat(run.floor()).isEqualTo(7);
    run.write(new MessageCompleted("2", SpokenRuns.text("2", 4), Outcome.INTERRUPTED, null));
    run.pass(WEEK.multipliedBy(2));
    run.round().run();
    assertThat(run.pieces()).isEmpty();
  }

  @Test
  void stray_pieces_stay_and_keep_no_others() {
    SpokenRuns run =
        new SpokenRuns()
            .write(new MessageDelta("9", "stray"), new MessageStarted("1"))
            .pieces("1", 1)
            .write(new MessageDelta("9", "stray"))
            .pieces("1", 1)
            .write(new MessageCompleted("1", SpokenRuns.text("1", 2), Outcome.COMPLETE, null))
            .pass(WEEK.plus(HOUR));
    run.round().run();
    assertThat(run.pieces()).containsExactly(3L, 6L);
  }

  @Test
  void the_work_of_a_tool_goes_when_the_call_has_ended() {
    SpokenRuns run =
        new SpokenRuns()
            .write(
                new ToolRequested("t", "search", Json.Obj.EMPTY, "none"),
                new ToolProgress("t", Json.of(1)),
                new ToolProgress("t", Json.of(2)))
            .pass(WEEK.plus(HOUR));
    run.round().run();
    assertThat(run.pieces()).hasSize(2);
    run.write(new ToolTimedOut("t", 1)).pass(WEEK.multipliedBy(2));
    run.round().run();
    assertThat(run.pieces()).isEmpty();
  }

  @Test
  void a_run_that_goes_on_loses_what_is_old_and_keeps_what_is_young() {
    SpokenRuns run = new SpokenRuns().say("1", 5).pass(Duration.ofDays(5)).say("2", 6);
    run.pass(Duration.ofDays(3));
    assertThat(run.round().run()).isEqualTo(5);
    assertThat(run.pieces()).hasSize(6);
    assertThat(run.floor()).isEqualTo(9);
    run.pass(Duration.ofDays(6));
    assertThat(run.round().run()).isEqualTo(6);
    assertThat(run.pieces()).isEmpty();
  }

  @Test
  void a_floor_does_not_move_where_nothing_ages() {
    SpokenRuns run = new SpokenRuns().say("1", 0).write(new RunCompleted()).pass(WEEK);
    run.round().run();
    assertThat(run.floor()).isZero();
    assertThat(run.store.ageing().due(Duration.ZERO, 10)).isEmpty();
  }

  @Test
  void a_long_log_goes_by_and_by_and_a_round_that_is_cut_short_is_made_up_for() {
    SpokenRuns run = new SpokenRuns();
    for (int i = 0; i < 20; i++) {
      run.say("m" + i, 9);
    }
    run.write(new RunCompleted()).pass(WEEK);
    AgeingRound.Bounds few = new AgeingRound.Bounds(1, 1, 12, 4, 2);
    assertThat(run.round(few).run()).isEqualTo(8);
    assertThat(run.floor()).isLessThan(60);
    assertThat(run.pieces()).hasSize(180 - 8);
    int rounds = 1;
    while (!run.pieces().isEmpty()) {
      assertThat(run.round(few).run()).isLessThanOrEqualTo(8);
      assertThat(++rounds).isLessThan(100);
    }
    assertThat(run.floor()).isEqualTo(run.events().getLast().seq());
  }

  @Test
  void a_round_goes_on_while_there_is_more() {
    SpokenRuns run = new SpokenRuns();
    for (int i = 0; i < 20; i++) {
      run.say("m" + i, 9);
    }
    run.write(new RunCompleted()).pass(WEEK);
    assertThat(run.round(new AgeingRound.Bounds(100, 1, 12, 4, 2)).run()).isEqualTo(180);
    assertThat(run.pieces()).isEmpty();
    assertThat(run.store.ageing().due(Duration.ZERO, 10)).isEmpty();
  }

  @Test
  void a_long_log_that_begins_with_what_never_ages_does_not_stay_due() {
    SpokenRuns run = new SpokenRuns();
    for (int i = 0; i < 20; i++) {
      run.say("m" + i, 0);
    }
    run.say("words", 5).write(new RunCompleted()).pass(WEEK);
    AgeingRound.Bounds few = new AgeingRound.Bounds(1, 1, 12, 10, 2);
    assertThat(run.round(few).run()).isEqualTo(5);
    assertThat(run.pieces()).isEmpty();
    run.round(few).run();
    assertThat(run.store.ageing().due(Duration.ZERO, 10)).isEmpty();
  }

  @Test
  void two_nodes_that_look_at_the_same_time_do_no_more_than_one() {
    SpokenRuns run = new SpokenRuns().say("1", 5).write(new RunCompleted()).pass(WEEK);
    List<Long> removed = List.of(run.round().run(), run.round().run());
    assertThat(removed).containsExactly(5L, 0L);
    assertThat(run.store.seals().aged(RUN)).hasSize(1);
  }
}
