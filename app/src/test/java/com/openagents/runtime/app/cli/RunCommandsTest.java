package com.openagents.runtime.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.embedded.MadeDatabase;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.wiring.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String KEYS = "k1=c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0";

  @TempDir private static Path folder = Path.of("");
  private static Service service;

  @BeforeAll
  static void start() {
    var settings =
        Map.of(
            "OA_DATA_DIR",
            MadeDatabase.in(folder).toString(),
            "OA_HTTP_PORT",
            "0",
            "OA_SIGNING_KEYS",
            KEYS);
    service = Service.start(Settings.read(settings), _ -> {});
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /// Runs `run COMMAND` against the service, signed by the command line itself.
  private static Shell.Result run(String... words) {
    List<String> line = new ArrayList<>(List.of("run"));
    line.addAll(List.of(words));
    line.addAll(List.of("--url", service.address().toString()));
    return Shell.run(Map.of("OA_SIGNING_KEYS", KEYS), line.toArray(String[]::new));
  }

  private static void awaitStatus(String run, String status) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!run("show", run).output().startsWith(status)) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Test
  void a_live_run_is_not_exported_and_one_that_has_ended_is_not_canceled() {
    String run = run("start", "--agent", "echo", "--session", "Hello").output().strip();
    awaitStatus(run, "waiting");

    var export = run("export", run, folder.resolve("bundle.ndjson").toString());
    assertThat(export.status()).isEqualTo(ExitCode.FAILED);
    assertThat(export.errors())
        .isEqualTo("conflict: The run has not ended: export it when it has.\n");

    assertThat(run("cancel", run).output()).isEqualTo("cancel requested\n");
    awaitStatus(run, "canceled");
    var again = run("cancel", run);
    assertThat(again.output()).isEqualTo("nothing to cancel: the run had ended as canceled\n");
    assertThat(again.status()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void a_run_is_started_as_asked_and_read_and_its_bundle_verifies_without_the_service()
      throws Exception {
    String run = UUID.randomUUID().toString();
    var started = run("start", "--run", run, "--thread", "t-1", "--agent", "echo", "Hello");
    assertThat(started.output()).isEqualTo(run + "\n");

    List<String> events = run("tail", run).output().lines().toList();
    assertThat(events.getFirst()).contains("run.created", "\"t-1\"");
    assertThat(events.getLast()).contains("run.completed");
    assertThat(run("tail", "--after", "3", run).output().lines())
        .containsExactlyElementsOf(events.subList(3, events.size()));
    assertThat(run("tail", "--format", "ai-sdk", run).output())
        .contains("\"type\":\"text-delta\"")
        .doesNotContain("run.created");
    assertThat(run("tail", "--format", "ag-ui", run).output().lines().toList())
        .last()
        .asString()
        .contains("RUN_FINISHED", "success");
    assertThat(run("show", run).output())
        .startsWith("completed at event %d\n".formatted(events.size()))
        .hasLineCount(3);

    Path bundle = Files.writeString(folder.resolve(run + ".ndjson"), "older and longer");
    assertThat(run("export", run, bundle.toString()).output()).isEqualTo("wrote " + bundle + "\n");
    assertThat(run("export", "--json", run, bundle.toString()).output())
        .isEqualTo("{\"file\":\"%s\",\"runId\":\"%s\"}\n".formatted(bundle, run));
    var verified = Shell.run(Map.of(), "run", "verify", bundle.toString());
    assertThat(verified.output())
        .startsWith("intact: run " + run + ", events 1 to " + events.size());
  }

  @Test
  void a_frame_is_taken_once_under_its_id_and_a_cancel_tells_its_reason() {
    String run = run("start", "--agent", "echo", "--session", "Hello").output().strip();
    assertThat(run("frame", "--frame", "f-7", run, "Again").output()).isEqualTo("taken as f-7\n");
    assertThat(run("frame", "--frame", "f-7", run, "Again").output()).isEqualTo("taken as f-7\n");
    var other = run("frame", "--frame", "f-7", run, "Something else");
    assertThat(other.status()).isEqualTo(ExitCode.FAILED);
    assertThat(other.errors()).startsWith("conflict: ").hasLineCount(1);

    assertThat(run("cancel", "--reason", "no longer wanted", run).status())
        .isEqualTo(ExitCode.DONE);
    awaitStatus(run, "canceled");
    List<String> events = run("tail", run).output().lines().toList();
    assertThat(events).filteredOn(event -> event.contains("\"f-7\"")).hasSize(1);
    assertThat(events).anyMatch(event -> event.contains("no longer wanted"));
  }

  @Test
  void a_fork_goes_on_from_a_place_in_another_run() {
    String run = run("start", "--agent", "echo", "Hello").output().strip();
    awaitStatus(run, "completed");
    String fork = UUID.randomUUID().toString();
    assertThat(run("fork", "--at", "3", "--as", fork, run).output()).isEqualTo(fork + "\n");
    assertThat(run("fork", "--at", "3", "--as", fork, run).output()).isEqualTo(fork + "\n");
    assertThat(run("show", fork).output()).startsWith("waiting");
    run("frame", fork, "Again");
    awaitStatus(fork, "completed");
    assertThat(run("tail", fork).output()).contains("run.forked", "Hello", "Again");

    var json = run("fork", "--json", "--at", "2", run);
    assertThat(json.output()).contains("\"atSeq\":2", "\"lastSeq\":3").hasLineCount(1);
    var ahead = run("fork", "--at", "9999", run);
    assertThat(ahead.status()).isEqualTo(ExitCode.FAILED);
    assertThat(ahead.errors()).startsWith("cursor_ahead: ").hasLineCount(1);
    assertThat(run("fork", run).status()).isEqualTo(ExitCode.USAGE);
    assertThat(Shell.run(Map.of(), "run", "fork", "--help").output()).contains("--at", "--as");
  }

  @Test
  void a_run_belongs_to_whom_it_was_started_for() {
    String guest = "g-0123456789abcdef0123456789abcdef";
    String run = run("start", "--guest", guest, "--agent", "echo", "Hello").output().strip();

    assertThat(run("show", "--guest", guest, run).status()).isEqualTo(ExitCode.DONE);
    assertNotFound(run("show", run));
    assertNotFound(run("show", "--user", "2", run));
    assertThat(run("show", "--user", "2", "--operator", run).status()).isEqualTo(ExitCode.DONE);
  }

  private static void assertNotFound(Shell.Result result) {
    assertThat(result.errors()).startsWith("not_found: ");
    assertThat(result.status()).isEqualTo(ExitCode.FAILED);
  }
}
