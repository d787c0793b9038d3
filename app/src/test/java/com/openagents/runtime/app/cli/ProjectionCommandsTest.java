package com.openagents.runtime.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.running.RunningService;
import com.openagents.runtime.app.running.ShownService;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What operators read and do with `projection`, on a service that shows its documents.
class ProjectionCommandsTest {

  @TempDir private static Path folder = Path.of("");
  private static ShownService shown;
  private static RunId run;

  @BeforeAll
  static void start() throws IOException {
    shown = ShownService.in(folder);
    run = shown.service().carryOut();
  }

  @AfterAll
  static void stop() {
    shown.close();
  }

  @BeforeEach
  void sound() {
    shown.convex().tellTheTruth();
    RunningService.await(shown::isSound);
  }

  private static Shell.Result projection(String... words) {
    List<String> line = new ArrayList<>(List.of("projection"));
    line.addAll(List.of(words));
    line.addAll(List.of("--url", shown.service().address().toString()));
    return Shell.run(Map.of(), line.toArray(String[]::new));
  }

  private static Json.Obj json(Shell.Result result) {
    assertThat(result.output()).hasLineCount(1);
    return (Json.Obj) JsonReader.read(result.output());
  }

  @Test
  void the_status_has_a_line_for_each_part() {
    projection("rebuild", "--projection", "run_summary");
    Shell.Result status = projection("status");
    assertThat(status.output().lines().toList())
        .hasSizeGreaterThanOrEqualTo(6)
        .anyMatch(line -> line.matches("written by node-1 in epoch 1, until 20.*Z"))
        .anyMatch(line -> line.matches("projection run_summary version 1, generation \\d+"))
        .anyMatch(line -> line.matches("projection thread_summary version 1, generation \\d+"))
        .contains("sink convex: 0 due, 0 events behind, 0 parked")
        .anyMatch(line -> line.matches("deliveries of node-1 have met no drift since 20.*Z"))
        .anyMatch(line ->
            line.matches(
                "rebuild \\d+: done after \\d+ s, \\d+ runs, \\d+ events, \\d+ differing, 0"
                    + " removed"));
    assertThat(status.status()).isEqualTo(ExitCode.DONE);
    assertThat(json(projection("status", "--json")).fields())
        .containsOnlyKeys(
            "projections",
            "writer",
            "sinks",
            "leaving",
            "parkedRuns",
            "rebuilds",
            "audits",
            "drift");
  }

  @Test
  void a_sink_rests_and_goes_on() {
    assertThat(projection("pause", "convex").output()).isEqualTo("paused\n");
    shown.service().carryOut();
    RunningService.await(() -> projection("status").output().contains("(paused): 3 due"));
    assertThat(projection("resume", "convex").output()).isEqualTo("resumed\n");
    RunningService.await(() -> projection("status").output().contains("sink convex: 0 due"));
  }

  @Test
  void what_keeps_a_sink_is_told_and_so_is_an_audit_that_it_does_not_answer() {
    shown.deployment().order("down", Json.object());
    shown.service().carryOut();
    RunningService.await(() -> projection("status").output().contains("0 parked; un"));
    Shell.Result audit = projection("audit");
    shown.deployment().order("up", Json.object());

    assertThat(audit.errors()).startsWith("overloaded: A sink cannot be read: ").hasLineCount(1);
    assertThat(audit.status()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void what_a_sink_will_not_take_is_listed_with_its_reason_and_tried_again() {
    assertThat(projection("parked", "convex").output()).isEqualTo("nothing is parked\n");
    shown
        .convex()
        .lie(
            "\"path\":\"writer:apply\"",
            answer ->
                answer.saying(
                    "\"outcome\":\"applied\"", "\"outcome\":\"refused\",\"reason\":\"odd\""));
    RunId refused = shown.service().carryOut();
    RunningService.await(() -> projection("parked", "convex").output().lines().count() == 3);

    assertThat(projection("parked", "convex").output().lines())
        .anyMatch(line ->
            line.matches(
                "runtime/run_summary:" + refused + " since 20\\S+Z: refused: odd|.*odd.*"));
    assertThat(projection("status").output()).contains(", 3 parked");
    shown.convex().tellTheTruth();
    assertThat(projection("retry", "convex").output()).isEqualTo("3 will be tried again\n");
    RunningService.await(shown::isSound);
    assertThat(json(projection("retry", "convex", "--json")).get("retried")).isEqualTo(Json.of(0));
  }

  @Test
  void a_sink_that_left_the_settings_is_forgotten_and_all_that_was_known_of_it() {
    shown.service().sql("insert into runtime.sinks (sink) values ('left')");
    shown.service().carryOut();
    RunningService.await(() -> projection("status").output().contains("sink left: 3 or more due"));
    assertThat(projection("forget", "left").output()).isEqualTo("forgotten\n");
    assertThat(projection("status").output()).doesNotContain("left");
    RunningService.await(() -> known("sinks") == 0 && known("sink_documents") == 0);
    shown.service().carryOut();
    RunningService.await(shown::isSound);
    assertThat(known("sink_documents")).isZero();
  }

  @Test
  void what_a_sink_does_not_let_go_of_is_told_until_somebody_has_seen_to_it() {
    shown
        .service()
        .sql(
            "insert into runtime.sink_streams (sink, projection, generation, position, stays)"
                + " values ('convex', 'tool_calls', 1, 4, 'failing: no such table')");
    assertThat(projection("status").output().lines())
        .contains("sink convex has still to let go of tool_calls; failing: no such table");
    assertThat(projection("forget", "convex", "--stream", "tool_calls").output())
        .isEqualTo("forgotten\n");
    assertThat(projection("status").output()).doesNotContain("tool_calls");
    assertThat(projection("forget", "convex", "--stream", "tool_calls").errors())
        .startsWith("not_found: ");
  }

  private long known(String table) {
    String count = "select count(*) from runtime.%s where sink = 'left'".formatted(table);
    return Long.parseLong(shown.service().sql(count).getFirst());
  }

  @Test
  void an_audit_ends_with_one_when_anything_differs() {
    Shell.Result clean = projection("audit");
    assertThat(clean.output().lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .matches("compared \\{\"convex\":\\d+,\"kept\":\\d+,\"rows\":\\d+}");
    assertThat(clean.output())
        .contains("nothing differs; 95 of 100 are behind by at most 0 events");
    assertThat(clean.status()).isEqualTo(ExitCode.DONE);

    String document = "runtime/timeline_slice:" + run;
    shown.deployment().tamper("timelineSlices", document, Json.object().put("threadId", "x"));
    Shell.Result differs = projection("audit");
    Shell.Result json = projection("audit", "--newest", "200", "--json");
    Shell.Result status = projection("status");
    assertThat(projection("rebuild").status()).isEqualTo(ExitCode.DONE);

    assertThat(status.output().lines())
        .anyMatch(line ->
            line.matches("audit of walk at 20.*Z: found \\{\"convex\":\\{\"hash_mismatch\":1}}"))
        .anyMatch(line -> line.startsWith("audit of newest at 20"));
    assertThat(differs.output().lines())
        .anyMatch(line -> line.equals("found {\"convex\":{\"hash_mismatch\":1}}"))
        .anyMatch(line -> line.startsWith("  ") && line.contains(run.toString()));
    assertThat(differs.status()).isEqualTo(ExitCode.FAILED);
    assertThat(json(json).get("clean")).isEqualTo(Json.FALSE);
    assertThat(json.status()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void a_rebuild_is_followed_to_its_end_and_proves_that_nothing_has_changed() {
    Shell.Result rebuilt = projection("rebuild", "--reason", "drill");
    List<String> lines = rebuilt.output().lines().toList();
    assertThat(lines).hasSize(7);
    assertThat(lines.getFirst())
        .matches("rebuild \\d+: done after \\d+ s, \\d+ runs, .* 0 differing, 0 removed");
    for (int i = 1; i <= 3; i++) {
      assertThat(lines.get(i)).startsWith("before ");
      assertThat(lines.get(i + 3)).isEqualTo(lines.get(i).replace("before ", "after  "));
    }
    assertThat(rebuilt.status()).isEqualTo(ExitCode.DONE);
    assertThat(projection("rebuild", "--thread", "thread-" + run).output())
        .containsPattern(": done after \\d+ s, 1 runs");
    assertThat(projection("rebuild", "--projection", "run_summary").output().lines()).hasSize(3);
    assertThat(projection("rebuild", "--no-wait", "--compare-only").output())
        .matches("rebuild \\d+: requested, 0 runs, .*\n");
  }

  @Test
  void a_rebuild_is_canceled_by_its_number() {
    String number = projection("rebuild", "--no-wait").output().split("[ :]", -1)[1];
    Shell.Result canceled = projection("cancel", number);
    assertThat(canceled.output())
        .matches("rebuild " + number + ": (canceled|done) after \\d+ s, .*\n");
    assertThat(canceled.status()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void a_comparison_ends_with_one_when_anything_differs_and_names_it() {
    Shell.Result same = projection("rebuild", "--compare-only");
    assertThat(same.output()).contains(": done after ", ", 0 differing");
    assertThat(same.status()).isEqualTo(ExitCode.DONE);

    shown
        .service()
        .sql(
            "update runtime.documents set hash = decode(repeat('ab', 32), 'hex')"
                + " where projection = 'run_summary' and entity_id = ?",
            run.toString());
    Shell.Result differs = projection("rebuild", "--compare-only", "--run", run.toString());
    assertThat(projection("rebuild").status()).isEqualTo(ExitCode.DONE);

    assertThat(differs.output().lines().toList())
        .anyMatch(line -> line.contains(", 1 differing"))
        .last()
        .asString()
        .contains("run_summary", run.toString());
    assertThat(differs.status()).isEqualTo(ExitCode.FAILED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pause khala                              | 1 | not_found: ",
        "resume khala                             | 1 | not_found: ",
        "retry khala                              | 1 | not_found: ",
        "forget khala                             | 1 | not_found: ",
        "forget convex                            | 1 | conflict: This node, or the one that"
            + " writes",
        "parked khala                             | 1 | not_found: ",
        "cancel 999999                            | 1 | not_found: ",
        "cancel last                              | 2 | 'last' is not a long",
        "retire invoices                          | 1 | not_found: ",
        "retire run_summary                       | 1 | conflict: The release of this node",
        "parked ../../runs                        | 1 | not_found: ",
        "rebuild --projection invoices            | 1 | run_summary",
        "rebuild --projection run_summary --thread t | 1 | unprocessable: Name a run, a thread or",
        "rebuild --run x                          | 2 | 'x': a run id is a UUID",
        "audit --newest 0                         | 1 | a number from 1",
        "audit --newest many                      | 2 | 'many' is not an int"
      })
  void what_cannot_be_is_told_in_one_line(String words, int status, String told) {
    Shell.Result result = projection(words.split(" ", -1));

    assertThat(result.errors()).contains(told).hasLineCount(1);
    assertThat(result.output()).isEmpty();
    assertThat(result.status()).isEqualTo(status);
  }
}
