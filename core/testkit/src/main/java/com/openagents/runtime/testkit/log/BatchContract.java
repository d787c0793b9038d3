package com.openagents.runtime.testkit.log;

import static com.openagents.runtime.log.Appended.Refusal.ENDED;
import static com.openagents.runtime.log.Appended.Refusal.MOVED;
import static com.openagents.runtime.log.Precondition.OPEN;
import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.deltas;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What writes promise when several of them go together, in one batch or at the same time.
///
/// Not asserted: how large a batch may be, and how many concurrent callers share one commit.
public abstract class BatchContract extends StoreContract {

  @Test
  void one_refused_write_fails_no_neighbour_in_its_batch() {
    RunId first = start(1);
    RunId last = start(2);
    List<Appended> outcomes =
        log()
            .append(
                List.of(
                    deltas(first, OPEN, "a"),
                    deltas(Drafts.runId(9), OPEN, "no such run"),
                    deltas(first, OPEN.atSeq(77), "moved"),
                    deltas(last, OPEN, "b")));
    assertThat(outcomes.get(0)).isInstanceOf(Written.class);
    assertThat(outcomes.get(1)).isInstanceOf(Refused.class);
    assertThat(outcomes.get(2)).isInstanceOf(Refused.class);
    assertThat(outcomes.get(3)).isInstanceOf(Written.class);
    assertThat(texts(first)).containsExactly("a");
    assertThat(texts(last)).containsExactly("b");
  }

  @Test
  void writes_to_the_same_run_apply_in_the_order_of_the_batch() {
    start(1);
    List<Appended> outcomes =
        log()
            .append(
                List.of(
                    deltas(RUN, OPEN.atSeq(1), "a", "b"),
                    deltas(RUN, OPEN.atSeq(1), "looked too early"),
                    deltas(RUN, OPEN.atSeq(3), "c")));
    assertThat(outcomes.get(1)).isEqualTo(new Refused(MOVED, 3, 0));
    assertThat(outcomes.get(2)).isInstanceOf(Written.class);
    assertThat(texts(RUN)).containsExactly("a", "b", "c");
    assertThat(sequences(RUN)).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void a_write_sees_the_lease_and_the_end_that_its_batch_made_before_it() {
    start(1);
    List<Appended> outcomes =
        log()
            .append(
                List.of(
                    Drafts.acquire(RUN, NODE),
                    deltas(RUN, Precondition.executor(1), "under the new lease"),
                    Drafts.complete(RUN, 1),
                    deltas(RUN, OPEN, "after the end")));
    assertThat(outcomes.get(1)).isInstanceOf(Written.class);
    assertThat(outcomes.get(2)).isInstanceOf(Written.class);
    assertThat(outcomes.get(3)).isEqualTo(new Refused(ENDED, 3, 1));
    assertThat(texts(RUN)).containsExactly("under the new lease");
  }

  @Test
  void outcomes_come_in_the_order_of_the_batch() {
    List<RunId> runs = IntStream.rangeClosed(1, 40).mapToObj(this::start).toList();
    List<Append> batch = new ArrayList<>();
    for (int i = runs.size() - 1; i >= 0; i--) {
      batch.add(deltas(runs.get(i), OPEN, List.of("a", "b", "c").subList(0, i % 3 + 1)));
    }
    List<Appended> outcomes = log().append(batch);
    assertThat(outcomes).hasSameSizeAs(batch).hasOnlyElementsOfType(Written.class);
    for (int i = 0; i < batch.size(); i++) {
      Written written = (Written) outcomes.get(i);
      assertThat(written.firstSeq()).isEqualTo(2);
      assertThat(written.lastSeq()).isEqualTo(1L + batch.get(i).events().size());
      assertThat(head(batch.get(i).runId()).lastSeq()).isEqualTo(written.lastSeq());
    }
  }

  @Test
  @Tag("G2")
  @Tag("scenario-9")
  void concurrent_writers_leave_no_gap_and_lose_nothing() {
    start(1);
    List<List<Long>> written =
        Race.of(
            16,
            writer ->
                IntStream.range(0, 10)
                    .mapToObj(i -> write(deltas(RUN, OPEN, writer + "." + i)).lastSeq())
                    .toList());
    assertThat(sequences(RUN))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 161).boxed().toList());
    assertThat(written.stream().flatMap(List::stream).toList()).doesNotHaveDuplicates();
    assertThat(texts(RUN)).hasSize(160).doesNotHaveDuplicates();
  }

  @Test
  void of_concurrent_writers_at_one_sequence_exactly_one_is_taken() {
    start(1);
    List<Appended> outcomes =
        Race.of(32, writer -> log().append(deltas(RUN, OPEN.atSeq(1), "by " + writer)));
    assertThat(outcomes).filteredOn(Written.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(Refused.class::isInstance)
        .hasSize(31)
        .containsOnly(new Refused(MOVED, 2, 0));
    assertThat(sequences(RUN)).containsExactly(1L, 2L);
  }

  @Test
  void concurrent_batches_over_the_same_runs_in_opposite_orders_all_succeed() {
    List<RunId> runs = IntStream.rangeClosed(1, 8).mapToObj(this::start).toList();
    List<List<Appended>> outcomes =
        Race.of(
            8,
            writer -> {
              List<RunId> order = writer % 2 == 0 ? runs : runs.reversed();
              return log()
                  .append(order.stream().map(run -> deltas(run, OPEN, "by " + writer)).toList());
            });
    assertThat(outcomes)
        .allSatisfy(batch -> assertThat(batch).hasOnlyElementsOfType(Written.class));
    assertThat(runs).allSatisfy(run -> assertThat(texts(run)).hasSize(8).doesNotHaveDuplicates());
  }
}
