package com.openagents.runtime.app.node;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.projector.Comparison;
import com.openagents.runtime.projector.DeliveryPorts;
import com.openagents.runtime.projector.GenerationNotes;
import com.openagents.runtime.projector.ProjectionWatch;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.projector.RebuildPorts;
import com.openagents.runtime.projector.Rebuilding;
import com.openagents.runtime.projector.Recount;
import com.openagents.runtime.projector.Settling;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.simulator.PortProxy;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the node that writes does in a round, on a clock that only moves when the log is read, by a
/// second each time, and while the round rests.
@Tag("G11")
class DocumentsDutyTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final RunProjections PROJECTIONS = RunProjections.BUILT_IN;
  private static final int RUNS = 6;

  private final VirtualTime time = new VirtualTime(START);
  private final InMemoryStore store = new InMemoryStore(time);
  private final WriterDuty writer =
      new WriterDuty(store.writers(), Drafts.NODE, Duration.ofDays(365));
  private final List<String> heard = new ArrayList<>();
  private @Nullable RuntimeException trouble;
  private Duration worked = Duration.ZERO;
  private Duration rested = Duration.ZERO;
  private boolean unreadable;
  private final DocumentsDuty duty =
      new DocumentsDuty(parts(), writer, new Pace(0.5, this::nanos, this::rest), watch());

  private ProjectionWatch watch() {
    return (ProjectionWatch)
        Proxy.newProxyInstance(
            ProjectionWatch.class.getClassLoader(),
            new Class<?>[] {ProjectionWatch.class},
            (_, method, _) -> {
              heard.add(method.getName());
              return null;
            });
  }

  private Projecting.Parts parts() {
    LogScan scan =
        PortProxy.of(
            LogScan.class,
            store.scan(),
            (_, arguments, honest) -> {
              worked = worked.plusSeconds(1);
              time.advance(Duration.ofSeconds(1));
              if (trouble != null) {
                throw trouble;
              }
              Object answer = honest.call(arguments);
              return unreadable && answer instanceof Supplier<?> page
                  ? new LogScan.Begun(spoiled((List<?>) page.get()))
                  : answer;
            });
    Projector projector =
        new Projector(
            scan, store.changes(), store.projections(), PROJECTIONS, Projector.Bounds.DEFAULT);
    RebuildPorts ports =
        new RebuildPorts(
            scan, store.projections(), store.knownSinks(), store.sinkBook(), store.rebuilds());
    Comparison comparison =
        new Comparison(new Recount(scan, PROJECTIONS), store.projections(), store.changes());
    GenerationNotes notes = new GenerationNotes();
    return new Projecting.Parts(
        store.writers(),
        projector,
        new Rebuilding(ports, projector, comparison, PROJECTIONS, 1),
        new Settling(ports, projector, PROJECTIONS, notes),
        new DeliveryPorts(
            store.projections(), store.knownSinks(), store.sinkBook(), store.sinkStreams()),
        notes,
        List.of());
  }

  private static List<StoredEvent> spoiled(List<?> events) {
    return events.stream()
        .map(StoredEvent.class::cast)
        .map(e -> new StoredEvent(e.runId(), e.seq(), e.type(), 99, "[]", START, null, null))
        .toList();
  }

  private long nanos() {
    return Duration.between(START, time.instant()).toNanos();
  }

  private void rest(long nanos) {
    rested = rested.plusNanos(nanos);
    time.advance(Duration.ofNanos(nanos));
  }

  private void start(int run) {
    store
        .log()
        .append(Drafts.start(runId(run), Drafts.spec(new ThreadId("thread-" + run), Drafts.OWNER)));
  }

  private void round() {
    writer.keep();
    writer.under(epoch -> duty.round(epoch, () -> false));
  }

  @Test
  void a_rebuild_rests_for_a_third_of_the_time() {
    for (int run = 1; run <= RUNS; run++) {
      start(run);
    }
    round();
    assertThat(store.rebuilds().recent(1).getFirst().phase()).isEqualTo(Phase.DONE);
    assertThat(worked).isGreaterThanOrEqualTo(Duration.ofSeconds(2 * RUNS));
    assertThat(rested).isEqualTo(worked.dividedBy(2));
  }

  @Test
  void a_step_of_a_rebuild_that_fails_is_told_of_unless_another_writer_has_come() {
    trouble = new IllegalStateException("a log that is none");
    assertThatThrownBy(this::round).isSameAs(trouble);
    assertThat(heard).containsOnlyOnce("rebuildFailed");
    heard.clear();
    trouble = new WriterFenced(7);
    round();
    assertThat(heard).doesNotContain("rebuildFailed");
    trouble = null;
    round();
    assertThat(heard).contains("rebuilt").doesNotContain("rebuildFailed");
  }

  @Test
  void who_only_follows_does_not_rest() {
    round();
    rested = Duration.ZERO;
    start(1);
    worked = Duration.ZERO;
    round();
    assertThat(worked).isPositive();
    assertThat(rested).isZero();
  }

  @Test
  void who_writes_in_a_new_epoch_tries_parked_runs_again() {
    round();
    unreadable = true;
    start(1);
    round();
    assertThat(store.projections().parked(10)).hasSize(1);
    unreadable = false;
    round();
    assertThat(store.projections().parked(10)).hasSize(1);
    writer.under(epoch -> {
      throw new WriterFenced(epoch);
    });
    round();
    assertThat(store.projections().parked(10)).isEmpty();
    assertThat(store.projections().through(List.of(runId(1)))).containsEntry(runId(1), 1L);
  }
}
