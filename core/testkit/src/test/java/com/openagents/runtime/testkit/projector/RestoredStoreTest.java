package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.Drafts.runId;
import static com.openagents.runtime.testkit.projector.ProjectedRuns.RUNS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.DeliveryPorts;
import com.openagents.runtime.projector.DeliveryWatch;
import com.openagents.runtime.projector.Digests;
import com.openagents.runtime.projector.GenerationNotes;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.simulator.PortProxy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A database that was restored from a backup and its sinks come together, whoever notices it and
/// however often he dies in between.
@Tag("G11")
class RestoredStoreTest {

  private boolean losesAnswers;
  private final ProjectedRuns runs = new ProjectedRuns(this::seen);

  private ProjectionSink seen(ProjectionSink honest) {
    return PortProxy.of(
        ProjectionSink.class,
        honest,
        "deliver",
        (arguments, call) -> {
          Object answer = call.call(arguments);
          if (losesAnswers) {
            throw new SinkAway("unknown_outcome", "no answer");
          }
          return answer;
        });
  }

  private void note(int run) {
    runs.store
        .log()
        .append(
            Append.of(
                runId(run), Precondition.OPEN, List.of(new RunLimitWarning("events", 8, 10))));
  }

  /// What the backup does not know: a run goes on, and another begins.
  private void future() {
    for (int event = 0; event < 3; event++) {
      note(3);
    }
    runs.store
        .log()
        .append(Drafts.start(runId(6), Drafts.spec(new ThreadId("thread-6"), Drafts.OWNER)));
    runs.settle();
    assertThat(runs.sink.page(RUNS, "", 10)).hasSize(6);
  }

  private void assertShown() {
    for (ProjectionId id : runs.projections.ids()) {
      assertThat(Digests.of(runs.sink, id.name()))
          .isEqualTo(Digests.of(runs.store.projections(), id.name()));
    }
    assertThat(runs.store.sinkBook().parked(runs.sink.name(), 10)).isEmpty();
  }

  /// Another process opens the sink and dies before anything comes of it.
  private void openAndDie() {
    assertThat(
            new Deliveries(
                    runs.sink,
                    new DeliveryPorts(
                        runs.store.projections(),
                        runs.store.knownSinks(),
                        runs.store.sinkBook(),
                        runs.store.sinkStreams()),
                    runs.projections,
                    new GenerationNotes(),
                    DeliveryWatch.NONE,
                    100)
                .step(runs.epoch()))
        .isZero();
  }

  @Test
  void the_future_that_is_lost_goes_from_the_sink_and_the_past_goes_on() {
    Runnable backup = runs.store.backup();
    long before = runs.generation().number();
    future();
    backup.run();
    runs.raise();
    runs.settle();
    assertThat(runs.generation().number()).isEqualTo(before + 1);
    assertThat(runs.sink.page(RUNS, "", 10))
        .hasSize(5)
        .extracting(Shown::entityId)
        .doesNotContain(runId(6).toString());
    assertShown();
    runs.goOn(3);
    runs.settle();
    assertThat(runs.summary(3).seq()).isEqualTo(2);
    assertShown();
    runs.raise();
    runs.settle();
    assertThat(runs.generation().number()).as("noticed once").isEqualTo(before + 1);
  }

  @Test
  void who_dies_after_it_was_noticed_takes_no_knowledge_with_him() {
    Runnable backup = runs.store.backup();
    future();
    backup.run();
    for (int process = 0; process < 3; process++) {
      runs.raise();
      note(3);
      runs.projector.follow(runs.epoch());
      openAndDie();
    }
    runs.raise();
    runs.settle();
    assertShown();
  }

  @Test
  void a_rebuild_between_backup_and_loss_leaves_nothing_behind() {
    Runnable backup = runs.store.backup();
    for (ProjectionId id : runs.projections.ids()) {
      runs.store.projections().begin(runs.epoch(), id, runs.generation().number() + 1);
    }
    runs.settle();
    future();
    backup.run();
    runs.raise();
    runs.settle();
    assertThat(runs.sink.page(RUNS, "", 10)).hasSize(5);
    assertShown();
  }

  @Test
  void a_backup_after_which_nothing_was_delivered_is_no_other_past() {
    Runnable backup = runs.store.backup();
    long before = runs.generation().number();
    note(3);
    backup.run();
    runs.raise();
    runs.settle();
    assertThat(runs.generation().number()).isEqualTo(before);
    assertShown();
  }

  @Test
  void an_answer_that_was_lost_is_no_other_past() {
    long before = runs.generation().number();
    note(3);
    runs.projector.follow(runs.epoch());
    losesAnswers = true;
    assertThatThrownBy(runs::deliver).isInstanceOf(SinkAway.class);
    losesAnswers = false;
    runs.raise();
    runs.settle();
    assertThat(runs.generation().number()).isEqualTo(before);
    assertShown();
  }

  @Test
  void who_finds_that_a_stream_was_moved_opens_the_sink_again() {
    long before = runs.generation().number();
    Change other = new Change.Upsert(runs.summary(1), Instant.EPOCH);
    runs.sink.deliver(runs.epoch(), RUNS, before, List.of(other));
    note(3);
    runs.projector.follow(runs.epoch());
    assertThatThrownBy(runs::deliver)
        .isInstanceOfSatisfying(
            SinkRefusing.class, no -> assertThat(no.reasonClass()).isEqualTo("further"));
    runs.settle();
    assertThat(runs.generation().number()).isEqualTo(before + 1);
    assertShown();
  }
}
