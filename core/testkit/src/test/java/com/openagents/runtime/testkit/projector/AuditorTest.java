package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.Drafts.runId;
import static com.openagents.runtime.testkit.projector.ProjectedRuns.COUNT;
import static com.openagents.runtime.testkit.projector.ProjectedRuns.RUNS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.SinkRefusing;
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
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Each way in which documents may be wrong is found, named, and told before what is on its way.
@Tag("G11")
class AuditorTest {

  private static final Digest OTHER = Digest.ofText("something else");

  private Optional<Digest> painted = Optional.empty();
  private Optional<SinkRefusing> refusing = Optional.empty();
  private final List<Long> opened = new ArrayList<>();
  private final ProjectedRuns runs = new ProjectedRuns(this::seen);
  private final Auditor auditor =
      new Auditor(
          runs.store.scan(),
          runs.store.index(),
          runs.comparison,
          runs.store.projections(),
          runs.store.knownSinks(),
          runs.store.sinkBook(),
          runs.projections);

  private ProjectionSink seen(ProjectionSink honest) {
    PortProxy.Around around =
        (method, arguments, call) -> {
          if (method.equals("open")) {
            opened.add((Long) arguments[0]);
          }
          if (method.equals("deliver") && refusing.isPresent()) {
            throw refusing.get();
          }
          Object answer = call.call(arguments);
          return method.equals("read") && painted.isPresent() && answer instanceof List<?> read
              ? read.stream()
                  .map(Shown.class::cast)
                  .map(one -> new Shown(one.entityId(), one.there(), painted.get()))
                  .toList()
              : answer;
        };
    return PortProxy.of(ProjectionSink.class, honest, around);
  }

  private AuditReport audit() {
    return auditor.audit(List.of(runs.sink), new Sample.All(), () -> {});
  }

  private void show(Document document) {
    runs.sink.deliver(
        runs.epoch(),
        RUNS,
        runs.generation().number(),
        List.of(new Change.Upsert(document, Instant.EPOCH)));
  }

  private Document first(long further) {
    Document kept = runs.store.projections().page(RUNS, "", 1).getFirst().document();
    return Document.kept(
        kept.projection(), kept.entity(), kept.seq() + further, kept.owner(), "{}");
  }

  private void assertFound(Kind kind, AuditReport report) {
    assertThat(report.found()).isEqualTo(Map.of("memory", Map.of(kind, 1L)));
    assertThat(report.faults()).isEqualTo(1);
    assertThat(report.clean()).isFalse();
    assertThat(report.mismatchRate()).isEqualTo(1.0 / (COUNT * 3 * 2));
    assertThat(report.evidence()).hasSize(1);
    assertThat(report.evidence().getFirst()).contains("memory " + kind.word() + " " + RUNS);
  }

  private static ProjectionSink away(String name, ProjectionSink honest, RuntimeException trouble) {
    return PortProxy.of(
        ProjectionSink.class,
        honest,
        (method, arguments, call) -> {
          if (method.equals("name")) {
            return name;
          }
          if (method.equals("read") || method.equals("page")) {
            throw trouble;
          }
          return call.call(arguments);
        });
  }

  @Test
  void sinks_that_cannot_be_read_take_nothing_from_the_rest_of_a_report() {
    runs.sink.sweep(runs.epoch(), RUNS, Long.MAX_VALUE);
    Document kept = runs.summary(1);
    runs.forge(
        Document.kept(kept.projection(), kept.entity(), kept.seq(), kept.owner(), "{\"a\":1}"));
    AuditReport report =
        auditor.audit(
            List.of(
                away("away", runs.honest, new SinkAway("unreachable", "no route")),
                away("strange", runs.honest, new SinkRefusing("foreign", "whose?")),
                runs.sink),
            new Sample.All(),
            () -> {});
    assertThat(report.unread()).isEqualTo(Map.of("away", "no route", "strange", "whose?"));
    assertThat(report.compared()).containsOnlyKeys(Comparison.KEPT, Comparison.ROWS, "memory");
    assertThat(report.found().get(Comparison.KEPT)).isEqualTo(Map.of(Kind.HASH_MISMATCH, 1L));
    assertThat(report.found().get("memory")).containsEntry(Kind.MISSING, (long) COUNT - 1);
  }

  @Test
  void a_sink_that_stops_answering_is_asked_nothing_more_and_the_report_is_not_clean() {
    List<String> asked = new ArrayList<>();
    ProjectionSink stopping =
        PortProxy.of(
            ProjectionSink.class,
            runs.honest,
            (method, arguments, call) -> {
              if (method.equals("read") || method.equals("page")) {
                asked.add(method);
                if (asked.size() > 1) {
                  throw new SinkAway("unreachable", "no route");
                }
              }
              return call.call(arguments);
            });
    AuditReport report = auditor.audit(List.of(stopping), new Sample.All(), () -> {});
    assertThat(asked).containsExactly("read", "read");
    assertThat(report.compared()).containsEntry("memory", (long) COUNT);
    assertThat(report.faults()).isZero();
    assertThat(report.clean()).isFalse();
  }

  @Test
  void where_all_is_well_nothing_is_found() {
    AuditReport report = audit();
    assertThat(report.found()).isEmpty();
    assertThat(report.clean()).isTrue();
    assertThat(report.compared())
        .isEqualTo(
            Map.of(
                Comparison.KEPT, COUNT * 3L, Comparison.ROWS, (long) COUNT, "memory", COUNT * 3L));
    assertThat(report.evidence()).isEmpty();
  }

  @Test
  void what_is_further_than_the_log_is_ahead() {
    show(first(7));
    assertFound(Kind.AHEAD, audit());
  }

  @Test
  void another_text_is_a_mismatch() {
    show(first(0));
    assertFound(Kind.HASH_MISMATCH, audit());
  }

  @Test
  void a_text_that_was_changed_under_its_checkpoint_is_told_by_its_own_hash() {
    painted = Optional.of(OTHER);
    AuditReport report = audit();
    assertThat(report.found()).isEqualTo(Map.of("memory", Map.of(Kind.HASH_MISMATCH, COUNT * 3L)));
    assertThat(report.evidence()).allMatch(line -> line.endsWith(OTHER.toString()));
  }

  @Test
  void what_nothing_tells_of_is_an_orphan() {
    Document kept = first(0);
    show(
        Document.kept(
            kept.projection(), Entity.of(runId(77)), kept.seq(), kept.owner(), kept.text()));
    assertFound(Kind.ORPHAN, audit());
  }

  @Test
  void what_is_said_to_be_there_and_is_not_is_missing() {
    runs.sink.sweep(runs.epoch(), RUNS, Long.MAX_VALUE);
    AuditReport report = audit();
    assertThat(report.found()).isEqualTo(Map.of("memory", Map.of(Kind.MISSING, (long) COUNT)));
    assertThat(report.clean()).isFalse();
  }

  private void start(int run) {
    runs.goOn(run);
    runs.projector.follow(runs.epoch());
  }

  @Test
  void what_is_on_its_way_is_no_fault_and_is_told_behind_those() {
    start(1);
    AuditReport onItsWay = audit();
    assertThat(onItsWay.found()).isEqualTo(Map.of("memory", Map.of(Kind.LAG, 3L)));
    assertThat(onItsWay.clean()).isTrue();
    assertThat(onItsWay.lagP95()).isEqualTo(1);
    assertThat(onItsWay.evidence()).hasSize(3);
    Document kept = first(0);
    show(
        Document.kept(
            kept.projection(), Entity.of(runId(77)), kept.seq(), kept.owner(), kept.text()));
    AuditReport both = audit();
    assertThat(both.faults()).isEqualTo(1);
    assertThat(both.evidence().getFirst()).contains(" orphan ");
    assertThat(both.evidence()).hasSize(4);
  }

  @Test
  void a_sink_that_refused_is_opened_again_before_the_next_delivery() {
    assertThat(opened).containsExactly(runs.epoch());
    start(2);
    refusing = Optional.of(new SinkRefusing("failing", "no"));
    assertThatThrownBy(runs::deliver).isInstanceOf(SinkRefusing.class);
    refusing = Optional.empty();
    assertThat(runs.deliver()).isEqualTo(3);
    assertThat(opened).containsExactly(runs.epoch(), runs.epoch());
  }

  @Test
  void the_newest_runs_alone_are_compared_where_that_is_asked_for() {
    runs.sink.sweep(runs.epoch(), RUNS, Long.MAX_VALUE);
    AuditReport report = auditor.audit(List.of(runs.sink), new Sample.Newest(2), () -> {});
    assertThat(report.compared())
        .isEqualTo(Map.of(Comparison.KEPT, 6L, Comparison.ROWS, 2L, "memory", 6L));
    assertThat(report.found()).isEqualTo(Map.of("memory", Map.of(Kind.MISSING, 2L)));
    assertThat(report.evidence()).anyMatch(line -> line.contains(runId(COUNT).toString()));
    assertThat(report.next()).isNull();
  }

  @Test
  void differences_of_what_is_kept_are_in_the_report() {
    runs.forge(
        Document.kept(
            first(0).projection(), first(0).entity(), first(0).seq(), first(0).owner(), "{}"));
    AuditReport report = audit();
    assertThat(report.found().get(Comparison.KEPT)).isEqualTo(Map.of(Kind.HASH_MISMATCH, 1L));
  }

  @Test
  void documents_that_cannot_be_read_are_differences_like_others() {
    for (String text : List.of("[]", "{\"a\":1,\"a\":2}")) {
      Document kept = runs.summary(1);
      runs.forge(Document.kept(kept.projection(), kept.entity(), kept.seq(), kept.owner(), text));
      AuditReport report = audit();
      assertThat(report.found().get(Comparison.KEPT)).isEqualTo(Map.of(Kind.HASH_MISMATCH, 1L));
      assertThat(report.compared()).containsEntry(Comparison.KEPT, COUNT * 3L - 1);
    }
  }
}
