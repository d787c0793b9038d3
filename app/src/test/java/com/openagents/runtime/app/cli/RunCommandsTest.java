package com.openagents.runtime.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.wiring.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        Map.of("OA_DATA_DIR", folder.toString(), "OA_HTTP_PORT", "0", "OA_SIGNING_KEYS", KEYS);
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
}
