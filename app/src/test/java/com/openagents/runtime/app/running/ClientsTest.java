package com.openagents.runtime.app.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The official AI SDK clients of every version, and our own reader, read what the service streams.
@Tag("G6")
class ClientsTest {

  private static final Path TESTS = Path.of("..", "adapters-http", "src", "test", "node", "run");

  @TempDir private static Path folder = Path.of("");
  private static RunningService service;
  private static URI other;

  @BeforeAll
  static void two_nodes_run() {
    service = RunningService.in(folder, Map.of());
    other = service.node(Map.of()).address();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void a_run_that_has_ended_is_read_whole_and_after_every_cut() throws Exception {
    RunId run = session();
    for (String step : new String[] {"f-2", "f-3"}) {
      service.awaitStatus(run, "waiting");
      assertThat(service.client().send(run, RunningService.frame(step, "Größe 🎉")).status())
          .isEqualTo(202);
    }
    service.awaitStatus(run, "waiting");
    Json.Obj finish =
        Json.object()
            .put("frameId", "end")
            .put("type", "finish")
            .put("payload", Json.object().build())
            .build();
    assertThat(service.client().send(run, finish).status()).isEqualTo(202);
    service.awaitStatus(run, "completed");

    passes("live.mjs", Map.of("OA_STREAM_URL", url(service.address(), run) + "/stream"));
  }

  @Test
  void a_run_that_goes_on_is_read_from_any_node_through_connections_that_break() throws Exception {
    RunId run = session();

    String urls = url(service.address(), run) + "," + url(other, run);
    passes("growing.mjs", Map.of("OA_RUN_URLS", urls));
  }

  @Test
  void a_run_is_read_in_the_request_that_starts_it() throws Exception {
    passes("starting.mjs", Map.of("OA_RUNS_URL", service.address() + "/internal/v1/runs"));
  }

  private static RunId session() {
    RunId run = new RunId(UUID.randomUUID());
    service.start(
        RunningService.request(run, "assistant")
            .put("lifecycle", "session")
            .put("firstFrame", RunningService.frame("f-1", "What is a lease?"))
            .build());
    return run;
  }

  private static String url(URI node, RunId run) {
    return node.resolve("/internal/v1/runs/" + run).toString();
  }

  private static void passes(String test, Map<String, String> variables)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", TESTS.toString(), test).redirectErrorStream(true);
    builder.environment().putAll(variables);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).containsPattern("pass [1-9]");
  }
}
