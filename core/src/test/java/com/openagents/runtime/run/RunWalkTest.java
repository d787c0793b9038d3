package com.openagents.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.run.RunVerdict.Accepted;
import com.openagents.runtime.run.RunVerdict.AlreadyDone;
import com.openagents.runtime.run.RunVerdict.Refused;
import com.openagents.runtime.run.RunWalk.Cell;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every command in every reachable state of a run.
class RunWalkTest {

  private final RunWalk walk = RunWalk.fromNothing();

  /// A kind of state together with a kind of input.
  private record Kinds(Class<?> state, Class<?> input) {}

  @Test
  void every_kind_of_command_is_tried_in_every_kind_of_state() {
    Set<Kinds> expected = new HashSet<>();
    leaves(Run.class)
        .forEach(run -> leaves(RunCommand.class).forEach(c -> expected.add(new Kinds(run, c))));
    assertThat(walk.cells())
        .extracting(cell -> new Kinds(cell.before().getClass(), cell.command().getClass()))
        .containsAll(expected);
  }

  @Test
  void every_kind_of_event_is_written_by_some_command_or_is_a_note() {
    Set<Class<?>> written = new HashSet<>();
    walk.events().forEach(event -> written.add(event.getClass()));
    assertThat(written).isEqualTo(leaves(RunEvent.class).collect(Collectors.toSet()));
  }

  @Test
  void every_answer_and_every_refusal_is_given_somewhere() {
    assertThat(walk.cells())
        .extracting(Cell::verdict)
        .hasAtLeastOneElementOfType(Accepted.class)
        .hasAtLeastOneElementOfType(AlreadyDone.class)
        .contains(
            Stream.of(RunVerdict.Refusal.values()).map(Refused::new).toArray(RunVerdict[]::new));
  }

  @Test
  @Tag("G1")
  void the_log_takes_what_the_rules_write_and_live_notes_and_nothing_else() {
    Set<Kinds> writable = new HashSet<>();
    for (Cell cell : walk.cells()) {
      if (cell.verdict() instanceof Accepted(var event)) {
        writable.add(new Kinds(cell.before().getClass(), event.getClass()));
      }
      if (cell.before() instanceof Run.Live) {
        RunWalk.NOTES.forEach(
            note -> writable.add(new Kinds(cell.before().getClass(), note.getClass())));
        writable.add(new Kinds(cell.before().getClass(), RunWalk.FORKED.getClass()));
      }
    }
    for (Run run : walk.states()) {
      for (RunEvent event : walk.events()) {
        if (writable.contains(new Kinds(run.getClass(), event.getClass()))) {
          assertThat(RunRules.evolve(run, event)).isNotInstanceOf(Run.Absent.class);
        } else {
          assertThatThrownBy(() -> RunRules.evolve(run, event))
              .as("%s in %s", event, run)
              .isInstanceOf(CorruptLog.class)
              .hasMessageContaining(event.type())
              .hasMessageContaining(run.status());
        }
      }
    }
  }

  @Test
  void a_fork_waits_for_frames_wherever_its_copy_left_off() {
    assertThat(walk.states())
        .filteredOn(Run.Live.class::isInstance)
        .extracting(run -> RunRules.evolve(run, RunWalk.FORKED))
        .containsOnly(new Run.Waiting(WaitingFor.FRAMES, null));
  }

  @Test
  @Tag("G5")
  void nothing_is_accepted_after_the_end() {
    assertThat(walk.cells())
        .filteredOn(cell -> cell.before().ended())
        .isNotEmpty()
        .allSatisfy(cell -> assertThat(cell.verdict()).isNotInstanceOf(Accepted.class));
  }

  @Test
  @Tag("G5")
  void every_state_can_still_come_to_an_end() {
    Set<Run> ending = new HashSet<>();
    int before;
    do {
      before = ending.size();
      for (Cell cell : walk.cells()) {
        if (cell.before().ended() || cell.after().ended() || ending.contains(cell.after())) {
          ending.add(cell.before());
        }
      }
    } while (ending.size() > before);
    assertThat(ending).containsAll(walk.states());
  }

  @Test
  @Tag("G5")
  void failed_and_canceled_runs_have_a_reason_and_completed_ones_none() {
    for (Run run : walk.states()) {
      if (run instanceof Run.Ended(Run.Outcome outcome, ReasonClass reason)) {
        assertThat(reason == null).isEqualTo(outcome == Run.Outcome.COMPLETED);
      }
    }
  }

  @Test
  @Tag("G5")
  void a_completion_that_loses_against_a_cancel_request_ends_as_canceled() {
    RunVerdict verdict = RunRules.decide(new Run.Canceling(), new RunCommand.Complete());
    assertThat(verdict)
        .isEqualTo(new Accepted(new RunCanceled(ReasonClass.CANCEL_REQUESTED, null)));
  }

  @Test
  void a_second_request_to_cancel_is_done_already_wherever_the_first_was_or_the_run_ended() {
    assertThat(walk.cells())
        .filteredOn(cell -> cell.command() instanceof RunCommand.RequestCancel)
        .filteredOn(cell -> cell.before() instanceof Run.Canceling || cell.before().ended())
        .isNotEmpty()
        .extracting(Cell::verdict)
        .containsOnly(new AlreadyDone());
  }

  @Test
  void what_is_refused_or_done_already_leaves_the_state() {
    assertThat(walk.cells())
        .filteredOn(cell -> !(cell.verdict() instanceof Accepted))
        .allSatisfy(cell -> assertThat(cell.after()).isEqualTo(cell.before()));
  }

  @Test
  void every_state_but_absence_is_told_by_its_columns() {
    for (Run run : walk.states()) {
      if (!(run instanceof Run.Absent)) {
        Run.Waiting waiting = run instanceof Run.Waiting w ? w : null;
        ReasonClass reason = run instanceof Run.Ended ended ? ended.reasonClass() : null;
        assertThat(
                Run.ofColumns(
                    run.status(),
                    waiting == null ? null : waiting.waitingFor().wireName(),
                    waiting == null ? null : waiting.until(),
                    reason == null ? null : reason.wireName()))
            .isEqualTo(run);
      }
    }
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(RunWalkTest::leaves)
        : Stream.of(type);
  }
}
