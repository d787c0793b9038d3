package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.cli.Shell;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole service delivers to a deployment that has not what it should have, or of which something
/// else is noted than was delivered: each class of drift is counted, told with its evidence, and
/// mended by a rebuild where it is not written over.
@Tag("G11")
class DriftMetByDeliveriesTest {

  @TempDir private static Path folder = Path.of("");
  private static ShownService shown;

  @BeforeAll
  static void start() throws IOException {
    shown = ShownService.in(folder);
  }

  @AfterEach
  void everything_is_as_it_must_be_after_a_rebuild() {
    assertThat(projection("rebuild").status()).isZero();
    RunningService.await(shown::isSound);
  }

  @AfterAll
  static void stop() {
    shown.close();
  }

  private static Shell.Result projection(String... words) {
    List<String> line = new ArrayList<>(List.of("projection"));
    line.addAll(List.of(words));
    line.addAll(List.of("--url", shown.service().address().toString()));
    return Shell.run(Map.of(), line.toArray(String[]::new));
  }

  private static RunId carryOut() {
    RunId run = shown.service().carryOut();
    RunningService.await(shown::isSound);
    return run;
  }

  private static double drift(String reasonClass) {
    return Scrape.of(shown.service().client())
        .value(
            "runtime_projection_drift_total",
            "sink",
            "convex",
            "projection",
            "run_summary",
            "reason_class",
            reasonClass);
  }

  /// Has somebody change what guards the summary of a run in the deployment.
  private static void changeThere(RunId run, String field, Json value) {
    shown
        .deployment()
        .tamper("runSummaries", "runtime/run_summary:" + run, Json.object().put(field, value));
  }

  /// Whatever the deployment is said to have.
  private static void deliverAgain(RunId run) {
    assertThat(projection("rebuild", "--run", run.toString()).status()).isZero();
  }

  /// As integers are sent: eight bytes, the lowest first.
  private static Json integer(int small) {
    byte[] bytes = {(byte) small, 0, 0, 0, 0, 0, 0, 0};
    return Json.object().put("$integer", Base64.getEncoder().encodeToString(bytes)).build();
  }

  /// Has something else be noted of what the deployment was given of the summary of a run.
  private static void changeNote(RunId run, String assignment) {
    shown
        .service()
        .sql(
            "update runtime.sink_documents set "
                + assignment
                + " where sink = 'convex' and projection = 'run_summary' and entity_id = ?",
            run.toString());
  }

  /// Waits until one more drift was met than before, and looks how it is told.
  ///
  /// @param found a pattern
  private static void assertMet(String reasonClass, double before, RunId run, String found) {
    RunningService.await(() -> drift(reasonClass) == before + 1);
    assertThat(projection("status").output().lines())
        .anyMatch(line -> line.matches("deliveries of node-1 have met drift since 20\\S+Z"))
        .anyMatch(line ->
            line.matches(
                ("drift %s in convex: \\d+, the last at 20\\S+Z: convex %s run_summary %s: expected"
                        + " sequence \\d+ in version 1 of generation \\d+, sha256:\\w+, found %s")
                    .formatted(reasonClass, reasonClass, run, found)));
  }

  private static void assertParked(String reasonClass, RunId run, String found) {
    RunningService.await(() ->
        projection("parked", "convex")
            .output()
            .matches(
                "runtime/run_summary:%s since \\S+: %s: expected sequence .*, found %s\\R"
                    .formatted(run, reasonClass, found)));
  }

  @Test
  void what_stands_further_there_is_ahead_and_parked_with_what_is_there() {
    RunId run = carryOut();
    double before = drift("checkpoint_ahead");
    changeThere(run, "seq", integer(99));
    deliverAgain(run);
    String found = "sequence 99 in version 1 of generation \\d+, sha256:\\w+";
    assertMet("checkpoint_ahead", before, run, found);
    assertParked("checkpoint_ahead", run, found);
  }

  @Test
  void what_has_another_hash_there_is_written_over() {
    RunId run = carryOut();
    double before = drift("summary_hash_mismatch");
    changeThere(run, "hash", Json.of(Digest.ofText("other").toString()));
    deliverAgain(run);
    assertMet(
        "summary_hash_mismatch",
        before,
        run,
        "sequence \\d+ in version 1 of generation \\d+, another hash, which is not known");
    RunningService.await(shown::isSound);
  }

  @Test
  void what_a_later_version_told_there_is_behind_and_parked_with_what_is_there() {
    RunId run = carryOut();
    double before = drift("projection_version_behind");
    changeThere(run, "version", integer(9));
    assertThat(projection("audit").output())
        .containsPattern(
            "convex hash_mismatch run_summary "
                + run
                + ": expected .* in version 1 .*, found"
                + " sequence \\d+ in version 9");
    deliverAgain(run);
    String found = "sequence \\d+ in version 9 of generation \\d+, sha256:\\w+";
    assertMet("projection_version_behind", before, run, found);
    assertParked("projection_version_behind", run, found);
  }

  @Test
  void what_is_noted_to_be_of_an_earlier_version_is_told_and_written_over() {
    RunId run = carryOut();
    double before = drift("projection_version_changed");
    changeNote(run, "there_version = 0");
    assertMet(
        "projection_version_changed",
        before,
        run,
        "sequence \\d+ in version 0 of generation \\d+, sha256:\\w+");
    RunningService.await(shown::isSound);
  }

  @Test
  void what_is_noted_to_be_of_a_later_version_is_parked_unsent() {
    RunId run = carryOut();
    double before = drift("projection_version_behind");
    changeNote(run, "there_version = 9");
    String found = "sequence \\d+ in version 9 of generation \\d+, sha256:\\w+";
    assertMet("projection_version_behind", before, run, found);
    assertParked("projection_version_behind", run, found);
  }
}
