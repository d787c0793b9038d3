package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.testkit.Drafts;
import java.util.List;
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

  private static List<List<Integer>> rounds(int max, int... runs) {
    var writes =
        IntStream.of(runs)
            .mapToObj(run -> PreparedWrite.of(Drafts.deltas(runId(run), Precondition.OPEN, "x")))
            .toList();
    return Rounds.of(writes, max);
  }
}
