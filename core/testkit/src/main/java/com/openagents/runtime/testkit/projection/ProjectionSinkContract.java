package com.openagents.runtime.testkit.projection;

import static com.openagents.runtime.projection.ProjectionSink.Outcome.Kind.APPLIED;
import static com.openagents.runtime.projection.ProjectionSink.Outcome.Kind.REFUSED;
import static com.openagents.runtime.projection.ProjectionSink.Outcome.Kind.REPLACED;
import static com.openagents.runtime.projection.ProjectionSink.Outcome.Kind.SKIPPED;
import static com.openagents.runtime.projection.ProjectionSink.Outcome.Kind.STALE;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.RUNS;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.THREADS;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.TIMELINES;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.key;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.run;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.thread;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionSink.Outcome;
import com.openagents.runtime.projection.ProjectionSink.Reserving;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.testkit.SinkFixture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a sink promises: never back, never twice, and nothing from a former writer.
///
/// Not asserted: what becomes of a delivery in another generation than the one that was begun last,
/// of one under an epoch that was not opened, and of two changes of one document in one delivery.
@Tag("G11")
public abstract class ProjectionSinkContract {

  private static final Instant AT = Instant.parse("2026-01-03T00:00:00.000001Z");

  private SinkFixture fixture;
  private long epoch;

  /// Opens a sink, fresh and empty; the suite closes it.
  protected abstract SinkFixture openSink();

  @BeforeEach
  final void open() {
    fixture = openSink();
    epoch = fixture.epoch();
    sink().open(epoch);
    for (String projection : List.of(RUNS, TIMELINES, THREADS)) {
      sink().begin(epoch, projection, 1);
    }
  }

  @AfterEach
  final void close() {
    fixture.close();
  }

  private ProjectionSink sink() {
    return fixture.sink();
  }

  private static Change.Upsert upsert(Document document) {
    return new Change.Upsert(document, AT);
  }

  private static Change.Delete delete(Document there, long generation) {
    return new Change.Delete(there.entity(), Checkpoint.of(generation, there));
  }

  private List<Outcome> deliver(String projection, long generation, Change... changes) {
    return sink().deliver(epoch, projection, generation, List.of(changes));
  }

  private void assertOutcome(Outcome.Kind kind, long generation, Change change) {
    String projection =
        change instanceof Change.Upsert(var document, _) ? document.projection().name() : RUNS;
    assertThat(deliver(projection, generation, change))
        .as("%s in generation %d", change, generation)
        .extracting(Outcome::kind)
        .containsExactly(kind);
  }

  private void show(long generation, Document... documents) {
    for (Document document : documents) {
      assertOutcome(APPLIED, generation, upsert(document));
    }
  }

  private static Shown shown(Document document, long generation) {
    return new Shown(document.entity().id(), Checkpoint.of(generation, document), document.hash());
  }

  private void assertShown(long generation, Document... documents) {
    String projection = documents[0].projection().name();
    List<Shown> expected = Stream.of(documents).map(d -> shown(d, generation)).toList();
    assertThat(sink().read(projection, expected.stream().map(Shown::entityId).toList()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private void assertGone(int run) {
    assertThat(sink().read(RUNS, List.of(key(run)))).isEmpty();
    assertThat(sink().page(RUNS, "", 100)).extracting(Shown::entityId).doesNotContain(key(run));
  }

  @Test
  void what_is_delivered_is_shown() {
    Document awkward = run(1, 3, 1, DocumentDrafts.AWKWARD);
    show(1, awkward, run(2, 4), timeline(1, 5), thread("t/1:~", 6));
    assertShown(1, awkward, run(2, 4));
    assertShown(1, timeline(1, 5));
    assertShown(1, thread("t/1:~", 6));
    assertThat(sink().read(RUNS, List.of(key(3), key(2)))).containsExactly(shown(run(2, 4), 1));
    assertThat(sink().name()).isNotEmpty();
  }

  @Test
  void a_stream_moves_on_with_what_is_written_and_says_where_it_stands() {
    long before = sink().position(RUNS);
    show(1, run(1, 3));
    long after = sink().position(RUNS);
    assertThat(after).isGreaterThan(before);
    assertThat(sink().position(TIMELINES)).as("another stream").isEqualTo(before);
    assertThat(sink().open(epoch))
        .containsEntry(RUNS, new Standing(1, after))
        .containsEntry(TIMELINES, new Standing(1, before));
    sink().begin(epoch, RUNS, 2);
    sink().sweep(epoch, RUNS, 2);
    assertThat(sink().open(epoch + 1)).containsEntry(RUNS, new Standing(2, after));
    assertThat(sink().position(RUNS)).isEqualTo(after);
  }

  @Test
  void what_is_delivered_again_changes_nothing() {
    Document document = run(1, 3);
    show(1, document);
    assertOutcome(SKIPPED, 1, upsert(document));
    assertThat(
            sink().deliver(epoch, RUNS, 1, List.of(new Change.Upsert(document, AT.plusSeconds(9)))))
        .extracting(Outcome::kind)
        .containsExactly(SKIPPED);
    assertShown(1, document);
  }

  @Test
  void a_document_never_goes_back() {
    show(1, run(1, 5, 2, "run.started"));
    assertOutcome(STALE, 1, upsert(run(1, 4, 2, "run.started")));
    assertOutcome(STALE, 1, upsert(run(1, 4, 3, "run.started")));
    assertOutcome(STALE, 1, upsert(run(1, 5, 1, "run.started")));
    assertShown(1, run(1, 5, 2, "run.started"));
    assertOutcome(APPLIED, 1, upsert(run(1, 6, 1, "run.started")));
    assertShown(1, run(1, 6, 1, "run.started"));
  }

  @Test
  void a_newer_version_of_the_same_place_is_written() {
    show(1, run(1, 5, 1, "run.started"));
    assertOutcome(APPLIED, 1, upsert(run(1, 5, 2, "run.started")));
    assertShown(1, run(1, 5, 2, "run.started"));
  }

  @Test
  void another_text_of_the_same_place_is_replaced_and_told() {
    show(1, run(1, 5, 1, "run.started"));
    assertOutcome(REPLACED, 1, upsert(run(1, 5, 1, "run.waiting")));
    assertShown(1, run(1, 5, 1, "run.waiting"));
    assertOutcome(SKIPPED, 1, upsert(run(1, 5, 1, "run.waiting")));
  }

  @Test
  void a_new_generation_replaces_whatever_is_there() {
    show(1, run(1, 9), run(2, 9), timeline(1, 9));
    sink().begin(epoch, RUNS, 2);
    assertShown(1, run(1, 9), run(2, 9));
    assertOutcome(APPLIED, 2, upsert(run(1, 3)));
    assertShown(2, run(1, 3));
    assertShown(1, run(2, 9));
    assertShown(1, timeline(1, 9));
    assertOutcome(STALE, 1, upsert(timeline(1, 8)));
    assertOutcome(SKIPPED, 2, upsert(run(1, 3)));
  }

  @Test
  void a_generation_that_was_begun_is_begun_again() {
    assertThat(sink().begin(epoch, RUNS, 2)).isEqualTo(2);
    show(2, run(1, 3));
    assertThat(sink().begin(epoch, RUNS, 2)).isEqualTo(2);
    assertShown(2, run(1, 3));
    assertOutcome(APPLIED, 2, upsert(run(1, 4)));
  }

  @Test
  void a_sink_says_that_it_is_in_a_higher_generation_and_stays_there() {
    assertThat(sink().begin(epoch, RUNS, 7)).isEqualTo(7);
    show(7, run(1, 3));
    assertThat(sink().begin(epoch, RUNS, 2)).isEqualTo(7);
    assertThat(sink().begin(epoch, TIMELINES, 1)).isEqualTo(1);
    assertShown(7, run(1, 3));
    assertOutcome(APPLIED, 7, upsert(run(1, 4)));
    assertThat(sink().begin(epoch, RUNS, 8)).isEqualTo(8);
  }

  @Test
  void what_is_deleted_is_shown_no_more() {
    show(1, run(1, 3), run(2, 3));
    sink().begin(epoch, RUNS, 2);
    assertOutcome(APPLIED, 2, delete(run(1, 3), 1));
    assertGone(1);
    assertShown(1, run(2, 3));
    assertOutcome(SKIPPED, 2, delete(run(1, 3), 1));
    assertGone(1);
  }

  @Test
  void what_is_deleted_comes_back_only_by_something_newer() {
    show(1, run(1, 3));
    sink().begin(epoch, RUNS, 2);
    assertOutcome(APPLIED, 2, delete(run(1, 3), 1));
    assertOutcome(STALE, 2, upsert(run(1, 2)));
    assertOutcome(STALE, 2, upsert(run(1, 3)));
    assertGone(1);
    assertOutcome(APPLIED, 2, upsert(run(1, 4)));
    assertShown(2, run(1, 4));
  }

  @Test
  void what_is_deleted_before_a_generation_begins_goes_however_far_it_was_and_may_come_again() {
    show(1, run(1, 9));
    sink().begin(epoch, RUNS, 2);
    assertOutcome(APPLIED, 2, delete(run(1, 0), 1));
    assertGone(1);
    assertOutcome(APPLIED, 2, upsert(run(1, 1)));
    assertShown(2, run(1, 1));
  }

  @Test
  void what_is_deleted_before_it_comes_stays_away() {
    show(1, run(2, 3));
    assertThat(deliver(RUNS, 1, delete(run(1, 3), 1))).hasSize(1);
    assertOutcome(STALE, 1, upsert(run(1, 2)));
    assertGone(1);
    assertShown(1, run(2, 3));
  }

  @Test
  void what_has_moved_on_is_not_deleted() {
    show(1, run(1, 5));
    assertOutcome(STALE, 1, delete(run(1, 4), 1));
    assertShown(1, run(1, 5));
  }

  @Test
  void where_a_stream_will_stand_is_said_before_it_moves() {
    show(1, run(1, 3));
    long before = sink().position(RUNS);
    List<Long> said = new ArrayList<>();
    Reserving noting =
        to -> {
          said.add(to);
          assertThat(sink().read(RUNS, List.of(run(2, 3).entity().id()))).isEmpty();
        };
    sink().deliver(epoch, RUNS, 1, List.of(upsert(run(2, 3))), noting);
    assertShown(1, run(2, 3));
    assertThat(said).isNotEmpty().allMatch(to -> to > before).contains(sink().position(RUNS));
  }

  @Test
  void nothing_is_written_whose_place_cannot_be_kept() {
    show(1, run(1, 3));
    long before = sink().position(RUNS);
    Reserving refusing =
        _ -> {
          throw new IllegalStateException("no place is kept");
        };
    List<Change> changes = List.of(upsert(run(2, 3)));
    assertThatThrownBy(() -> sink().deliver(epoch, RUNS, 1, changes, refusing))
        .isInstanceOf(IllegalStateException.class);
    assertGone(2);
    assertThat(sink().position(RUNS)).isEqualTo(before);
  }

  @Test
  void outcomes_come_in_the_order_of_changes() {
    show(1, run(1, 5), run(2, 5), run(3, 5), run(5, 5));
    List<Outcome> outcomes =
        deliver(
            RUNS,
            1,
            upsert(run(3, 4)),
            upsert(run(1, 6)),
            upsert(run(5, 5, 1, "run.waiting")),
            upsert(run(2, 5)),
            delete(run(1, 1), 1),
            upsert(run(4, 1)));
    assertThat(outcomes)
        .extracting(Outcome::kind)
        .containsExactly(STALE, APPLIED, REPLACED, SKIPPED, STALE, APPLIED);
  }

  @Test
  void projections_have_nothing_to_do_with_each_other() {
    show(1, run(1, 5));
    show(1, timeline(1, 3));
    sink().begin(epoch, RUNS, 2);
    assertThat(sink().sweep(epoch, TIMELINES, 1)).isZero();
    assertShown(1, run(1, 5));
    assertShown(1, timeline(1, 3));
    assertThat(sink().page(THREADS, "", 10)).isEmpty();
  }

  private void sweep(String projection, long generation) {
    int rounds = 0;
    while (sink().sweep(epoch, projection, generation) > 0) {
      assertThat(++rounds).as("rounds until nothing is left").isLessThan(100);
    }
    assertThat(rounds).isPositive();
  }

  @Test
  void a_sweep_removes_what_is_of_lower_generations_and_nothing_else() {
    show(1, run(1, 3), run(2, 3), run(3, 3), timeline(1, 3));
    sink().begin(epoch, RUNS, 2);
    show(2, run(2, 3));
    sweep(RUNS, 2);
    assertGone(1);
    assertGone(3);
    assertShown(2, run(2, 3));
    assertShown(1, timeline(1, 3));
    assertThat(sink().sweep(epoch, RUNS, 2)).isZero();
  }

  @Test
  void pages_are_in_the_order_of_ids_by_code_points() {
    List<String> sorted = List.of("!", "-1", "1-", "10", "9", "A", "Z", "_", "a", "a-", "a1", "b");
    show(1, sorted.reversed().stream().map(t -> thread(t, 1)).toArray(Document[]::new));
    show(1, run(1, 1));
    List<String> read = new ArrayList<>();
    List<Shown> page;
    do {
      page = sink().page(THREADS, read.isEmpty() ? "" : read.getLast(), 5);
      page.forEach(shown -> read.add(shown.entityId()));
    } while (page.size() == 5);
    assertThat(read).isEqualTo(sorted);
    assertThat(sink().page(THREADS, "a-", 1)).containsExactly(shown(thread("a1", 1), 1));
  }

  @Test
  void a_page_is_full_though_documents_before_it_were_deleted() {
    show(1, run(1, 3), run(2, 3), run(3, 3), run(4, 3));
    sink().begin(epoch, RUNS, 2);
    assertOutcome(APPLIED, 2, delete(run(1, 3), 1));
    assertOutcome(APPLIED, 2, delete(run(3, 3), 1));
    assertThat(sink().page(RUNS, "", 2))
        .extracting(Shown::entityId)
        .containsExactly(key(2), key(4));
  }

  @Test
  void a_hundred_documents_are_delivered_and_read_at_once() {
    Change[] changes =
        IntStream.range(0, 100).mapToObj(i -> upsert(run(i, 2))).toArray(Change[]::new);
    assertThat(deliver(RUNS, 1, changes))
        .extracting(Outcome::kind)
        .hasSize(100)
        .containsOnly(APPLIED);
    List<String> ids = IntStream.range(0, 100).mapToObj(DocumentDrafts::key).toList();
    assertThat(sink().read(RUNS, ids)).hasSize(100);
    assertThat(sink().page(RUNS, "", 100)).extracting(Shown::entityId).isEqualTo(ids);
  }

  private static void assertFenced(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(WriterFenced.class);
  }

  @Test
  void nothing_is_written_under_an_epoch_that_is_over() {
    show(1, run(1, 3));
    long over = epoch;
    epoch = over + 1;
    sink().open(epoch);
    assertFenced(() -> sink().deliver(over, RUNS, 1, List.of(upsert(run(1, 4)))));
    assertFenced(() -> sink().deliver(over, RUNS, 1, List.of(upsert(run(2, 4)))));
    assertFenced(() -> sink().deliver(over, RUNS, 1, List.of(delete(run(1, 3), 1))));
    assertFenced(() -> sink().begin(over, RUNS, 2));
    assertFenced(() -> sink().sweep(over, RUNS, 2));
    assertThatThrownBy(() -> sink().open(over))
        .isInstanceOfSatisfying(
            WriterFenced.class, fenced -> assertThat(fenced.present()).isEqualTo(epoch));
    assertShown(1, run(1, 3));
    assertGone(2);
    show(1, run(1, 4));
  }

  @Test
  void a_writer_may_open_again_what_it_has_opened() {
    sink().open(epoch);
    show(1, run(1, 3));
    sink().open(epoch);
    assertShown(1, run(1, 3));
    assertOutcome(APPLIED, 1, upsert(run(1, 4)));
    assertShown(1, run(1, 4));
  }

  @Test
  void what_somebody_else_changed_is_shown_as_it_is() {
    show(1, run(1, 3), run(2, 3));
    boolean changed = fixture.change(RUNS, key(1));
    Shown shown = sink().read(RUNS, List.of(key(1))).getFirst();
    assertThat(shown.there()).isEqualTo(Checkpoint.of(1, run(1, 3)));
    assertThat(shown.shown().equals(run(1, 3).hash())).isEqualTo(!changed);
    assertThat(sink().page(RUNS, "", 1)).containsExactly(shown);
    assertShown(1, run(2, 3));
    assertOutcome(APPLIED, 1, upsert(run(1, 4)));
    assertShown(1, run(1, 4));
  }

  @Test
  void a_document_that_is_refused_does_not_affect_others() {
    show(1, run(3, 1));
    Document plain = run(2, 3);
    Optional<Document> refused = fixture.refused(plain);
    List<Outcome> outcomes =
        deliver(RUNS, 1, upsert(run(1, 3)), upsert(refused.orElse(plain)), upsert(run(3, 3)));
    assertThat(outcomes)
        .extracting(Outcome::kind)
        .containsExactly(APPLIED, refused.isPresent() ? REFUSED : APPLIED, APPLIED);
    assertThat(outcomes.get(1).reason() != null).isEqualTo(refused.isPresent());
    assertShown(1, run(1, 3), run(3, 3));
    assertThat(sink().read(RUNS, List.of(key(2)))).hasSize(refused.isPresent() ? 0 : 1);
    assertOutcome(APPLIED, 1, upsert(run(2, 4)));
  }
}
