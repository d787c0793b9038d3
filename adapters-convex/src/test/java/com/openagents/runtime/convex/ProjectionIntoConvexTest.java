package com.openagents.runtime.convex;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.RunEvent.RunCompleted;
import com.openagents.runtime.event.RunEvent.RunStarted;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.projection.DocumentsDigest;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projector.Comparison;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.DeliveryPorts;
import com.openagents.runtime.projector.DeliveryWatch;
import com.openagents.runtime.projector.Digests;
import com.openagents.runtime.projector.GenerationNotes;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.projector.RebuildPorts;
import com.openagents.runtime.projector.Rebuilding;
import com.openagents.runtime.projector.Recount;
import com.openagents.runtime.testkit.Drafts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// From the log to what a deployment shows, through outages: both say the same in the end.
@Tag("G11")
@Tag("G12")
class ProjectionIntoConvexTest {

  private static final int RUNS = 30;

  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-22T06:00:00Z"));
  private final InMemoryStore store = new InMemoryStore(clock);
  private final RunProjections projections = RunProjections.BUILT_IN;
  private final Projector projector =
      new Projector(
          store.scan(),
          store.changes(),
          store.projections(),
          projections,
          Projector.Bounds.DEFAULT);
  private final Rebuilding rebuilding = rebuilding(projections);
  private final Facade facade = Facade.fresh();
  private final ConvexSink sink = facade.sink();
  private final Deliveries deliveries = deliveries(projections);
  private long epoch;

  private Rebuilding rebuilding(RunProjections told) {
    return new Rebuilding(
        new RebuildPorts(
            store.scan(),
            store.projections(),
            store.knownSinks(),
            store.sinkBook(),
            store.rebuilds()),
        projector,
        new Comparison(new Recount(store.scan(), told), store.projections(), store.changes()),
        told,
        7);
  }

  private Deliveries deliveries(RunProjections told) {
    return new Deliveries(
        sink,
        new DeliveryPorts(
            store.projections(), store.knownSinks(), store.sinkBook(), store.sinkStreams()),
        told,
        new GenerationNotes(),
        DeliveryWatch.NONE,
        25);
  }

  @BeforeEach
  void begin() {
    epoch = store.writers().acquire(Drafts.NODE, Duration.ofMinutes(1)).orElseThrow().epoch();
    projector.follow(epoch);
    rebuilding.prepare(epoch);
    rebuild();
    store.knownSinks().register(epoch, sink.name(), 1_000);
  }

  private void rebuild() {
    Rebuild last = null;
    while (last == null || !last.phase().ended()) {
      last = rebuilding.step(epoch).orElseThrow();
    }
  }

  private void live(int from, int to) {
    for (int run = from; run <= to; run++) {
      ThreadId thread = new ThreadId("thread-" + run % 5);
      store.log().append(Drafts.start(runId(run), Drafts.spec(thread, Drafts.OWNER)));
      store.log().append(Drafts.frame(runId(run), "f", "naïve \\ \" 日本語"));
      append(run, new RunStarted(Drafts.NODE));
    }
    projector.follow(epoch);
  }

  private void append(int run, Event.Known event) {
    store.log().append(Append.of(runId(run), Precondition.OPEN, List.of(event)));
  }

  private void deliver() {
    int due;
    do {
      due = deliveries.step(epoch);
    } while (due > 0);
  }

  /// Goes on after trouble, as the node does at its next round.
  private void deliverThrough(int troubles) {
    for (int trouble = 0; trouble < troubles; trouble++) {
      try {
        deliver();
      } catch (SinkAway away) {
        assertThat(away.reasonClass()).isNotEmpty();
      }
    }
    deliver();
  }

  private void assertSame(long runs) {
    List<DocumentsDigest> kept =
        projections.ids().stream().map(id -> Digests.of(store.projections(), id.name())).toList();
    assertThat(projections.ids().stream().map(id -> Digests.of(sink, id.name())).toList())
        .isEqualTo(kept);
    assertThat(kept.getFirst().count()).isEqualTo(runs);
  }

  @Test
  void what_the_log_says_is_shown() {
    live(1, RUNS);
    deliver();
    assertSame(RUNS);
    assertThat(store.sinkBook().parked(sink.name(), 1)).isEmpty();
  }

  @Test
  void runs_go_on_while_the_deployment_is_away_and_are_shown_when_it_is_back() {
    live(1, 5);
    deliver();
    facade.order("down", Json.object());
    live(6, RUNS);
    assertThatThrownBy(this::deliver).isInstanceOf(SinkAway.class);
    append(1, new RunCompleted());
    projector.follow(epoch);
    facade.order("up", Json.object());
    deliver();
    assertSame(RUNS);
  }

  @Test
  void every_kind_of_passing_trouble_comes_to_the_same() {
    live(1, RUNS);
    for (String path : List.of("writer:begin", "writer:apply", "writer:open")) {
      facade.fault(Json.object().put("status", 503).put("code", "busy").put("path", path));
      facade.fault(Json.object().put("cut", "after").put("path", path));
      facade.fault(Json.object().put("cut", "before").put("path", path));
      facade.fault(Json.object().put("status", 429).put("code", "busy").put("path", path));
    }
    deliverThrough(12);
    assertSame(RUNS);
  }

  @Test
  void a_deployment_that_was_emptied_is_filled_again() {
    live(1, RUNS);
    deliver();
    facade.order("reset", Json.object());
    live(RUNS + 1, RUNS + 1);
    assertThatThrownBy(this::deliver).isInstanceOf(SinkRefusing.class);
    deliver();
    assertThat(store.knownSinks().register(epoch, sink.name(), 1_000)).isTrue();
    deliver();
    assertSame(RUNS + 1);
  }

  @Test
  void what_a_release_tells_no_more_goes_from_the_deployment_when_it_is_retired() {
    live(1, RUNS);
    deliver();
    RunProjections fewer = new RunProjections(List.of());
    store
        .rebuilds()
        .request(new Request(new Scope.Retired("timeline_slice"), false, "operator:test"));
    Rebuilding retiring = rebuilding(fewer);
    Deliveries later = deliveries(fewer);
    for (int round = 0; round < 5; round++) {
      retiring.step(epoch);
      later.step(epoch);
    }
    assertThat(Digests.of(sink, "timeline_slice").count()).isZero();
    assertThat(Digests.of(sink, "run_summary").count()).isEqualTo(RUNS);
    assertThat(store.sinkStreams().standing(sink.name()))
        .containsOnlyKeys("run_summary", "thread_summary");
  }
}
