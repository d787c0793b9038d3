package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.Drafts.runId;
import static com.openagents.runtime.testkit.projector.ProjectedRuns.COUNT;
import static com.openagents.runtime.testkit.projector.ProjectedRuns.RUNS;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.Generation;
import com.openagents.runtime.projection.ProjectionStore.Written;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.SinkBook.Taken;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projection.SinkStreams.Leaving;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.DeliveryPorts;
import com.openagents.runtime.projector.DeliveryWatch;
import com.openagents.runtime.projector.Digests;
import com.openagents.runtime.projector.GenerationNotes;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.projector.RebuildPorts;
import com.openagents.runtime.projector.Rebuilding;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.simulator.PortProxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a release before told, and this one does not, is delivered to nobody, and goes when an
/// operator says so.
@Tag("G11")
class RetiredProjectionTest {

  private static final ProjectionId LEFT = new ProjectionId("tool_calls", 1);
  private static final String TIMELINES = "timeline_slice";
  private static final int DOCUMENTS = 7;

  private boolean refusing;
  private boolean unknown;
  private boolean failing;

  /// There is always more to remove.
  private boolean heldBack;

  private final ProjectedRuns runs = new ProjectedRuns(this::seen);

  /// Does not answer to what is asked of the projection that left, or does not know it.
  private ProjectionSink seen(ProjectionSink honest) {
    return PortProxy.of(
        ProjectionSink.class,
        honest,
        (method, arguments, call) -> {
          boolean asked = List.of(arguments).contains(LEFT.name());
          if (refusing && asked) {
            throw new SinkAway("unreachable", "no route");
          }
          if (heldBack && asked && method.equals("sweep")) {
            return 1;
          }
          if (failing && asked && method.equals("sweep")) {
            throw new SinkRefusing("failing", "no such table");
          }
          if (unknown && asked && method.equals("shows")) {
            return false;
          }
          if (unknown && asked) {
            throw new SinkRefusing("failing", "no such stream");
          }
          return unknown && method.equals("open")
              ? without(honest.open((Long) arguments[0]))
              : call.call(arguments);
        });
  }

  private static Map<String, Standing> without(Map<String, Standing> streams) {
    Map<String, Standing> known = new HashMap<>(streams);
    known.remove(LEFT.name());
    return known;
  }

  private static Document document(Document like, int number) {
    return Document.kept(LEFT, like.entity(), number, like.owner(), "{\"n\":" + number + "}");
  }

  private List<Document> documents() {
    List<Document> documents = new ArrayList<>();
    for (int run = 1; run <= COUNT; run++) {
      documents.add(document(runs.summary(run), run));
    }
    return documents;
  }

  /// Documents that a release before kept.
  private void keep() {
    runs.store.projections().begin(runs.epoch(), LEFT, 1);
    List<Written> written = documents().stream().map(d -> new Written(d, 1)).toList();
    runs.store
        .projections()
        .commit(runs.epoch(), new Commit(Map.of(), written, List.of(), List.of(), null));
  }

  /// Shows them as that release did, before this one came.
  private void show() {
    runs.sink.begin(runs.epoch(), LEFT.name(), 1);
    List<Change> changes =
        documents().stream().<Change>map(d -> new Change.Upsert(d, Instant.EPOCH)).toList();
    runs.sink.deliver(runs.epoch(), LEFT.name(), 1, changes);
    runs.store
        .sinkStreams()
        .stands(
            runs.epoch(), "memory", LEFT.name(), new Standing(1, runs.sink.position(LEFT.name())));
    runs.store
        .sinkBook()
        .taken(
            runs.epoch(),
            "memory",
            runs.store.projections().page(LEFT.name(), "", DOCUMENTS).stream()
                .map(k -> new Taken(LEFT.name(), k.document().entity(), k.checkpoint()))
                .toList());
    runs.raise();
  }

  private Rebuild retire() {
    return retire(LEFT.name());
  }

  private Rebuild retire(String projection) {
    return runs.store
        .rebuilds()
        .request(new Request(new Scope.Retired(projection), false, "operator:test"));
  }

  private Phase phase(Rebuild rebuild) {
    return runs.store.rebuilds().recent(10).stream()
        .filter(r -> r.number() == rebuild.number())
        .findFirst()
        .orElseThrow()
        .phase();
  }

  private List<?> shown() {
    return runs.honest.page(LEFT.name(), "", DOCUMENTS);
  }

  private List<?> due() {
    return runs.store.sinkBook().due("memory", List.of(RUNS, LEFT.name()), DOCUMENTS);
  }

  @Test
  void what_is_told_no_more_is_delivered_to_nobody_and_stops_no_other() {
    keep();
    runs.goOn(3);
    refusing = true;
    runs.settle();
    assertThat(shown()).isEmpty();
    assertThat(due()).as("none of another projection").hasSize(COUNT);
    assertThat(runs.store.projections().page(LEFT.name(), "", DOCUMENTS)).hasSize(COUNT);
  }

  @Test
  void what_was_shown_of_it_stays_until_it_is_retired() {
    keep();
    show();
    runs.settle();
    assertThat(shown()).hasSize(COUNT);
    assertThat(runs.store.sinkStreams().standing("memory")).containsKey(LEFT.name());
  }

  @Test
  void it_goes_from_the_store_and_from_the_sink_when_it_is_retired() {
    keep();
    show();
    Rebuild retired = retire();
    runs.settle();
    assertThat(phase(retired)).isEqualTo(Phase.DONE);
    assertThat(runs.store.projections().page(LEFT.name(), "", DOCUMENTS)).isEmpty();
    assertThat(runs.store.projections().generations()).doesNotContainKey(LEFT.name());
    assertThat(shown()).isEmpty();
    assertThat(runs.store.sinkStreams().standing("memory")).doesNotContainKey(LEFT.name());
    assertThat(due()).isEmpty();
    assertThat(runs.honest.page(RUNS, "", DOCUMENTS)).hasSize(COUNT);
  }

  @Test
  void it_goes_from_a_sink_that_comes_back_later_whoever_writes_then() {
    keep();
    show();
    refusing = true;
    Rebuild retired = retire();
    for (int round = 0; round < 5; round++) {
      runs.project();
    }
    assertThat(phase(retired)).isEqualTo(Phase.DONE);
    assertThat(shown()).hasSize(COUNT);
    runs.raise();
    refusing = false;
    runs.settle();
    assertThat(shown()).isEmpty();
    assertThat(runs.store.sinkStreams().standing("memory")).doesNotContainKey(LEFT.name());
  }

  @Test
  void what_a_sink_took_without_saying_so_goes_too() {
    keep();
    runs.sink.begin(runs.epoch(), LEFT.name(), 1);
    runs.sink.deliver(
        runs.epoch(),
        LEFT.name(),
        1,
        List.of(new Change.Upsert(documents().getFirst(), Instant.EPOCH)),
        position ->
            runs.store.sinkStreams().reserve(runs.epoch(), "memory", LEFT.name(), position));
    runs.raise();
    retire();
    runs.settle();
    assertThat(shown()).isEmpty();
  }

  @Test
  void a_sink_that_does_not_know_it_any_more_is_not_asked_and_that_is_told() {
    keep();
    show();
    unknown = true;
    retire();
    runs.settle();
    assertThat(leaving())
        .singleElement()
        .satisfies(stream -> assertThat(stream.reason()).contains("does not know the projection"));
    assertThat(noticed()).containsOnlyOnce("stays");
    runs.goOn(1);
    runs.settle();
    assertThat(due()).isEmpty();

    unknown = false;
    runs.raise();
    runs.settle();
    assertThat(shown()).as("functions know it again").isEmpty();
    assertThat(leaving()).isEmpty();
  }

  @Test
  void what_stays_is_asked_for_again_although_the_writer_goes_on() {
    keep();
    show();
    unknown = true;
    retire();
    runs.settle();
    assertThat(leaving()).hasSize(1);
    unknown = false;
    for (int step = 0; step < 250 && !shown().isEmpty(); step++) {
      runs.settle();
    }
    assertThat(shown()).isEmpty();
    assertThat(leaving()).isEmpty();
  }

  @Test
  void why_it_stayed_is_not_said_any_more_while_it_goes() {
    keep();
    show();
    retire();
    failing = true;
    runs.settle();
    assertThat(leaving()).extracting(Leaving::reason).containsExactly("failing: no such table");
    failing = false;
    heldBack = true;
    runs.raise();
    runs.settle();
    assertThat(leaving()).containsExactly(new Leaving("memory", LEFT.name(), null));
  }

  @Test
  void what_a_sink_has_still_to_let_go_of_is_told_until_it_has() {
    keep();
    show();
    refusing = true;
    retire();
    assertThat(leaving()).as("kept").isEmpty();
    for (int round = 0; round < 5; round++) {
      runs.project();
    }
    assertThat(leaving()).containsExactly(new Leaving("memory", LEFT.name(), null));
    refusing = false;
    runs.raise();
    runs.settle();
    assertThat(leaving()).isEmpty();
  }

  private List<Leaving> leaving() {
    return runs.store.sinkStreams().leaving(runs.projections.names());
  }

  @Test
  void what_was_removed_in_part_is_told_again_whole_by_who_tells_it() {
    assertThat(runs.store.projections().retire(runs.epoch(), RUNS, 2)).isEqualTo(2);
    runs.notes.beyond(RUNS, 3);
    runs.settling.step(runs.epoch(), false);
    assertThat(runs.rebuilding.prepare(runs.epoch())).isTrue();
    runs.settle();
    assertThat(runs.generation()).isEqualTo(new Generation(4, 1));
    assertThat(runs.store.projections().page(RUNS, "", DOCUMENTS)).hasSize(COUNT);
    assertThat(runs.honest.page(RUNS, "", DOCUMENTS)).hasSize(COUNT);
    assertThat(due()).isEmpty();
  }

  /// Another release writes, which tells no timelines, and retires them.
  private void retireTimelines() {
    RunProjections fewer = new RunProjections(List.of());
    RebuildPorts ports =
        new RebuildPorts(
            runs.scan,
            runs.store.projections(),
            runs.store.knownSinks(),
            runs.store.sinkBook(),
            runs.store.rebuilds());
    Rebuilding rebuilding = new Rebuilding(ports, runs.projector, runs.comparison, fewer, 2);
    Deliveries deliveries =
        new Deliveries(
            runs.sink,
            new DeliveryPorts(
                runs.store.projections(),
                runs.store.knownSinks(),
                runs.store.sinkBook(),
                runs.store.sinkStreams()),
            fewer,
            new GenerationNotes(),
            DeliveryWatch.NONE,
            100);
    retire(TIMELINES);
    runs.raise();
    for (int round = 0; round < 5; round++) {
      rebuilding.step(runs.epoch());
      deliveries.step(runs.epoch());
    }
    assertThat(runs.store.projections().page(TIMELINES, "", DOCUMENTS)).isEmpty();
    assertThat(runs.honest.page(TIMELINES, "", DOCUMENTS)).isEmpty();
  }

  @Test
  void what_comes_again_under_the_same_name_is_told_and_shown_again() {
    retireTimelines();
    runs.goOn(1);
    runs.raise();
    assertThat(runs.rebuilding.prepare(runs.epoch())).isTrue();
    runs.settle();
    assertThat(runs.store.projections().page(TIMELINES, "", DOCUMENTS)).hasSize(COUNT);
    assertThat(runs.honest.page(TIMELINES, "", DOCUMENTS)).hasSize(COUNT);
    assertThat(Digests.of(runs.sink, TIMELINES))
        .isEqualTo(Digests.of(runs.store.projections(), TIMELINES));
  }

  /// A release between the two told no timelines, and nobody retired them.
  @Test
  void what_went_on_while_nobody_told_it_is_told_whole_when_somebody_does_again() {
    RunProjections fewer = new RunProjections(List.of());
    RebuildPorts ports =
        new RebuildPorts(
            runs.scan,
            runs.store.projections(),
            runs.store.knownSinks(),
            runs.store.sinkBook(),
            runs.store.rebuilds());
    Projector between =
        new Projector(
            runs.scan, runs.store.changes(), ports.store(), fewer, Projector.Bounds.DEFAULT);
    runs.raise();
    assertThat(new Rebuilding(ports, between, runs.comparison, fewer, 2).prepare(runs.epoch()))
        .isTrue();
    runs.goOn(1);
    between.follow(runs.epoch());
    runs.raise();
    assertThat(runs.rebuilding.prepare(runs.epoch())).isTrue();
    runs.store.log().append(Drafts.frame(runId(1), "later", "and then"));
    runs.settle();
    assertThat(runs.comparison.of(runs.scan.runs(null, DOCUMENTS))).isEmpty();
    assertThat(runs.store.projections().page(TIMELINES, "", DOCUMENTS)).hasSize(COUNT);
  }

  /// There is always something left of what is to be retired.
  @Test
  void documents_of_a_new_projection_do_not_wait_until_another_is_retired() {
    while (runs.store.projections().generations().containsKey(TIMELINES)) {
      runs.store.projections().retire(runs.epoch(), TIMELINES, 100);
    }
    keep();
    Rebuild retired = retire();
    runs.goOn(1);
    runs.raise();
    assertThat(runs.rebuilding.prepare(runs.epoch())).isTrue();
    for (int round = 0; round < 10; round++) {
      keep();
      runs.project();
      runs.rebuilding.prepare(runs.epoch());
    }
    assertThat(phase(retired)).isEqualTo(Phase.CANCELED);
    assertThat(runs.summary(1).seq()).as("what was told meanwhile").isEqualTo(2);
    assertThat(runs.store.projections().page(TIMELINES, "", DOCUMENTS)).hasSize(COUNT);
    Rebuild again = retire();
    runs.settle();
    assertThat(phase(again)).isEqualTo(Phase.DONE);
    assertThat(runs.store.projections().page(LEFT.name(), "", DOCUMENTS)).isEmpty();
  }

  @Test
  void what_this_release_tells_stays() {
    Rebuild retired = retire(RUNS);
    runs.settle();
    assertThat(phase(retired)).isEqualTo(Phase.CANCELED);
    assertThat(runs.store.projections().page(RUNS, "", DOCUMENTS)).hasSize(COUNT);
    assertThat(runs.honest.page(RUNS, "", DOCUMENTS)).hasSize(COUNT);
  }

  @Test
  void a_sink_that_refuses_to_let_go_of_it_takes_what_others_tell_and_is_asked_when_opened() {
    keep();
    show();
    retire();
    for (int step = 0; step < 3; step++) {
      runs.project();
    }
    failing = true;
    runs.goOn(1);
    runs.project();
    assertThat(noticed()).containsOnlyOnce("stays");
    assertThat(leaving())
        .containsExactly(new Leaving("memory", LEFT.name(), "failing: no such table"));
    for (int run = 1; run <= COUNT; run++) {
      runs.goOn(run);
      runs.settle();
      assertThat(due()).isEmpty();
    }
    assertThat(shown()).hasSize(COUNT);
    failing = false;
    runs.raise();
    runs.settle();
    assertThat(shown()).isEmpty();
    assertThat(runs.store.sinkStreams().standing("memory")).doesNotContainKey(LEFT.name());
  }

  @Test
  void a_generation_that_nothing_can_go_beyond_stops_no_documents() {
    keep();
    show();
    retire();
    runs.sink.begin(runs.epoch(), LEFT.name(), Long.MAX_VALUE);
    runs.raise();
    runs.settle();
    runs.goOn(1);
    runs.settle();
    assertThat(due()).isEmpty();
    assertThat(shown()).hasSize(COUNT);
  }

  /// What a writer that comes notices, when it opens the sink.
  private List<String> noticed() {
    List<String> noticed = new ArrayList<>();
    runs.raise();
    runs.deliveries(
            DOCUMENTS,
            PortProxy.of(
                DeliveryWatch.class,
                DeliveryWatch.NONE,
                (method, _, _) -> {
                  noticed.add(method);
                  return null;
                }))
        .step(runs.epoch());
    return noticed;
  }

  @Test
  void who_opens_a_sink_takes_it_for_no_loss_and_for_nothing_foreign() {
    keep();
    show();
    unknown = true;
    assertThat(noticed()).as("it is not in the sink any more").isEmpty();
    unknown = false;
    retire();
    runs.settle();
    assertThat(runs.store.sinkStreams().reserved("memory")).doesNotContainKey(LEFT.name());
    assertThat(noticed()).as("nothing is known of it here any more").isEmpty();
  }
}
