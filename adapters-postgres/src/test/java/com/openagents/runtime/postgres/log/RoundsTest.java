package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.testkit.Drafts;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundsTest {

  @Test
  void writes_of_different_runs_stand_in_one_statement() {
    assertThat(rounds(10, 0, 1, 2, 3)).containsExactly(List.of(0, 1, 2, 3));
  }

  @Test
  void a_statement_has_a_run_once_and_keeps_the_order_of_its_writes() {
    assertThat(rounds(10, 7, 7, 8, 7, 9, 8))
        .containsExactly(List.of(0, 2, 4), List.of(1, 5), List.of(3));
  }

  @Test
  void a_statement_has_no_more_writes_than_it_may() {
    assertThat(rounds(2, 0, 1, 2, 3, 4, 0))
        .containsExactly(List.of(0, 1), List.of(2, 3), List.of(4), List.of(5));
  }

  @Test
  void nothing_needs_no_statement() {
    assertThat(rounds(10)).isEmpty();
  }

  @Test
  void frames_of_a_run_that_follow_each_other_stand_in_one_statement() {
    List<Rounds> rounds =
        Rounds.of(
            List.of(
                frame(1, "a"),
                frame(2, "a"),
                frame(1, "b"),
                frame(1, "c"),
                frame(1, "d"),
                delta(1),
                frame(1, "e")),
            10);
    assertThat(rounds)
        .containsExactly(
            new Rounds(List.of(List.of(1)), List.of(List.of(0, 2, 3, 4))),
            new Rounds(List.of(List.of(5)), List.of()),
            new Rounds(List.of(List.of(6)), List.of()));
  }

  @Test
  void a_few_frames_of_each_of_many_runs_stand_beside_each_other() {
    List<PreparedWrite> writes =
        IntStream.range(0, 12).mapToObj(i -> frame(i / 3, "f" + i)).toList();
    assertThat(Rounds.of(writes, 10))
        .containsExactly(
            new Rounds(List.of(List.of(0, 3, 6, 9)), List.of()),
            new Rounds(List.of(List.of(1, 4, 7, 10)), List.of()),
            new Rounds(List.of(List.of(2, 5, 8, 11)), List.of()));
  }

  @Test
  void frames_of_different_senders_stand_apart() {
    Append owned = Drafts.frame(runId(1), "z", "z");
    PreparedWrite other =
        PreparedWrite.of(
            Append.of(owned.runId(), Precondition.OPEN, owned.events())
                .with(owned.wake())
                .with(Objects.requireNonNull(owned.frame())));
    assertThat(
            Rounds.of(
                List.of(frame(1, "a"), frame(1, "b"), frame(1, "c"), frame(1, "d"), other), 10))
        .containsExactly(
            new Rounds(List.of(), List.of(List.of(0, 1, 2, 3))),
            new Rounds(List.of(List.of(4)), List.of()));
  }

  @Test
  void no_more_frames_stand_together_than_may() {
    List<PreparedWrite> writes = IntStream.range(0, 9).mapToObj(i -> frame(1, "f" + i)).toList();
    assertThat(Rounds.of(writes, 4))
        .containsExactly(
            new Rounds(List.of(), List.of(List.of(0, 1, 2, 3))),
            new Rounds(List.of(), List.of(List.of(4, 5, 6, 7))),
            new Rounds(List.of(List.of(8)), List.of()));
  }

  private static PreparedWrite frame(int run, String id) {
    return PreparedWrite.of(Drafts.frame(runId(run), id, id));
  }

  private static PreparedWrite delta(int run) {
    return PreparedWrite.of(Drafts.deltas(runId(run), Precondition.OPEN, "x"));
  }

  private static List<List<Integer>> rounds(int max, int... runs) {
    var writes =
        IntStream.of(runs)
            .mapToObj(run -> PreparedWrite.of(Drafts.deltas(runId(run), Precondition.OPEN, "x")))
            .toList();
    return Rounds.of(writes, max).stream()
        .peek(round -> assertThat(round.together()).isEmpty())
        .flatMap(round -> round.apart().stream())
        .toList();
  }
}
