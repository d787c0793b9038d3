package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.Drafts.runId;
import static com.openagents.runtime.testkit.projector.ProjectedRuns.COUNT;
import static com.openagents.runtime.testkit.projector.ProjectedRuns.RUNS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.log.LogScan.Reach;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.SinkBook.Due;
import com.openagents.runtime.projection.ThreadSummary;
import com.openagents.runtime.projector.AuditCursor;
import com.openagents.runtime.projector.AuditCursor.Documents;
import com.openagents.runtime.projector.AuditCursor.Runs;
import com.openagents.runtime.projector.AuditReport;
import com.openagents.runtime.projector.Auditor;
import com.openagents.runtime.projector.Auditor.Sample;
import com.openagents.runtime.projector.Comparison;
import com.openagents.runtime.projector.Difference.Kind;
import com.openagents.runtime.testkit.simulator.PortProxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A walk comes to everything in steps of which none is long, and goes on where the one before was.
@Tag("G11")
class AuditWalkTest {

  private static final int STRAYS = 1_100;

  private final ProjectedRuns runs = new ProjectedRuns();

  private Auditor auditor(LogScan scan) {
    return new Auditor(
        scan,
        runs.store.index(),
        runs.comparison,
        runs.store.projections(),
        runs.store.knownSinks(),
        runs.store.sinkBook(),
        runs.projections);
  }

  private AuditReport step(@Nullable AuditCursor from, int count) {
    return auditor(runs.scan).audit(List.of(runs.sink), new Sample.Walk(from, count), () -> {});
  }

  private AuditReport all() {
    return auditor(runs.scan).audit(List.of(runs.sink), new Sample.All(), () -> {});
  }

  private Document about(ProjectionId projection, Entity entity) {
    Document kept = runs.summary(1);
    return Document.kept(projection, entity, kept.seq(), kept.owner(), kept.text());
  }

  private void show(int from, int count) {
    ProjectionId projection = runs.summary(1).projection();
    runs.sink.deliver(
        runs.epoch(),
        RUNS,
        runs.generation().number(),
        IntStream.range(from, from + count)
            .<Change>mapToObj(
                run -> new Change.Upsert(about(projection, Entity.of(runId(run))), Instant.EPOCH))
            .toList());
  }

  @Test
  void it_goes_on_where_it_was_and_looks_for_orphans_at_its_end() {
    show(77, 1);
    int[] pauses = {0};
    AuditReport some =
        auditor(runs.scan).audit(List.of(runs.sink), new Sample.Walk(null, 3), () -> pauses[0]++);
    assertThat(some.compared()).containsEntry("memory", 9L);
    assertThat(some.found()).isEmpty();
    assertThat(some.next()).isEqualTo(new Runs(runId(3)));
    assertThat(pauses[0]).isEqualTo(1);
    AuditReport rest = step(some.next(), 3);
    assertThat(rest.compared()).containsEntry("memory", 6L);
    assertThat(rest.next()).isNull();
    assertThat(rest.found()).isEqualTo(Map.of("memory", Map.of(Kind.ORPHAN, 1L)));
  }

  @Test
  void no_step_looks_through_all_that_a_sink_shows() {
    show(100, STRAYS);
    List<Object> asked = new ArrayList<>();
    ProjectionSink counted =
        PortProxy.of(
            ProjectionSink.class,
            runs.sink,
            (method, arguments, call) -> {
              if (method.equals("page")) {
                asked.add(arguments[1]);
              }
              return call.call(arguments);
            });
    List<Integer> pages = new ArrayList<>();
    long orphans = 0;
    AuditCursor next = null;
    do {
      asked.clear();
      AuditReport report =
          auditor(runs.scan).audit(List.of(counted), new Sample.Walk(next, 200), () -> {});
      pages.add(asked.size());
      orphans += report.faults();
      next = report.next() == null ? null : AuditCursor.parse(report.next().text());
    } while (next != null);
    assertThat(pages).hasSize(2).allMatch(count -> count <= 20);
    assertThat(orphans).isEqualTo(STRAYS);
    assertThat(all().faults()).isEqualTo(STRAYS);
  }

  @Test
  void a_step_ends_early_where_runs_are_long() {
    LogScan longRuns =
        PortProxy.of(
            LogScan.class,
            runs.scan,
            (method, arguments, call) -> {
              Object answer = call.call(arguments);
              return method.equals("runs") && answer instanceof List<?> some
                  ? some.stream()
                      .map(Reach.class::cast)
                      .map(run -> new Reach(run.runId(), 15_000))
                      .toList()
                  : answer;
            });
    AuditReport report = auditor(longRuns).audit(List.of(), new Sample.Walk(null, 200), () -> {});
    assertThat(report.next()).isEqualTo(new Runs(runId(2)));
  }

  @Test
  void documents_beside_the_log_of_which_no_log_tells_are_orphans() {
    ProjectionId summary = runs.summary(1).projection();
    runs.forge(about(summary, Entity.of(runId(77))));
    runs.forge(about(summary, new Entity(Entity.RUN, "x/y")));
    runs.forge(about(ThreadSummary.ID, Entity.of(new ThreadId("thread-77"))));
    AuditReport report = all();
    assertThat(report.found()).isEqualTo(Map.of(Comparison.KEPT, Map.of(Kind.ORPHAN, 3L)));
    assertThat(report.evidence())
        .anyMatch(line -> line.startsWith("kept orphan run_summary " + runId(77) + ": expected"))
        .anyMatch(line -> line.startsWith("kept orphan thread_summary thread-77: expected"));
    assertThat(step(new Documents("kept", "run_summary", "x/y"), 1).found())
        .isEqualTo(Map.of(Comparison.KEPT, Map.of(Kind.ORPHAN, 1L)));
  }

  @Test
  void what_a_sink_will_not_let_go_is_an_orphan_and_what_is_still_to_go_is_none() {
    runs.store
        .projections()
        .begin(runs.epoch(), new ProjectionId(RUNS, 1), runs.generation().number() + 1);
    assertThat(runs.store.projections().sweep(runs.epoch(), RUNS, 100)).isEqualTo(COUNT);
    assertThat(all().found().get("memory")).isNull();

    Entity entity = Entity.of(runId(3));
    Checkpoint there =
        requireNonNull(
                runs.store.sinkBook().held("memory", RUNS, List.of(entity.id())).get(entity.id()))
            .there();
    runs.store.sinkBook().park(runs.epoch(), "memory", new Due(RUNS, entity, null, there), "no");
    AuditReport report = all();
    assertThat(report.found()).containsEntry("memory", Map.of(Kind.ORPHAN, 1L));
    assertThat(report.evidence())
        .anyMatch(line -> line.startsWith("memory orphan run_summary " + runId(3)));
  }

  @Test
  void what_a_sink_is_given_while_it_is_read_is_no_difference() {
    runs.goOn(1);
    runs.project();
    ProjectionSink meanwhile =
        PortProxy.of(
            ProjectionSink.class,
            runs.sink,
            (method, arguments, call) -> {
              Object answer = call.call(arguments);
              if (method.equals("read")) {
                runs.deliver();
              }
              return answer;
            });
    AuditReport report =
        auditor(runs.scan).audit(List.of(meanwhile), new Sample.Newest(COUNT), () -> {});
    assertThat(report.found()).isEqualTo(Map.of("memory", Map.of(Kind.LAG, 1L)));
    assertThat(all().found()).isEmpty();
  }

  @Test
  void it_goes_on_behind_what_has_left_meanwhile() {
    show(77, 1);
    Map<String, Map<Kind, Long>> orphan = Map.of("memory", Map.of(Kind.ORPHAN, 1L));
    assertThat(step(new Documents("kept", "gone", "z"), 1).found()).isEqualTo(orphan);
    assertThat(step(new Documents("a_sink_that_left", "run_summary", "z"), 1).found())
        .isEqualTo(orphan);
    assertThat(step(new Documents("other", "run_summary", ""), 1).found()).isEmpty();
  }

  @Test
  void how_far_it_has_come_is_read_as_it_is_told() {
    List<AuditCursor> places =
        List.of(
            new Runs(runId(3)),
            new Documents("kept", "run_summary", ""),
            new Documents("convex", "thread_summary", "a/b//c"),
            new Documents("convex", "thread_summary", "\u0000\u2028 %2F+\n"));
    assertThat(places).allMatch(place -> AuditCursor.parse(place.text()).equals(place));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kept",
        "kept/run_summary",
        "kept/run_summary/\u0000",
        "kept/run_summary/~YQ/b",
        "kept/run_summary/YQ",
        "kept/run_summary/~AA",
        "kept/run_summary/~a",
        "kept//~YQ",
        "Kept/run_summary/~YQ",
        "kept/run summary/~YQ"
      })
  void nothing_else_is_read(String text) {
    assertThatThrownBy(() -> AuditCursor.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
