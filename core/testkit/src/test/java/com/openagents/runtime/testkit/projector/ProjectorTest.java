package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunCancelRequested;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.inmemory.InMemorySink;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Ageing;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.log.LogScan.From;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.projection.DocumentsDigest;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.projector.Comparison;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.DeliveryPorts;
import com.openagents.runtime.projector.DeliveryWatch;
import com.openagents.runtime.projector.Difference;
import com.openagents.runtime.projector.Digests;
import com.openagents.runtime.projector.GenerationNotes;
import com.openagents.runtime.projector.Passed;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.projector.RebuildPorts;
import com.openagents.runtime.projector.Rebuilding;
import com.openagents.runtime.projector.Recount;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G11")
class ProjectorTest {

  private static final Duration TTL = Duration.ofSeconds(30);

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemoryStore store = new InMemoryStore(time);
  private final RunProjections projections = RunProjections.BUILT_IN;
  private final Projector projector =
      new Projector(
          store.scan(),
          store.changes(),
          store.projections(),
          projections,
          new Projector.Bounds(3, 2, 5, 1_000, 100));
  private final Comparison comparison =
      new Comparison(new Recount(store.scan(), projections), store.projections(), store.changes());
  private final Rebuilding rebuilding =
      new Rebuilding(
          new RebuildPorts(
              store.scan(),
              store.projections(),
              store.knownSinks(),
              store.sinkBook(),
              store.rebuilds()),
          projector,
          comparison,
          projections,
          2);
  private final InMemorySink sink = new InMemorySink("memory");
  private final Deliveries deliveries =
      new Deliveries(
          sink,
          new DeliveryPorts(
              store.projections(), store.knownSinks(), store.sinkBook(), store.sinkStreams()),
          projections,
          new GenerationNotes(),
          DeliveryWatch.NONE,
          3);
  private long epoch;

  @BeforeEach
  void begin() {
    epoch = store.writers().acquire(Drafts.NODE, TTL).orElseThrow().epoch();
    assertThat(rebuilding.prepare(epoch)).isTrue();
    rebuild();
    projector.follow(epoch);
    store.knownSinks().register(epoch, sink.name(), 1_000);
  }

  private Rebuild rebuild() {
    Rebuild last = null;
    while (last == null || !last.phase().ended()) {
      last = rebuilding.step(epoch).orElseThrow();
    }
    return last;
  }

  private void write(Append append) {
    store.log().append(append);
    time.advance(Duration.ofSeconds(1));
  }

  private void start(int run, String thread) {
    write(Drafts.start(runId(run), Drafts.spec(new ThreadId(thread), Drafts.OWNER)));
  }

  private void tell(int run, Event.Known... events) {
    write(Append.of(runId(run), Precondition.OPEN, List.of(events)));
  }

  private Json.Obj body(String projection, Object entity) {
    return store
        .projections()
        .find(projection, entity.toString())
        .map(KeptDocument::document)
        .orElseThrow()
        .body();
  }

  private static String text(Json.Obj body, String name) {
    return body.get(name) instanceof Json.Str(String text) ? text : "(none)";
  }

  private void deliver() {
    while (deliveries.step(epoch) > 0) {
      assertThat(store.knownSinks().sinks(List.of())).hasSize(1);
    }
  }

  private DocumentsDigest kept(String projection) {
    return Digests.of(store.projections(), projection);
  }

  private void someRuns() {
    for (int run = 1; run <= 7; run++) {
      start(run, "thread-" + run % 3);
      write(Drafts.frame(runId(run), "f", "hello"));
      tell(run, new RunStarted(Drafts.NODE), Drafts.said("yes"));
    }
    tell(2, new RunCancelRequested("enough", "owner"));
    tell(2, new RunCanceled(ReasonClass.CANCEL_REQUESTED, null));
  }

  @Test
  @Tag("G10")
  void the_last_document_of_a_run_says_how_it_ended() {
    someRuns();
    projector.follow(epoch);
    Json.Obj body = body("run_summary", runId(2));
    assertThat(text(body, "status")).isEqualTo("canceled");
    assertThat(text(body, "terminalReason")).isEqualTo("enough");
    assertThat(text(body, "terminalReasonClass")).isEqualTo("cancel_requested");
    assertThat(text(body("thread_summary", "thread-2"), "threadId")).isEqualTo("thread-2");
    assertThat(body("thread_summary", "thread-2").get("openRunCount")).isEqualTo(Json.of(1));
  }

  @Test
  void a_pass_after_each_event_gives_the_same_as_one_pass_after_all() {
    for (int run = 1; run <= 5; run++) {
      start(run, "thread-" + run % 2);
      projector.follow(epoch);
      write(Drafts.frame(runId(run), "f", "hello"));
      projector.follow(epoch);
      tell(run, new RunStarted(Drafts.NODE), Drafts.said("yes"));
      projector.follow(epoch);
    }
    List<DocumentsDigest> piecewise = digests();
    List<?> rows = store.projections().rows();
    rebuildAll();
    assertThat(digests()).isEqualTo(piecewise);
    assertThat(store.projections().rows()).isEqualTo(rows);
    assertThat(comparison.of(store.scan().runs(null, 100))).isEmpty();
  }

  private List<DocumentsDigest> digests() {
    return projections.ids().stream().map(id -> kept(id.name())).toList();
  }

  private Rebuild rebuildAll() {
    store.rebuilds().request(new Rebuild.Request(new Rebuild.Scope.All(), false, "operator:test"));
    return rebuild();
  }

  @Test
  void the_age_of_a_pass_is_that_of_what_it_tells_for_the_first_time() {
    start(1, "thread");
    tell(1, new RunStarted(Drafts.NODE));
    Instant started =
        store.scan().read(List.of(new From(runId(1), 0)), 1, 1, 1).getFirst().occurredAt();
    assertThat(projector.follow(epoch).oldest()).isEqualTo(started);
    time.advance(Duration.ofDays(3));
    projections.ids().forEach(id -> store.projections().begin(epoch, id, 2));
    Instant now = time.instant();
    write(Drafts.frame(runId(1), "f", "and then"));
    Passed passed = projector.follow(epoch);
    assertThat(passed.events()).as("the whole run").isEqualTo(3);
    assertThat(passed.oldest()).isEqualTo(now);
  }

  @Test
  void a_wiped_store_and_a_new_sink_come_to_the_same_documents() {
    someRuns();
    projector.follow(epoch);
    deliver();
    List<DocumentsDigest> before = digests();
    store.projections().wipe();
    assertThat(rebuilding.prepare(epoch)).isTrue();
    projector.follow(epoch);
    write(Drafts.frame(runId(3), "later", "and then"));
    projector.follow(epoch);
    rebuild();
    InMemorySink fresh = new InMemorySink("fresh");
    store.knownSinks().register(epoch, fresh.name(), 1_000);
    Deliveries begun =
        new Deliveries(
            fresh,
            new DeliveryPorts(
                store.projections(), store.knownSinks(), store.sinkBook(), store.sinkStreams()),
            projections,
            new GenerationNotes(),
            DeliveryWatch.NONE,
            1_000);
    assertThat(begun.step(epoch)).isPositive();
    assertThat(digests()).isNotEqualTo(before);
    for (var id : projections.ids()) {
      assertThat(Digests.of(fresh, id.name())).as(id.name()).isEqualTo(kept(id.name()));
    }
    assertThat(comparison.of(store.scan().runs(null, 100))).isEmpty();
  }

  @Test
  void a_rebuild_tells_what_it_did_and_proves_that_nothing_changed() {
    someRuns();
    projector.follow(epoch);
    Rebuild done = rebuildAll();
    assertThat(done.phase()).isEqualTo(Phase.DONE);
    assertThat(done.progress().runs()).isEqualTo(7);
    var before = done.progress().proof().stream().filter(p -> p.moment().equals("before")).toList();
    var after = done.progress().proof().stream().filter(p -> p.moment().equals("after")).toList();
    assertThat(after).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(after.get(i).digest()).isEqualTo(before.get(i).digest());
    }
  }

  @Test
  @Tag("G11")
  void nothing_is_written_once_another_writer_has_come() {
    someRuns();
    time.advance(TTL.plusSeconds(1));
    assertThat(store.writers().acquire(Drafts.OTHER_NODE, TTL)).isPresent();
    assertThatThrownBy(() -> projector.follow(epoch)).isInstanceOf(WriterFenced.class);
    assertThat(store.projections().find("run_summary", runId(1).toString())).isEmpty();
  }

  @Test
  void a_log_that_cannot_be_read_parks_its_run_and_stops_nobody() {
    start(1, "thread");
    start(2, "thread");
    tell(1, new RunStarted(Drafts.NODE));
    tell(1, new RunStarted(Drafts.NODE));
    tell(2, new RunStarted(Drafts.NODE));
    projector.follow(epoch);
    assertThat(store.projections().parked(10)).hasSize(1);
    assertThat(store.projections().parked(10).getFirst().runId()).isEqualTo(runId(1));
    assertThat(text(body("run_summary", runId(2)), "status")).isEqualTo("running");
    assertThat(text(body("thread_summary", "thread"), "latestRunId"))
        .isEqualTo(runId(2).toString());
  }

  private long compared(Rebuild.Scope scope) {
    store.rebuilds().request(new Rebuild.Request(scope, true, "operator:test"));
    return rebuild().progress().differing();
  }

  @Test
  void a_comparison_finds_runs_that_were_not_told() {
    someRuns();
    Position now = store.changes().now();
    store.projections().commit(epoch, new Commit(Map.of(), List.of(), List.of(), List.of(), now));
    assertThat(compared(new Rebuild.Scope.OneRun(runId(4)))).isEqualTo(1);
    assertThat(compared(new Rebuild.Scope.All())).isEqualTo(7);
  }

  @Test
  void what_the_next_pass_will_tell_is_no_difference() {
    someRuns();
    assertThat(compared(new Rebuild.Scope.OneRun(runId(4)))).isZero();
    assertThat(compared(new Rebuild.Scope.All())).isZero();
    projector.follow(epoch);
    tell(3, Drafts.said("more"));
    assertThat(compared(new Rebuild.Scope.All())).isZero();
  }

  @Test
  void one_run_told_again_replaces_what_somebody_changed() {
    someRuns();
    projector.follow(epoch);
    RunId run = runId(4);
    List<DocumentsDigest> before = digests();
    store
        .rebuilds()
        .request(new Rebuild.Request(new Rebuild.Scope.OneRun(run), false, "operator:test"));
    assertThat(rebuild().progress().differing()).isZero();
    assertThat(digests()).isEqualTo(before);
  }

  private void age(int run, long from, long through) {
    var range = new AgedRange(from, through, Digest.ofText(""), "key", "c2ln", Instant.EPOCH);
    var look = new Ageing.Look(runId(run), 0, through, List.of(range), null);
    assertThat(store.ageing().note(look)).isTrue();
    assertThat(store.ageing().remove(100)).isPositive();
  }

  @Test
  @Tag("G10")
  void what_aged_out_at_the_watermark_is_not_counted_twice() {
    start(1, "thread");
    write(Drafts.deltas(runId(1), Precondition.OPEN, "a", "b"));
    projector.follow(epoch);
    tell(1, Drafts.said("ab"));
    age(1, 2, 3);
    assertThat(comparison.of(store.scan().runs(null, 100)))
        .extracting(Difference::kind)
        .containsExactly(Difference.Kind.LAG);
    store
        .rebuilds()
        .request(
            new Rebuild.Request(new Rebuild.Scope.Projection("run_summary"), false, "operator:x"));
    rebuild();
    assertThat(body("thread_summary", "thread").get("eventCount")).isEqualTo(Json.of(4));
    assertThat(comparison.of(store.scan().runs(null, 100))).isEmpty();
  }

  @Test
  void thread_summaries_alone_are_told_again() {
    someRuns();
    projector.follow(epoch);
    List<DocumentsDigest> before = digests();
    store
        .rebuilds()
        .request(
            new Rebuild.Request(
                new Rebuild.Scope.Projection("thread_summary"), false, "operator:x"));
    assertThat(rebuild().progress().removed()).isZero();
    assertThat(digests()).isEqualTo(before);
  }

  @Test
  void a_part_cannot_be_told_before_everything_was() {
    store.projections().wipe();
    start(1, "thread");
    store
        .rebuilds()
        .request(new Rebuild.Request(new Rebuild.Scope.OneRun(runId(1)), false, "operator:x"));
    assertThat(rebuild().progress().runs()).isZero();
    assertThat(rebuilding.prepare(epoch)).isTrue();
    rebuild();
    assertThat(store.projections().find("run_summary", runId(1).toString())).isPresent();
  }
}
