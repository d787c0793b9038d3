package com.openagents.runtime.app.bench;

import static com.openagents.runtime.app.bench.MeasuredReports.cells;
import static com.openagents.runtime.app.bench.MeasuredReports.numbers;
import static com.openagents.runtime.app.bench.MeasuredReports.settings;
import static com.openagents.runtime.app.bench.MeasuredReports.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// How much fits through: appends, calls, tables, memory, nodes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThroughputBenchmarksTest {

  private final MeasuredReports bench;

  ThroughputBenchmarksTest(@TempDir Path folder) {
    bench = new MeasuredReports(folder);
  }

  @AfterAll
  void end() {
    bench.close();
  }

  @Test
  void appends_are_told_for_each_number_of_callers() {
    Json.Obj report = bench.report("append", "--callers", "1,4", "--rounds", "1", "--seconds", "1");
    assertThat(numbers(report, "callers")).containsExactly(1.0, 4.0, 1.0, 4.0);
    assertThat(numbers(report, "appendsPerSecond")).allMatch(rate -> rate > 0);
    assertThat(settings(report)).containsKeys("postgres", "windowSeconds", "rounds", "writers");
  }

  @Test
  void signed_frames_are_told_one_by_one_and_many_in_a_call() {
    Json.Obj report =
        bench.report("http", "--connections=4", "--seconds=1", "--rounds=1", "--warm-up=0");
    assertThat(numbers(report, "framesPerCall")).containsExactly(1.0, 10.0);
    assertThat(numbers(report, "callsPerSecond")).allMatch(rate -> rate > 0);
    assertThat(numbers(report, "libraryPerSecond")).allMatch(rate -> rate > 0);
    assertThat(cells(report, "ratio")).hasSize(2);
    assertThat(settings(report))
        .containsEntry("connections", Json.of(4))
        .containsEntry("projections", Json.of("off"));
  }

  @Test
  void tables_of_every_size_are_compared_and_a_long_run_is_resumed() {
    Json.Obj report =
        bench.report(
            "flat",
            "--events=500,200",
            "--seconds=1",
            "--rounds=1",
            "--resumes=5",
            "--long-run=1500");
    assertThat(numbers(report, "eventsInTable")).containsExactly(200.0, 500.0, 500.0);
    assertThat(numbers(report, "eventsInRun")).containsExactly(100.0, 100.0, 1500.0);
    assertThat(numbers(report, "resumeMs")).allMatch(time -> time > 0);
    assertThat(settings(report)).containsEntry("smallest", Json.of(200));
  }

  @Test
  void memory_is_told_for_waiting_and_for_executing_runs() {
    Json.Obj report =
        bench.report("memory", "--waiting=20", "--executing=30", "--rounds=2", "--heap=128m");
    assertThat(texts(report, "state"))
        .containsExactly("waiting", "waiting", "executing", "executing");
    assertThat(numbers(report, "runs")).containsExactly(10.0, 20.0, 15.0, 30.0);
    assertThat(cells(report, "reachableKibEach")).hasSize(4);
    assertThat(numbers(report, "residentMib")).allMatch(memory -> memory > 0);
  }

  @Test
  void nodes_are_compared_with_one_of_them() {
    Json.Obj report =
        bench.report(
            "nodes", "--nodes=2", "--connections=4", "--seconds=1", "--rounds=1", "--warm-up=0");
    assertThat(numbers(report, "nodes")).containsExactly(1.0, 2.0);
    assertThat(numbers(report, "framesPerSecond")).allMatch(rate -> rate > 0);
    assertThat(numbers(report, "oneNodePerSecond")).allMatch(rate -> rate > 0);
  }
}
