package com.openagents.runtime.testkit.projection;

import static com.openagents.runtime.testkit.projection.DocumentDrafts.RUNS;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.THREADS;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.TIMELINES;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.id;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.key;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.run;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.thread;
import static com.openagents.runtime.testkit.projection.DocumentDrafts.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.CheckpointRules;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.ProjectionStore.ParkedRun;
import com.openagents.runtime.projection.ProjectionStore.Written;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What keeping documents promises: all of a commit or nothing, never back, and nothing from a
/// former writer.
///
/// Not asserted: whether a writer whose time has run out may write before another has come.
@Tag("G11")
public abstract class ProjectionStoreContract extends ProjectionSuite {

  private ProjectionStore kept() {
    return store().projections();
  }

  private List<String> page(String projection, String after, int limit) {
    return kept().page(projection, after, limit).stream()
        .map(k -> k.document().entity().id())
        .toList();
  }

  @Test
  void what_is_committed_is_read_back() {
    long epoch = lead().epoch();
    Document summary = run(1, 3, 1, DocumentDrafts.AWKWARD);
    Document slice = timeline(1, 3);
    assertThat(kept().position()).isEmpty();
    assertThat(kept().find(RUNS, key(1))).isEmpty();
    assertThat(kept().through(List.of(id(1)))).isEmpty();
    commit(
        epoch,
        new Commit(
            Map.of(id(1), 3L),
            List.of(new Written(summary, 4), new Written(slice, 5)),
            DocumentDrafts.rows(1),
            List.of(),
            new Position("12:34")));
    assertThat(kept().position()).contains(new Position("12:34"));
    assertThat(kept().through(List.of(id(1), id(2)))).isEqualTo(Map.of(id(1), 3L));
    assertThat(store().rows())
        .containsExactlyInAnyOrderElementsOf(
            DocumentDrafts.rows(1).stream().map(ReadRow::id).toList());
    KeptDocument found = kept().find(RUNS, key(1)).orElseThrow();
    assertThat(found.document()).isEqualTo(summary);
    assertThat(found.generation()).isEqualTo(4);
    assertThat(Duration.between(found.projectedAt(), store().now()).abs())
        .isLessThan(Duration.ofMinutes(1));
    assertThat(kept().page(RUNS, "", 10)).containsExactly(found);
    assertThat(kept().about(Entity.RUN, List.of(key(1))))
        .extracting(KeptDocument::document)
        .containsExactlyInAnyOrder(summary, slice);
  }

  @Test
  void nothing_is_written_under_an_epoch_that_is_over() {
    long epoch = lead().epoch();
    Document old = run(1, 3);
    begin(epoch, RUNS, 2);
    keep(epoch, 1, old);
    long next = takeOver();
    Commit late =
        new Commit(
            Map.of(id(1), 9L),
            List.of(new Written(run(1, 9), 2)),
            DocumentDrafts.rows(1),
            List.of(new ParkedRun(id(1), 10, "unreadable")),
            new Position("9"));
    assertThatThrownBy(() -> commit(epoch, late)).isInstanceOf(WriterFenced.class);
    assertThatThrownBy(() -> commit(next + 1, late)).isInstanceOf(WriterFenced.class);
    assertThatThrownBy(() -> begin(epoch, RUNS, 3)).isInstanceOf(WriterFenced.class);
    assertThatThrownBy(() -> kept().sweep(epoch, RUNS, 10)).isInstanceOf(WriterFenced.class);
    assertThatThrownBy(() -> kept().lapse(epoch, Set.of(RUNS))).isInstanceOf(WriterFenced.class);
    assertThat(kept(old)).contains(old);
    assertThat(kept().through(List.of(id(1)))).isEmpty();
    assertThat(kept().position()).isEmpty();
    assertThat(kept().parked(10)).isEmpty();
    assertThat(kept().generations().get(RUNS)).isEqualTo(new Generation(2, 1));
    assertThat(store().rows()).isEmpty();
    commit(next, late);
    assertThat(kept(old)).contains(run(1, 9));
  }

  @Test
  void a_raised_epoch_fences_the_one_before() {
    WriterLease lease = lead();
    keep(lease.epoch(), 1, run(1, 1));
    long raised = store().writers().raise(lease, 0, TTL).orElseThrow().epoch();
    assertThatThrownBy(() -> keep(lease.epoch(), 1, run(1, 2))).isInstanceOf(WriterFenced.class);
    assertThat(kept(run(1, 1))).contains(run(1, 1));
    keep(raised, 1, run(1, 2));
    assertThat(kept(run(1, 1))).contains(run(1, 2));
  }

  /// Forms of one document around sequence 5 in version 2.
  private static List<Document> forms(int run) {
    List<Document> forms = new ArrayList<>();
    for (long seq = 4; seq <= 6; seq++) {
      for (int version = 1; version <= 3; version++) {
        forms.add(run(run, seq, version, "run.created"));
        forms.add(run(run, seq, version, "run.started"));
      }
    }
    return forms;
  }

  @Test
  void a_document_is_written_as_the_rules_of_checkpoints_say() {
    long epoch = lead().epoch();
    begin(epoch, RUNS, 3);
    int run = 0;
    for (long generation = 1; generation <= 3; generation++) {
      for (Document like : forms(1)) {
        run++;
        Document there = run(run, 5, 2, "run.created");
        Document incoming = run(run, like.seq(), like.projection().version(), latest(like));
        keep(epoch, 2, there);
        keep(epoch, generation, incoming);
        boolean writes =
            CheckpointRules.decide(Checkpoint.of(2, there), Checkpoint.of(generation, incoming))
                .writes();
        KeptDocument found = kept().find(RUNS, key(run)).orElseThrow();
        assertThat(found.document())
            .as("%s over %s", Checkpoint.of(generation, incoming), Checkpoint.of(2, there))
            .isEqualTo(writes ? incoming : there);
        assertThat(found.generation()).isEqualTo(writes ? generation : 2);
      }
    }
  }

  @Test
  void a_text_that_somebody_changed_is_written_over_though_its_hash_is_the_same() {
    long epoch = lead().epoch();
    Document told = run(1, 3);
    Document changed =
        new Document(
            told.projection(),
            told.entity(),
            told.seq(),
            told.owner(),
            run(1, 3, 1, "run.started").text(),
            told.hash());
    keep(epoch, 1, changed);
    assertThat(kept(told)).contains(changed);
    keep(epoch, 1, told);
    assertThat(kept(told)).contains(told);
  }

  private static String latest(Document document) {
    return document.text().contains("run.started") ? "run.started" : "run.created";
  }

  @Test
  void a_watermark_never_goes_back() {
    long epoch = lead().epoch();
    commit(epoch, commit(1, Map.of(id(1), 10L, id(2), 5L)));
    commit(epoch, commit(1, Map.of(id(1), 4L, id(2), 6L)));
    assertThat(kept().through(List.of(id(1), id(2)))).isEqualTo(Map.of(id(1), 10L, id(2), 6L));
    commit(epoch, commit(2, Map.of(id(1), 4L), run(1, 4)));
    assertThat(kept().through(List.of(id(1)))).isEqualTo(Map.of(id(1), 10L));
    commit(epoch, commit(2, Map.of(id(1), 12L)));
    assertThat(kept().through(List.of(id(1)))).isEqualTo(Map.of(id(1), 12L));
  }

  @Test
  void a_position_stays_until_another_is_named() {
    long epoch = lead().epoch();
    commit(epoch, at(new Position("5")));
    commit(epoch, commit(1, Map.of(), run(1, 1)));
    assertThat(kept().position()).contains(new Position("5"));
    commit(epoch, at(new Position("3:x,7")));
    assertThat(kept().position()).contains(new Position("3:x,7"));
  }

  @Test
  void pages_are_in_the_order_of_ids_by_code_points() {
    long epoch = lead().epoch();
    List<String> sorted = List.of("!", "-1", "1-", "10", "9", "A", "Z", "_", "a", "a-", "a1", "b");
    keep(epoch, 1, sorted.reversed().stream().map(t -> thread(t, 1)).toArray(Document[]::new));
    keep(epoch, 1, run(1, 1), timeline(1, 1));
    List<String> read = new ArrayList<>();
    String after = "";
    List<String> page;
    do {
      page = page(THREADS, after, 5);
      read.addAll(page);
      after = read.getLast();
    } while (page.size() == 5);
    assertThat(read).isEqualTo(sorted);
    assertThat(page(THREADS, "a-", 2)).containsExactly("a1", "b");
    assertThat(page(RUNS, "", 10)).containsExactly(key(1));
  }

  @Test
  void many_documents_are_committed_at_once() {
    long epoch = lead().epoch();
    int many = 1_500;
    Map<RunId, Long> through = new HashMap<>();
    Document[] documents = new Document[many];
    for (int run = 0; run < many; run++) {
      documents[run] = run(run, 1);
      through.put(id(run), 1L);
    }
    commit(epoch, commit(1, through, documents));
    assertThat(kept().through(through.keySet())).isEqualTo(through);
    List<String> first = page(RUNS, "", 1_000);
    assertThat(first).hasSize(1_000).isSorted();
    assertThat(page(RUNS, first.getLast(), 1_000)).hasSize(500);
    assertThat(kept().about(Entity.RUN, Stream.of(documents).map(d -> d.entity().id()).toList()))
        .hasSize(many);
  }

  @Test
  void documents_are_found_by_what_they_are_about() {
    long epoch = lead().epoch();
    keep(epoch, 1, run(1, 1), timeline(1, 1), run(2, 1), thread(key(1), 1), thread("t", 1));
    assertThat(kept().about(Entity.RUN, List.of(key(1), key(3))))
        .extracting(KeptDocument::document)
        .containsExactlyInAnyOrder(run(1, 1), timeline(1, 1));
    assertThat(kept().about(Entity.THREAD, List.of(key(1), "T")))
        .extracting(KeptDocument::document)
        .containsExactly(thread(key(1), 1));
    assertThat(kept().about(Entity.RUN, List.of())).isEmpty();
    assertThat(kept().find(TIMELINES, key(2))).isEmpty();
    assertThat(kept().find(RUNS, key(2))).isPresent();
  }

  @Test
  void generations_only_rise() {
    long epoch = lead().epoch();
    assertThat(kept().generations()).isEmpty();
    kept().begin(epoch, new ProjectionId(RUNS, 2), 3);
    kept().begin(epoch, new ProjectionId(THREADS, 1), 1);
    kept().begin(epoch, new ProjectionId(RUNS, 4), 2);
    kept().begin(epoch, new ProjectionId(RUNS, 4), 3);
    assertThat(kept().generations())
        .isEqualTo(Map.of(RUNS, new Generation(3, 2), THREADS, new Generation(1, 1)));
    kept().begin(epoch, new ProjectionId(RUNS, 4), 7);
    assertThat(kept().generations().get(RUNS)).isEqualTo(new Generation(7, 4));
  }

  @Test
  void what_lapses_keeps_its_generation_and_is_of_no_version_until_it_begins_anew() {
    long epoch = lead().epoch();
    kept().begin(epoch, new ProjectionId(RUNS, 2), 3);
    kept().begin(epoch, new ProjectionId(THREADS, 1), 1);
    kept().lapse(epoch, Set.of(RUNS, TIMELINES));
    assertThat(kept().generations())
        .isEqualTo(Map.of(RUNS, new Generation(3, 0), THREADS, new Generation(1, 1)));
    kept().begin(epoch, new ProjectionId(RUNS, 2), 4);
    assertThat(kept().generations().get(RUNS)).isEqualTo(new Generation(4, 2));
  }

  @Test
  void what_is_of_an_older_generation_is_swept_and_nothing_else() {
    long epoch = lead().epoch();
    begin(epoch, RUNS, 1);
    begin(epoch, TIMELINES, 1);
    keep(epoch, 1, run(1, 1), run(2, 1), run(3, 1), run(4, 1), timeline(1, 1));
    assertThat(kept().sweep(epoch, RUNS, 10)).isZero();
    begin(epoch, RUNS, 2);
    keep(epoch, 2, run(2, 1));
    assertThat(kept().sweep(epoch, RUNS, 2)).isEqualTo(2);
    assertThat(page(RUNS, "", 10)).hasSize(2).contains(key(2));
    assertThat(kept().sweep(epoch, RUNS, 2)).isEqualTo(1);
    assertThat(kept().sweep(epoch, RUNS, 2)).isZero();
    assertThat(page(RUNS, "", 10)).containsExactly(key(2));
    assertThat(kept().find(RUNS, key(1))).isEmpty();
    assertThat(kept().about(Entity.RUN, List.of(key(1))))
        .extracting(KeptDocument::document)
        .containsExactly(timeline(1, 1));
  }

  @Test
  void documents_of_older_generations_are_told_until_they_are_brought_up() {
    long epoch = lead().epoch();
    begin(epoch, RUNS, 1);
    begin(epoch, TIMELINES, 1);
    keep(epoch, 1, run(1, 3), run(2, 3), run(3, 3), timeline(1, 3));
    assertThat(kept().outdated(RUNS, 10)).isEmpty();
    List<KeptDocument> before = kept().page(RUNS, "", 10);
    begin(epoch, RUNS, 4);
    assertThat(kept().outdated(RUNS, 10)).containsExactlyInAnyOrderElementsOf(before);
    assertThat(kept().outdated(RUNS, 2)).hasSize(2);
    assertThat(kept().outdated(TIMELINES, 10)).isEmpty();
    keep(epoch, 4, run(1, 3), run(3, 3));
    assertThat(kept().outdated(RUNS, 10)).containsExactly(before.get(1));
    assertThat(kept().find(RUNS, key(1)).orElseThrow().generation()).isEqualTo(4);
    assertThat(kept().outdated(THREADS, 10)).isEmpty();
  }

  @Test
  void a_run_is_parked_until_its_documents_move() {
    long epoch = lead().epoch();
    commit(epoch, parking(new ParkedRun(id(2), 5, "of a newer runtime")));
    commit(epoch, parking(new ParkedRun(id(1), 7, DocumentDrafts.AWKWARD)));
    commit(epoch, parking(new ParkedRun(id(2), 6, "still")));
    assertThat(kept().parked(10))
        .containsExactly(
            new ParkedRun(id(2), 6, "still"), new ParkedRun(id(1), 7, DocumentDrafts.AWKWARD));
    assertThat(kept().parked(1)).extracting(ParkedRun::runId).containsExactly(id(2));
    commit(epoch, commit(1, Map.of(id(2), 6L)));
    assertThat(kept().parked(10)).extracting(ParkedRun::runId).containsExactly(id(1));
  }

  @Test
  void a_run_that_moved_up_to_what_cannot_be_read_is_parked() {
    long epoch = lead().epoch();
    commit(
        epoch,
        new Commit(
            Map.of(id(1), 4L),
            List.of(new Written(run(1, 4), 1)),
            List.of(),
            List.of(new ParkedRun(id(1), 5, "unreadable")),
            null));
    assertThat(kept().parked(10)).containsExactly(new ParkedRun(id(1), 5, "unreadable"));
    assertThat(kept(run(1, 4))).contains(run(1, 4));
    assertThat(kept().through(List.of(id(1)))).isEqualTo(Map.of(id(1), 4L));
  }

  @Test
  void a_row_that_is_written_again_is_there_once() {
    long epoch = lead().epoch();
    List<ReadRow> both =
        Stream.of(DocumentDrafts.rows(1), DocumentDrafts.rows(2)).flatMap(List::stream).toList();
    commit(epoch, rows(DocumentDrafts.rows(1)));
    commit(epoch, rows(both));
    commit(epoch, rows(both));
    assertThat(store().rows())
        .containsExactlyInAnyOrderElementsOf(both.stream().map(ReadRow::id).toList());
  }

  @Test
  void what_is_not_written_keeps_its_time() {
    long epoch = lead().epoch();
    keep(epoch, 1, run(1, 2));
    KeptDocument before = kept().find(RUNS, key(1)).orElseThrow();
    keep(epoch, 1, run(1, 2));
    keep(epoch, 1, run(1, 1));
    assertThat(kept().find(RUNS, key(1))).contains(before);
    assertThat(kept().page(RUNS, "", 10)).containsExactly(before);
  }
}
