package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.Drafts.runId;
import static com.openagents.runtime.testkit.projector.ProjectedRuns.RUNS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionSink.Outcome;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projection.SinkBook.ParkedDocument;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.DeliveryWatch;
import com.openagents.runtime.projector.Drift;
import com.openagents.runtime.testkit.simulator.PortProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What becomes of each outcome of a delivery, and who is told of it.
@Tag("G11")
class DeliveriesTest {

  private final List<String> told = new ArrayList<>();
  private Optional<Outcome> instead = Optional.empty();
  private Optional<Long> begun = Optional.empty();

  /// The run whose summary the sink refuses, and does not have then.
  private Optional<String> untaken = Optional.empty();

  private final ProjectedRuns runs = new ProjectedRuns(this::seen);
  private final Deliveries deliveries = runs.deliveries(100, new Recording());

  private final class Recording implements DeliveryWatch {
    @Override
    public void delivered(String sink, String projection, Outcome.Kind outcome) {
      told.add(sink + " " + projection + " " + outcome);
    }

    @Override
    public void drift(Drift drift) {
      told.add(drift.evidence());
    }

    @Override
    public void lost(String sink) {
      told.add(sink + " lost");
    }

    @Override
    public void further(String sink) {
      told.add(sink + " further");
    }

    @Override
    public void stays(String sink, String projection, String reason) {
      told.add(sink + " " + projection + " stays: " + reason);
    }

    @Override
    public void unshown(String sink, Set<String> projections) {
      told.add(sink + " cannot show " + projections);
    }
  }

  private ProjectionSink seen(ProjectionSink honest) {
    return PortProxy.of(
        ProjectionSink.class,
        honest,
        (method, arguments, call) -> {
          if (method.equals("deliver") && arguments[1].equals(RUNS) && untaken.isPresent()) {
            return partly(arguments, call);
          }
          Object answer = call.call(arguments);
          return switch (method) {
            case "deliver" -> replaced((String) arguments[1], (List<?>) arguments[3], answer);
            case "begin" -> begun.<Object>map(n -> n).orElse(answer);
            default -> answer;
          };
        });
  }

  private List<Outcome> partly(Object[] arguments, PortProxy.Honest call) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Object change : (List<?>) arguments[3]) {
      boolean refused =
          change instanceof Change.Upsert(var document, _)
              && untaken.filter(document.entity().id()::equals).isPresent();
      Object[] one = arguments.clone();
      one[3] = refused ? List.of() : List.of(change);
      List<?> taken = (List<?>) requireNonNull(call.call(one));
      outcomes.add(
          refused ? new Outcome(Outcome.Kind.REFUSED, "too large") : (Outcome) taken.getFirst());
    }
    return outcomes;
  }

  private @Nullable Object replaced(String projection, List<?> changes, @Nullable Object answer) {
    return projection.equals(RUNS) && instead.isPresent()
        ? changes.stream().map(_ -> instead.get()).toList()
        : answer;
  }

  private int deliver() {
    return deliveries.step(runs.epoch());
  }

  private void move() {
    runs.goOn(3);
    runs.projector.follow(runs.epoch());
  }

  private List<ParkedDocument> parked() {
    return runs.store.sinkBook().parked("memory", 10);
  }

  private List<String> toldOfRuns() {
    return told.stream().filter(line -> line.contains(RUNS)).toList();
  }

  private void assertParked(String reason) {
    assertThat(parked()).hasSize(1);
    assertThat(parked().getFirst().reason()).isEqualTo(reason);
    assertThat(parked().getFirst().entity()).isEqualTo(Entity.of(runId(3)));
    assertThat(deliver()).isZero();
  }

  @Test
  void what_is_taken_is_told_and_not_delivered_again() {
    move();
    assertThat(deliver()).isEqualTo(3);
    assertThat(toldOfRuns()).containsExactly("memory run_summary APPLIED");
    assertThat(deliver()).isZero();
    assertThat(parked()).isEmpty();
  }

  @Test
  void what_is_refused_is_parked_with_its_reason() {
    instead = Optional.of(new Outcome(Outcome.Kind.REFUSED, "too large"));
    move();
    assertThat(deliver()).isEqualTo(3);
    assertParked("too large");
    assertThat(toldOfRuns()).containsExactly("memory run_summary REFUSED");
  }

  @Test
  void what_is_refused_without_a_reason_is_parked_as_refused() {
    instead = Optional.of(Outcome.of(Outcome.Kind.REFUSED));
    move();
    deliver();
    assertParked("refused");
  }

  @Test
  void what_was_not_tried_stays_due() {
    instead = Optional.of(Outcome.of(Outcome.Kind.LATER));
    move();
    assertThat(deliver()).isEqualTo(3);
    assertThat(parked()).isEmpty();
    assertThat(deliver()).isEqualTo(1);
    instead = Optional.empty();
    assertThat(deliver()).isEqualTo(1);
    assertThat(deliver()).isZero();
    assertThat(toldOfRuns())
        .containsExactly(
            "memory run_summary LATER", "memory run_summary LATER", "memory run_summary SKIPPED");
  }

  @Test
  void what_is_damaged_beside_the_log_is_parked_and_stops_no_other() {
    int other = 1;
    for (String text : List.of("[]", "{\"a\":1,\"a\":2}")) {
      told.clear();
      Document kept = runs.summary(3);
      runs.forge(Document.kept(kept.projection(), kept.entity(), kept.seq(), kept.owner(), text));
      runs.goOn(other++);
      runs.projector.follow(runs.epoch());
      assertThat(deliver()).isEqualTo(4);
      assertThat(parked()).hasSize(1);
      assertThat(parked().getFirst().entity()).isEqualTo(Entity.of(runId(3)));
      assertThat(parked().getFirst().reason()).startsWith("cannot be read: ");
      assertThat(toldOfRuns()).contains("memory run_summary REFUSED", "memory run_summary APPLIED");
      assertThat(deliver()).isZero();
    }
    runs.store.rebuilds().request(new Request(new Scope.OneRun(runId(3)), false, "operator:test"));
    runs.settle();
    assertThat(parked()).isEmpty();
  }

  @Test
  void a_sink_in_a_higher_generation_is_offered_nothing_and_noted() {
    Deliveries fresh = runs.deliveries(100);
    begun = Optional.of(40L);
    move();
    assertThat(fresh.step(runs.epoch())).isZero();
    assertThat(runs.notes.beyond(RUNS)).isEqualTo(40);
    assertThat(runs.store.sinkBook().due("memory", runs.projections.names(), 10)).hasSize(3);
  }

  @Test
  void a_sink_in_an_impossible_generation_is_refused() {
    Deliveries fresh = runs.deliveries(100);
    move();
    begun = Optional.of((1L << 52) + 1);
    assertThatThrownBy(() -> fresh.step(runs.epoch()))
        .isInstanceOfSatisfying(
            SinkRefusing.class, no -> assertThat(no.reasonClass()).isEqualTo("generation"));
    assertThat(runs.notes.beyond(RUNS)).isZero();
    begun = Optional.of(1L << 52);
    assertThat(fresh.step(runs.epoch())).isZero();
  }

  @Test
  void a_sink_that_was_emptied_is_given_everything_again() {
    runs.honest.empty();
    assertThat(deliver()).as("in an epoch in which it was opened").isZero();
    runs.raise();
    assertThat(deliver()).isZero();
    assertThat(told).containsExactly("memory lost");
    assertThat(runs.store.knownSinks().marking("memory")).isTrue();
    assertThat(runs.store.knownSinks().register(runs.epoch(), "memory", 100)).isTrue();
    assertThat(deliver()).isEqualTo(3 * ProjectedRuns.COUNT);
    assertThat(deliver()).isZero();
    assertThat(runs.sink.page(RUNS, "", 10)).hasSize(ProjectedRuns.COUNT);
    runs.raise();
    assertThat(deliver()).isZero();
    assertThat(told).filteredOn("memory lost"::equals).hasSize(1);
  }

  @Test
  void a_sink_that_stands_where_it_stood_has_lost_nothing() {
    runs.raise();
    assertThat(deliver()).isZero();
    assertThat(told).isEmpty();
    assertThat(runs.store.knownSinks().marking("memory")).isFalse();
  }

  private Document orphan(int run, long seq) {
    Document other = runs.summary(1);
    return Document.kept(other.projection(), Entity.of(runId(run)), seq, other.owner(), "{}");
  }

  private void showOrphan(int run) {
    runs.paint(0, orphan(run, 9));
  }

  private List<String> shown() {
    return runs.sink.page(RUNS, "", 100).stream().map(Shown::entityId).toList();
  }

  @Test
  void a_sink_is_swept_while_something_is_due_in_every_round() {
    showOrphan(71);
    assertThat(shown()).contains(runId(71).toString());
    move();
    assertThat(deliver()).isEqualTo(3);
    assertThat(shown()).hasSize(ProjectedRuns.COUNT).doesNotContain(runId(71).toString());
  }

  private void tellAgain() {
    runs.store.rebuilds().request(new Request(new Scope.All(), false, "operator:test"));
    IntStream.range(0, 40).forEach(_ -> runs.project());
  }

  @Test
  void a_sink_is_not_swept_before_what_it_shows_is_replaced() {
    showOrphan(71);
    tellAgain();
    Deliveries slow = runs.deliveries(1);
    for (int step = 0;
        runs.store.sinkBook().due("memory", runs.projections.names(), 1).size() > 0;
        step++) {
      assertThat(step).isLessThan(50);
      assertThat(slow.step(runs.epoch())).isEqualTo(1);
      assertThat(shown()).hasSizeGreaterThanOrEqualTo(ProjectedRuns.COUNT);
    }
    assertThat(shown()).hasSize(ProjectedRuns.COUNT).doesNotContain(runId(71).toString());
  }

  @Test
  void what_is_parked_stays_in_its_older_form_while_the_others_go() {
    showOrphan(71);
    tellAgain();
    untaken = Optional.of(runId(3).toString());
    deliver();
    assertThat(parked()).hasSize(1);
    assertThat(shown()).hasSize(ProjectedRuns.COUNT).contains(runId(3).toString());
    long now = runs.generation().number();
    assertThat(runs.sink.read(RUNS, List.of(runId(3).toString())))
        .singleElement()
        .satisfies(there -> assertThat(there.there().generation()).isLessThan(now));
    runs.forge(orphan(71, 1));
    untaken = Optional.empty();
    assertThat(runs.store.sinkBook().retry("memory")).isEqualTo(1);
    deliver();
    assertThat(shown()).as("what comes to be later").contains(runId(71).toString());
    assertThat(parked()).isEmpty();
  }

  @Test
  void a_sweep_goes_over_every_projection_until_nothing_is_left() {
    showOrphan(71);
    showOrphan(72);
    assertThat(runs.sink.page(RUNS, "", 10)).hasSize(7);
    assertThat(deliver()).isZero();
    assertThat(runs.sink.page(RUNS, "", 10))
        .extracting(Shown::entityId)
        .hasSize(5)
        .doesNotContain(runId(71).toString());
  }
}
