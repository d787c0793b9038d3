package com.openagents.runtime.testkit.projection;

import static com.openagents.runtime.testkit.projection.DocumentDrafts.id;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.message;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.KeptRow;
import com.openagents.runtime.projection.ProjectionStore.Stretch;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.ReadRow.Table;
import com.openagents.runtime.projection.WriterFenced;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the rows of the read models promise: they can be compared in pages without bringing what
/// they say, and those that no log tells can be taken out.
///
/// Not asserted: rows that somebody else has written.
@Tag("G11")
public abstract class ReadRowsContract extends ProjectionSuite {

  private static final int MANY = 100;

  private ProjectionStore kept() {
    return store().projections();
  }

  private static List<KeptRow> of(ReadRow... rows) {
    return Stream.of(rows).map(KeptRow::of).toList();
  }

  private List<KeptRow> steps(int run) {
    return kept().rows(Table.STEPS, id(run), 0, MANY);
  }

  private List<KeptRow> messages(int run) {
    return kept().rows(Table.MESSAGES, id(run), 0, MANY);
  }

  @Test
  void rows_are_told_in_the_order_of_sequences_a_page_at_a_time() {
    long epoch = lead().epoch();
    List<ReadRow> rows =
        LongStream.of(3, 10, 2, 1).mapToObj(seq -> (ReadRow) step(1, seq, "a.b")).toList();
    commit(epoch, rows(rows));
    commit(epoch, rows(List.of(step(2, 1, "a.b"), message(1, 2, "said"))));
    assertThat(steps(1)).extracting(KeptRow::seq).containsExactly(1L, 2L, 3L, 10L);
    assertThat(kept().rows(Table.STEPS, id(1), 0, 2))
        .extracting(KeptRow::seq)
        .containsExactly(1L, 2L);
    assertThat(kept().rows(Table.STEPS, id(1), 2, 2))
        .extracting(KeptRow::seq)
        .containsExactly(3L, 10L);
    assertThat(kept().rows(Table.STEPS, id(1), 10, 2)).isEmpty();
    assertThat(messages(1)).containsExactlyElementsOf(of(message(1, 2, "said")));
  }

  @Test
  void a_row_tells_whether_it_says_what_another_does() {
    long epoch = lead().epoch();
    ReadRow.Message said = message(1, 1, DocumentDrafts.AWKWARD);
    ReadRow.Step step = step(1, 1, "run.created");
    commit(epoch, rows(List.of(said, step)));
    assertThat(messages(1)).isEqualTo(of(said));
    assertThat(steps(1)).isEqualTo(of(step));
    List<ReadRow.Message> others =
        List.of(
            message(1, 1, "another text"),
            new ReadRow.Message(
                said.run(), 1, said.at().plusNanos(1_000), "user", said.text(), true),
            new ReadRow.Message(said.run(), 1, said.at(), "note", said.text(), said.interrupted()),
            new ReadRow.Message(said.run(), 1, said.at(), said.role(), said.text(), true));
    for (ReadRow.Message other : others) {
      commit(epoch, rows(List.of(other)));
      assertThat(messages(1)).isEqualTo(of(other)).isNotEqualTo(of(said));
    }
    commit(epoch, rows(List.of(step(1, 1, "another.type"))));
    assertThat(steps(1)).isEqualTo(of(step(1, 1, "another.type"))).isNotEqualTo(of(step));
  }

  @Test
  void runs_that_have_rows_are_told_once_in_the_order_of_their_ids() {
    long epoch = lead().epoch();
    assertThat(kept().runsOfRows(null, MANY)).isEmpty();
    commit(
        epoch,
        rows(
            List.of(
                step(3, 1, "a.b"),
                message(3, 1, "x"),
                step(3, 2, "a.b"),
                message(2, 4, "x"),
                step(1, 9, "a.b"))));
    assertThat(kept().runsOfRows(null, MANY)).containsExactly(id(1), id(2), id(3));
    assertThat(kept().runsOfRows(null, 2)).containsExactly(id(1), id(2));
    assertThat(kept().runsOfRows(id(2), 2)).containsExactly(id(3));
    assertThat(kept().runsOfRows(id(3), 2)).isEmpty();
  }

  @Test
  void rows_of_a_stretch_that_it_does_not_tell_are_removed() {
    long epoch = lead().epoch();
    ReadRow told = step(1, 3, "a.b");
    commit(
        epoch,
        rows(
            List.of(
                step(1, 2, "a.b"),
                told,
                message(1, 3, "x"),
                step(1, 4, "a.b"),
                step(1, 5, "a.b"),
                step(2, 3, "a.b"))));
    List<Stretch> stretch = List.of(new Stretch(id(1), 2, 4));
    assertThat(kept().removeRows(epoch, stretch, List.of(told.id()), MANY)).isEqualTo(2);
    assertThat(steps(1)).extracting(KeptRow::seq).containsExactly(2L, 3L, 5L);
    assertThat(messages(1)).isEmpty();
    assertThat(steps(2)).hasSize(1);
    assertThat(kept().removeRows(epoch, stretch, List.of(told.id()), MANY)).isZero();
    assertThat(kept().removeRows(epoch, List.of(), List.of(), MANY)).isZero();
  }

  @Test
  void rows_of_several_stretches_are_removed_some_at_a_time() {
    long epoch = lead().epoch();
    for (int run = 1; run <= 3; run++) {
      commit(epoch, rows(List.of(step(run, 1, "a.b"), step(run, 2, "a.b"))));
    }
    List<Stretch> stretches =
        List.of(new Stretch(id(1), 0, Long.MAX_VALUE), new Stretch(id(3), 1, 2));
    assertThat(kept().removeRows(epoch, stretches, List.of(), 2)).isEqualTo(2);
    assertThat(kept().removeRows(epoch, stretches, List.of(), 2)).isEqualTo(1);
    assertThat(steps(1)).isEmpty();
    assertThat(steps(2)).hasSize(2);
    assertThat(steps(3)).extracting(KeptRow::seq).containsExactly(1L);
  }

  @Test
  void no_row_is_removed_under_an_epoch_that_is_over() {
    long epoch = lead().epoch();
    commit(epoch, rows(List.of(step(1, 1, "a.b"))));
    takeOver();
    List<Stretch> all = List.of(new Stretch(id(1), 0, Long.MAX_VALUE));
    assertThatThrownBy(() -> kept().removeRows(epoch, all, List.of(), MANY))
        .isInstanceOf(WriterFenced.class);
    assertThat(steps(1)).hasSize(1);
  }
}
