package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.Drafts.runId;
import static com.openagents.runtime.testkit.projector.ProjectedRuns.COUNT;
import static com.openagents.runtime.testkit.projector.ProjectedRuns.RUNS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.LogScan.Reach;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.Written;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projector.Comparison;
import com.openagents.runtime.projector.Difference;
import com.openagents.runtime.projector.Difference.Kind;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.projector.Recount;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.simulator.PortProxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Documents beside the log are compared with what the log says.
@Tag("G10")
class ComparisonTest {

  private static final String THREADS = "thread_summary";

  private final ProjectedRuns runs = new ProjectedRuns();

  private List<Difference> differences() {
    return runs.comparison.of(runs.store.scan().runs(null, 100));
  }

  private void assertFound(Kind kind, String projection, String entity) {
    List<Difference> found = differences();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().kind()).isEqualTo(kind);
    assertThat(found.getFirst().projection()).isEqualTo(projection);
    assertThat(found.getFirst().entityId()).isEqualTo(entity);
  }

  private static Document saying(Document document, String text) {
    return Document.kept(
        document.projection(), document.entity(), document.seq(), document.owner(), text);
  }

  /// Tells what is new whenever it is asked what that is, so that nothing is.
  private ChangeFeed takingIn() {
    return PortProxy.of(
        ChangeFeed.class,
        runs.store.changes(),
        (_, _, _) -> {
          runs.projector.follow(runs.epoch());
          return runs.store.changes().since(runs.store.changes().now());
        });
  }

  @Test
  void documents_that_say_what_the_log_says_do_not_differ() {
    assertThat(differences()).isEmpty();
    runs.goOn(2);
    runs.settle();
    assertThat(differences()).isEmpty();
  }

  @Test
  void another_text_is_a_mismatch() {
    runs.forge(saying(runs.summary(3), "{}"));
    assertFound(Kind.HASH_MISMATCH, RUNS, runId(3).toString());
  }

  @Test
  void another_text_under_the_hash_of_the_old_one_is_a_mismatch() {
    Document d = runs.summary(3);
    runs.forge(saying(d, "[]"));
    runs.forge(new Document(d.projection(), d.entity(), d.seq(), d.owner(), "{}", d.hash()));
    assertFound(Kind.HASH_MISMATCH, RUNS, runId(3).toString());
    assertThat(differences().getFirst().found()).contains(Digest.ofText("{}").hex());
  }

  @Test
  void another_hash_of_the_same_text_is_a_mismatch() {
    Document d = runs.summary(3);
    Digest other = Digest.ofText("{}");
    runs.forge(new Document(d.projection(), d.entity(), d.seq(), d.owner(), d.text(), other));
    assertFound(Kind.HASH_MISMATCH, RUNS, runId(3).toString());
    assertThat(differences().getFirst().found()).contains(other.hex());
  }

  @Test
  void another_text_of_a_thread_is_a_mismatch() {
    runs.forge(saying(thread("thread-3"), "{}"));
    assertFound(Kind.HASH_MISMATCH, THREADS, "thread-3");
    assertThat(runs.comparison.of(new ThreadId("thread-3"))).hasSize(1);
    assertThat(runs.comparison.of(new ThreadId("thread-4"))).isEmpty();
  }

  @Test
  void a_document_further_than_its_run_is_ahead() {
    Document d = runs.summary(3);
    runs.forge(Document.kept(d.projection(), d.entity(), d.seq() + 9, d.owner(), d.text()));
    assertFound(Kind.AHEAD, RUNS, runId(3).toString());
  }

  /// Beside the log as if somebody had put a form of before back.
  private void putBack(Document older) {
    runs.store
        .projections()
        .commit(
            runs.epoch(),
            new Commit(
                Map.of(),
                List.of(new Written(older, runs.generation().number() + 1)),
                List.of(),
                List.of(),
                null));
  }

  @Test
  void a_document_older_than_its_run_is_never_on_its_way() {
    Document older = runs.summary(3);
    runs.goOn(3);
    runs.settle();
    putBack(older);
    assertFound(Kind.HASH_MISMATCH, RUNS, runId(3).toString());
    runs.goOn(3);
    assertThat(differences())
        .extracting(Difference::kind, Difference::projection)
        .containsExactly(tuple(Kind.HASH_MISMATCH, RUNS), tuple(Kind.LAG, "run"));
  }

  @Test
  void an_older_summary_of_a_thread_is_on_its_way_while_a_run_of_it_is_taken_in() {
    Document older = thread("thread-3");
    runs.goOn(3);
    runs.settle();
    putBack(older);
    assertFound(Kind.HASH_MISMATCH, THREADS, "thread-3");
    runs.goOn(4);
    assertThat(differences())
        .extracting(Difference::kind, Difference::entityId)
        .containsExactly(
            tuple(Kind.HASH_MISMATCH, "thread-3"), tuple(Kind.LAG, runId(4).toString()));
    runs.goOn(3);
    assertThat(runs.comparison.of(new ThreadId("thread-3")))
        .extracting(Difference::kind)
        .containsExactly(Kind.LAG);
  }

  private Document thread(String id) {
    return runs.store.projections().find(THREADS, id).orElseThrow().document();
  }

  /// Stops where the documents of a run are committed, and the summary of its new thread is not.
  private void stopBeforeTheThread() {
    int[] commits = {0};
    ProjectionStore stopping =
        PortProxy.of(
            ProjectionStore.class,
            runs.store.projections(),
            (method, arguments, call) -> {
              if (method.equals("commit") && ++commits[0] > 1) {
                throw new StoreUnavailable("gone", new IllegalStateException());
              }
              return call.call(arguments);
            });
    Projector projector =
        new Projector(
            runs.scan, runs.store.changes(), stopping, runs.projections, Projector.Bounds.DEFAULT);
    assertThatThrownBy(() -> projector.follow(runs.epoch())).isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void a_thread_that_a_batch_has_not_come_to_is_on_its_way_until_the_position_passes_it() {
    begin(9);
    stopBeforeTheThread();
    assertFound(Kind.LAG, THREADS, "thread-9");
    runs.store
        .projections()
        .commit(
            runs.epoch(),
            new Commit(Map.of(), List.of(), List.of(), List.of(), runs.store.changes().now()));
    assertFound(Kind.MISSING, THREADS, "thread-9");
  }

  @Test
  void a_thread_that_is_told_while_it_is_looked_at_is_left_out() {
    begin(9);
    stopBeforeTheThread();
    ChangeFeed taken = takingIn();
    assertThat(comparison(taken).of(new ThreadId("thread-9"))).isEmpty();
    assertThat(differences()).isEmpty();
  }

  private Comparison comparison(ChangeFeed feed) {
    return new Comparison(new Recount(runs.scan, runs.projections), runs.store.projections(), feed);
  }

  @Test
  void documents_that_are_gone_are_missing() {
    runs.store
        .projections()
        .begin(runs.epoch(), new ProjectionId(RUNS, 1), runs.generation().number() + 1);
    assertThat(runs.store.projections().sweep(runs.epoch(), RUNS, 100)).isEqualTo(COUNT);
    assertThat(differences())
        .hasSize(COUNT)
        .allMatch(d -> d.kind() == Kind.MISSING && d.projection().equals(RUNS));
  }

  @Test
  void a_document_of_a_projection_that_nobody_has_is_an_orphan() {
    Document d = runs.summary(3);
    runs.forge(Document.kept(new ProjectionId("other", 1), d.entity(), d.seq(), d.owner(), "{}"));
    assertFound(Kind.ORPHAN, "other", runId(3).toString());
  }

  @Test
  void a_run_that_went_on_lags_and_its_documents_are_compared_where_they_are() {
    runs.goOn(3);
    assertFound(Kind.LAG, "run", runId(3).toString());
    assertThat(differences().getFirst().evidence())
        .endsWith("expected documents through 2, found documents through 1");
    runs.forge(saying(runs.summary(3), "{}"));
    assertThat(differences()).extracting(Difference::kind).hasSize(2).contains(Kind.HASH_MISMATCH);
  }

  @Test
  void what_went_on_after_the_logs_were_looked_at_does_not_differ() {
    List<Reach> before = runs.store.scan().runs(null, COUNT);
    runs.goOn(3);
    runs.settle();
    assertThat(runs.comparison.of(before)).isEmpty();
  }

  @Test
  void a_watermark_beyond_the_log_is_ahead() {
    runs.store
        .projections()
        .commit(
            runs.epoch(), new Commit(Map.of(runId(3), 40L), List.of(), List.of(), List.of(), null));
    assertFound(Kind.AHEAD, "run", runId(3).toString());
  }

  @Test
  void a_log_that_cannot_be_read_any_more_is_named_and_stops_no_other() {
    runs.forge(saying(thread("thread-4"), "{}"));
    runs.scan.spoil(runId(3), 1);
    assertThat(differences())
        .extracting(Difference::kind, Difference::projection, Difference::entityId)
        .containsExactly(
            tuple(Kind.HASH_MISMATCH, "run", runId(3).toString()),
            tuple(Kind.HASH_MISMATCH, THREADS, "thread-4"));
    assertThat(differences().getFirst().evidence())
        .contains("event 1 of run " + runId(3) + " cannot be read");
    assertThat(runs.comparison.of(new ThreadId("thread-3")))
        .extracting(Difference::kind, Difference::entityId)
        .containsExactly(tuple(Kind.HASH_MISMATCH, "thread-3"));
  }

  @Test
  void a_rebuild_of_a_run_whose_log_cannot_be_read_ends() {
    runs.scan.spoil(runId(3), 1);
    runs.store.rebuilds().request(new Request(new Scope.OneRun(runId(3)), false, "operator:test"));
    runs.store.rebuilds().request(new Request(new Scope.All(), true, "operator:test"));
    runs.settle();
    assertThat(runs.store.rebuilds().recent(2))
        .extracting(Rebuild::phase)
        .containsExactly(Phase.DONE, Phase.DONE);
    assertThat(runs.store.rebuilds().recent(1).getFirst().progress().differing()).isEqualTo(1);
  }

  @Test
  void a_run_that_lags_and_that_nothing_will_take_in_is_a_mismatch() {
    runs.goOn(3);
    runs.store
        .projections()
        .commit(
            runs.epoch(),
            new Commit(Map.of(), List.of(), List.of(), List.of(), runs.store.changes().now()));
    assertFound(Kind.HASH_MISMATCH, "run", runId(3).toString());
    assertThat(differences().getFirst().evidence())
        .endsWith("expected documents through 2, found documents through 1");
  }

  @Test
  void what_is_taken_in_while_it_is_looked_at_is_left_out() {
    runs.goOn(3);
    ChangeFeed taken = takingIn();
    assertThat(comparison(taken).of(runs.store.scan().runs(null, 100))).isEmpty();
  }

  private void begin(int run) {
    runs.store
        .log()
        .append(Drafts.start(runId(run), Drafts.spec(new ThreadId("thread-9"), Drafts.OWNER)));
  }

  @Test
  void a_run_that_the_next_pass_will_take_in_lags_and_one_that_it_will_not_is_missing() {
    begin(9);
    assertFound(Kind.LAG, "run", runId(9).toString());
    runs.store
        .projections()
        .commit(
            runs.epoch(),
            new Commit(Map.of(), List.of(), List.of(), List.of(), runs.store.changes().now()));
    assertFound(Kind.MISSING, "run", runId(9).toString());
  }
}
