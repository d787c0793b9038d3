package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.Drafts.runId;
import static com.openagents.runtime.testkit.projector.ProjectedRuns.COUNT;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.RunEvent.RunLimitWarning;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.Stretch;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projection.RunSubject;
import com.openagents.runtime.projector.AuditReport;
import com.openagents.runtime.projector.Auditor;
import com.openagents.runtime.projector.Auditor.Sample;
import com.openagents.runtime.projector.Difference;
import com.openagents.runtime.projector.Difference.Kind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The rows of the read models are compared with what the log says, and a rebuild makes them so.
@Tag("G11")
class RowsBesideTheLogTest {

  private static final String STEPS = "read_run_events";
  private static final String STRANGE = "some.thing";
  private static final int MANY = 1_200;

  private final ProjectedRuns runs = new ProjectedRuns();

  private List<ReadRow> rows() {
    return runs.store.projections().rows();
  }

  private ReadRow.Step row(int run, long seq) {
    return rows().stream()
        .filter(row -> row.run().runId().equals(runId(run)) && row.seq() == seq)
        .filter(ReadRow.Step.class::isInstance)
        .map(ReadRow.Step.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private void write(ReadRow row) {
    runs.store
        .projections()
        .commit(runs.epoch(), new Commit(Map.of(), List.of(), List.of(row), List.of(), null));
  }

  private void remove(int run, long after, long through) {
    List<Stretch> stretch = List.of(new Stretch(runId(run), after, through));
    assertThat(runs.store.projections().removeRows(runs.epoch(), stretch, List.of(), MANY))
        .isPositive();
  }

  /// Writes a row of a run, which may not exist, into a place of its log.
  private void strange(int run, long seq) {
    RunSubject like = row(1, 1).run();
    RunSubject other =
        new RunSubject(runId(run), like.threadId(), like.owner(), like.agent(), like.createdAt());
    write(new ReadRow.Step(other, seq, like.createdAt(), STRANGE));
  }

  private boolean isStrange(ReadRow row) {
    return row instanceof ReadRow.Step step && step.type().equals(STRANGE);
  }

  private void assertFound(Kind kind, int run, String expected, String found) {
    assertThat(runs.comparison.of(runs.store.scan().runs(null, 100)))
        .containsExactly(
            new Difference("rows", kind, STEPS, runId(run).toString(), expected, found));
  }

  private AuditReport audit() {
    return new Auditor(
            runs.scan,
            runs.store.index(),
            runs.comparison,
            runs.store.projections(),
            runs.store.knownSinks(),
            runs.store.sinkBook(),
            runs.projections)
        .audit(List.of(), new Sample.All(), () -> {});
  }

  private Rebuild rebuild(Scope scope, boolean compareOnly) {
    Request request = new Request(scope, compareOnly, "operator:test");
    long number = runs.store.rebuilds().request(request).number();
    runs.settle();
    return runs.store.rebuilds().recent(1).stream()
        .filter(rebuild -> rebuild.number() == number)
        .findFirst()
        .orElseThrow();
  }

  /// @param events beside the first
  private void lengthen(int run, int events) {
    runs.store
        .log()
        .append(
            Append.of(
                runId(run),
                Precondition.OPEN,
                Collections.nCopies(events, new RunLimitWarning("events", 8, 10))));
    runs.settle();
  }

  @Test
  void rows_that_are_not_there_are_missing() {
    lengthen(3, 5);
    remove(3, 1, 4);
    assertFound(Kind.MISSING, 3, "3 rows, the first at sequence 2", "nothing");
  }

  @Test
  void rows_that_say_something_else_are_a_mismatch() {
    ReadRow.Step row = row(3, 1);
    write(new ReadRow.Step(row.run(), 1, row.at(), "another.type"));
    assertFound(Kind.HASH_MISMATCH, 3, "1 rows, the first at sequence 1", "other rows");
  }

  @Test
  void rows_that_the_log_does_not_tell_are_orphans() {
    strange(3, 7);
    strange(3, 9);
    assertFound(Kind.ORPHAN, 3, "nothing", "2 rows, the first at sequence 7");
  }

  @Test
  void many_rows_are_compared_in_pages() {
    lengthen(3, MANY);
    assertThat(runs.comparison.of(runs.store.scan().runs(null, 100))).isEmpty();
    remove(3, MANY - 3, MANY - 2);
    strange(3, MANY + 9);
    assertThat(runs.comparison.of(runs.store.scan().runs(null, 100)))
        .extracting(Difference::kind)
        .containsExactly(Kind.MISSING, Kind.ORPHAN);
  }

  @Test
  void an_audit_tells_of_rows_in_a_place_of_their_own() {
    assertThat(audit().clean()).isTrue();
    assertThat(audit().compared()).containsEntry("rows", (long) COUNT);
    remove(3, 0, 1);
    strange(2, 9);
    strange(77, 1);
    AuditReport report = audit();
    assertThat(report.clean()).isFalse();
    assertThat(report.found()).isEqualTo(Map.of("rows", Map.of(Kind.MISSING, 1L, Kind.ORPHAN, 2L)));
    assertThat(report.evidence())
        .anyMatch(line ->
            line.equals(
                "rows orphan run %s: expected nothing, found rows of a run that has no log"
                    .formatted(runId(77))));
  }

  @Test
  void a_comparison_counts_rows_that_differ_and_changes_nothing() {
    remove(3, 0, 1);
    strange(77, 1);
    List<ReadRow> before = rows();
    Rebuild compared = rebuild(new Scope.All(), true);
    assertThat(compared.progress().differing()).isEqualTo(2);
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void a_rebuild_of_everything_makes_rows_what_the_log_tells() {
    lengthen(4, MANY);
    List<ReadRow> sound = rows();
    remove(3, 0, 1);
    strange(2, 9);
    strange(0, 1);
    strange(77, 1);
    write(new ReadRow.Step(row(4, 2).run(), 2, row(4, 2).at(), "another.type"));
    rebuild(new Scope.All(), false);
    assertThat(rows()).isEqualTo(sound);
    assertThat(audit().clean()).isTrue();
  }

  @Test
  void a_rebuild_of_one_run_takes_out_its_rows_alone() {
    strange(2, 9);
    strange(3, 9);
    rebuild(new Scope.OneRun(runId(2)), false);
    assertFound(Kind.ORPHAN, 3, "nothing", "1 rows, the first at sequence 9");
    RunId gone = runId(77);
    strange(77, 1);
    rebuild(new Scope.OneRun(gone), false);
    assertThat(rows()).noneMatch(row -> row.run().runId().equals(gone));
  }

  @Test
  void what_moves_during_a_rebuild_loses_its_strange_rows_too() {
    strange(2, 9);
    Request request = new Request(new Scope.All(), false, "operator:test");
    runs.store.rebuilds().request(request);
    runs.project();
    runs.project();
    runs.goOn(2);
    runs.projector.follow(runs.epoch());
    assertThat(rows()).as("before the rebuild comes to it").noneMatch(this::isStrange);
    runs.settle();
    assertThat(audit().clean()).isTrue();
  }

  /// Rows that were told before a log became unreadable stay as they were told.
  @Test
  void rows_behind_what_cannot_be_read_any_more_stay() {
    runs.goOn(3);
    lengthen(3, 9);
    List<ReadRow> sound = rows();
    runs.scan.spoil(runId(3), 2);
    rebuild(new Scope.All(), false);
    assertThat(runs.store.projections().parked(10)).hasSize(1);
    assertThat(rows()).isEqualTo(sound);
  }
}
