package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.cli.Shell;
import com.openagents.runtime.identity.RunId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Somebody changes the documents that a whole service keeps beside its log: an audit names what
/// differs, a meter counts it, and a rebuild mends it.
@Tag("G10")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftBesideTheLogTest {

  private RunningService service;
  private int runs;

  @BeforeAll
  void start(@TempDir Path folder) {
    service =
        RunningService.in(
            folder, Map.of("OA_PROJECTION_INTERVAL", "50ms", "OA_AUDIT_INTERVAL", "1s"));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private RunId carryOut() {
    runs++;
    return service.carryOut();
  }

  private Shell.Result projection(String command, String... options) {
    List<String> line = new ArrayList<>(List.of("projection", command));
    line.addAll(List.of(options));
    line.addAll(List.of("--url", service.address().toString()));
    return Shell.run(Map.of(), line.toArray(String[]::new));
  }

  /// Runs have a summary and a timeline each, and threads of their own.
  private boolean allIsTold() {
    return projection("audit")
        .output()
        .matches(
            "compared \\{\"kept\":%d,\"rows\":%d}\\Rnothing differs;.* at most 0 events\\R"
                .formatted(3 * runs, runs));
  }

  private void tamper(String statement, RunId run) {
    service.sql(statement + " and entity_id = '%s'".formatted(run));
  }

  private double differences(String kind) {
    return Scrape.of(service.client())
        .value("runtime_projection_differences", "where", "kept", "kind", kind);
  }

  @Test
  void who_no_longer_writes_tells_of_no_audit() {
    carryOut();
    RunningService.await(() -> Double.isFinite(differences("missing")));
    service.sql(
        "update runtime.projection_writer set node = 'another', epoch = epoch + 1,"
            + " expires_at = clock_timestamp() + interval '8 seconds'");
    RunningService.await(() -> Double.isNaN(differences("missing")));
    RunningService.await(() -> Double.isFinite(differences("missing")));
  }

  @Test
  void every_class_of_drift_is_named_and_counted_and_mended_by_a_rebuild() {
    RunId changed = carryOut();
    RunId removed = carryOut();
    RunId ahead = carryOut();
    RunId late = carryOut();
    RunId orphan = carryOut();
    RunningService.await(this::allIsTold);

    tamper(
        "update runtime.documents set body = replace(body::text, 'completed', 'running')::json"
            + " where projection = 'run_summary'",
        changed);
    tamper("delete from runtime.documents where projection = 'timeline_slice'", removed);
    tamper("update runtime.documents set seq = 99 where projection = 'run_summary'", ahead);
    tamper("update runtime.documents set seq = 1 where projection = 'run_summary'", late);
    tamper(
        "insert into runtime.documents (seq, generation, projected_at, version, projection,"
            + " entity_id, entity_kind, owner, hash, body) select seq, generation, projected_at,"
            + " version, 'thread_summary', entity_id, entity_kind, owner, hash, body from"
            + " runtime.documents where projection = 'run_summary'",
        orphan);

    Shell.Result audit = projection("audit");
    assertThat(audit.status()).isEqualTo(1);
    assertThat(audit.output())
        .contains("kept hash_mismatch run_summary " + changed + ": expected sequence")
        .contains("kept missing timeline_slice " + removed + ": expected sequence")
        .contains("kept ahead run_summary " + ahead + ": expected sequence")
        .contains("found sequence 99")
        .contains("kept hash_mismatch run_summary " + late + ": expected sequence")
        .contains("kept orphan thread_summary " + orphan + ": expected nothing, found sequence");
    RunningService.await(() ->
        differences("hash_mismatch") == 2
            && Stream.of("missing", "ahead", "orphan").allMatch(kind -> differences(kind) == 1));

    assertThat(projection("rebuild", "--run", changed.toString()).status()).isZero();
    assertThat(projection("audit").output())
        .contains("kept ahead")
        .doesNotContain("kept hash_mismatch run_summary " + changed);
    assertThat(projection("rebuild").status()).isZero();
    assertThat(allIsTold()).isTrue();
  }

  @Test
  void documents_of_which_no_log_tells_are_orphans_until_everything_is_rebuilt() {
    RunId run = carryOut();
    RunningService.await(this::allIsTold);
    String copy =
        "insert into runtime.documents (seq, generation, projected_at, version, projection,"
            + " entity_id, entity_kind, owner, hash, body) select seq, generation, projected_at,"
            + " version, '%s', '%s', '%s', owner, hash, body from runtime.documents where"
            + " projection = 'run_summary'";
    String nobody = "00000000-0000-4000-8000-00000000abce";
    tamper(copy.formatted("run_summary", nobody, "run"), run);
    tamper(copy.formatted("thread_summary", "a/thread", "thread"), run);
    Shell.Result audit = projection("audit");
    assertThat(audit.output())
        .contains("found {\"kept\":{\"orphan\":2}}")
        .contains("kept orphan run_summary " + nobody)
        .contains("kept orphan thread_summary a/thread");
    assertThat(audit.status()).isEqualTo(1);
    assertThat(projection("rebuild").status()).isZero();
    assertThat(allIsTold()).isTrue();
  }

  @Test
  void a_row_of_before_that_somebody_puts_back_is_a_fault_and_mended_by_a_rebuild_of_its_run() {
    RunId ended = carryOut();
    RunningService.await(this::allIsTold);
    tamper(
        "update runtime.documents set seq = 1, body = replace(body::text, 'completed',"
            + " 'running')::json where projection = 'run_summary'",
        ended);
    Shell.Result audit = projection("audit");
    assertThat(audit.output()).contains("found {\"kept\":{\"hash_mismatch\":1}}");
    assertThat(audit.status()).isEqualTo(1);
    assertThat(projection("rebuild", "--run", ended.toString()).status()).isZero();
    assertThat(allIsTold()).isTrue();
  }

  @Test
  void rows_that_somebody_changed_are_named_and_mended_by_a_rebuild() {
    RunId changed = carryOut();
    RunId moved = carryOut();
    RunningService.await(this::allIsTold);
    row("update runtime.read_messages set body = 'x' where seq = 2 and run_id = '%s'", changed);
    row(
        "update runtime.read_messages set owner = 'user:9' where seq > 2 and run_id = '%s'",
        changed);
    row("update runtime.read_run_events set event_id = 'x' where seq = 1 and run_id = '%s'", moved);
    row(
        "update runtime.read_run_events set seq = seq + 900 where seq = 3 and run_id = '%s'",
        moved);
    row("delete from runtime.read_run_events where seq = 2 and run_id = '%s'", moved);
    service.sql(
        "insert into runtime.read_run_events values"
            + " ('rtevt_x', '00000000-0000-4000-8000-00000000abcd', 1, now(), 'x')");

    Shell.Result audit = projection("audit");
    assertThat(audit.status()).isEqualTo(1);
    assertThat(audit.output())
        .contains(
            "rows hash_mismatch read_messages " + changed + ": expected",
            "rows hash_mismatch read_run_events "
                + moved
                + ": expected 1 rows, the first at"
                + " sequence 1, found other rows",
            "rows missing read_run_events " + moved + ": expected 2 rows, the first at sequence 2",
            "rows orphan read_run_events "
                + moved
                + ": expected nothing, found 1 rows, the first"
                + " at sequence 903",
            "rows orphan run 00000000-0000-4000-8000-00000000abcd: expected nothing");

    assertThat(projection("rebuild", "--run", changed.toString()).status()).isZero();
    assertThat(projection("audit").output()).doesNotContain("read_messages");
    assertThat(projection("rebuild").status()).isZero();
    assertThat(allIsTold()).isTrue();
  }

  private void row(String statement, RunId run) {
    service.sql(statement.formatted(run));
  }

  @Test
  void a_projection_that_has_left_is_retired() {
    RunId run = carryOut();
    RunningService.await(this::allIsTold);
    service.sql("insert into runtime.projections values ('tool_calls', 1, 1)");
    tamper(
        "insert into runtime.documents (seq, generation, projected_at, version, projection,"
            + " entity_id, entity_kind, owner, hash, body) select seq, generation, projected_at,"
            + " version, 'tool_calls', entity_id, entity_kind, owner, hash, body from"
            + " runtime.documents where projection = 'run_summary'",
        run);
    assertThat(projection("rebuild").status()).isZero();
    assertThat(projection("audit").output()).contains("kept orphan tool_calls " + run);

    assertThat(projection("status").output())
        .containsPattern("projection tool_calls version [01], generation 1, told no more");
    assertThat(projection("retire", "tool_calls").output()).contains(": requested, ");
    RunningService.await(() -> !projection("status").output().contains("tool_calls"));
    assertThat(allIsTold()).isTrue();
    assertThat(projection("retire", "tool_calls").errors()).startsWith("not_found");
  }
}
