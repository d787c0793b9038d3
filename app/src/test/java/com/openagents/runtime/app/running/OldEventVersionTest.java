package com.openagents.runtime.app.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.cli.Commands;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.SseEvent;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run whose cancel was asked for by a runtime of before: its event stands in the log in version
/// 1, and everything that reads the run now understands it.
@Tag("G16")
class OldEventVersionTest {

  /// What the old runtime wrote when it took the cancel of a waiting session.
  private static final String CANCELED_BY_AN_OLD_RUNTIME =
      """
      with grown as (
        update runtime.runs
        set last_seq = last_seq + 1, status = 'canceling', waiting_for = null, wait_until = null,
          wake_at = clock_timestamp(), updated_at = clock_timestamp()
        where run_id = ?
        returning run_id, last_seq, updated_at
      )
      insert into runtime.events (run_id, seq, occurred_at, version, type, payload)
      select run_id, last_seq, updated_at, 1, 'run.cancel_requested', '{"reason":"too slow"}'
      from grown
      """;

  private static final RunId RUN = new RunId(UUID.randomUUID());

  @TempDir private static Path folder = Path.of("");
  private static RunningService service;
  private static int seq;

  @BeforeAll
  static void a_session_was_canceled_in_version_1_and_ended_by_the_service_of_today() {
    service = RunningService.in(folder, Map.of());
    service.start(
        RunningService.request(RUN, "echo")
            .put("lifecycle", "session")
            .put("firstFrame", RunningService.frame("f-1", "hello"))
            .build());
    service.awaitStatus(RUN, "waiting");
    service.sql(CANCELED_BY_AN_OLD_RUNTIME, RUN.value());
    service.awaitStatus(RUN, "canceled");
    seq =
        Integer.parseInt(
            service
                .sql("select seq from runtime.events where type = 'run.cancel_requested'")
                .getFirst());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void the_executor_folds_it_and_ends_the_run_as_it_asks() {
    Json.Obj run = service.client().run(RUN).body();
    assertThat(run.get("status")).isEqualTo(Json.of("canceled"));
    assertThat(run.get("reasonClass")).isEqualTo(Json.of("cancel_requested"));
    assertThat(service.sql("select version from runtime.events where seq = ?", seq))
        .as("the row stays as it was written")
        .containsExactly("1");
  }

  @Test
  void the_raw_stream_gives_it_in_todays_version() {
    String event = blockAt("events");
    assertThat(event)
        .contains("\"type\":\"run.cancel_requested\"", "\"version\":2")
        .contains("\"payload\":{\"reason\":\"too slow\",\"requestedBy\":\"owner\"}");
  }

  @Test
  void the_stream_for_the_ai_sdk_tells_it_and_ends() {
    assertThat(blockAt("ai-sdk")).contains("\"status\":\"canceling\"", "\"reason\":\"too slow\"");
    List<SseEvent> blocks = RunningService.read(service.address(), RUN, "ai-sdk");
    assertThat(blocks).extracting(SseEvent::data).anySatisfy(d -> assertThat(d).contains("abort"));
  }

  @Test
  void a_page_of_events_gives_it_as_the_stream_does() {
    Reply page =
        service.client().get("/internal/v1/runs/" + RUN + "/events?limit=1&after=" + (seq - 1));
    assertThat(page.body().get("events")).asString().contains("requestedBy", "owner");
  }

  @Test
  void the_export_carries_it_as_it_was_written_and_verifies() throws IOException {
    Path bundle = folder.resolve("run.ndjson");
    try (InputStream in =
        service.client().download("/internal/v1/runs/" + RUN + "/export").body()) {
      Files.copy(in, bundle);
    }
    assertThat(Files.readString(bundle, UTF_8))
        .contains("\"payload\":{\"reason\":\"too slow\"}")
        .contains("\"version\":1");
    assertThat(verify(bundle)).isZero();
    Files.writeString(bundle, Files.readString(bundle).replace("too slow", "too fast"));
    assertThat(verify(bundle)).isNotZero();
  }

  private static String blockAt(String format) {
    return RunningService.read(service.address(), RUN, format).stream()
        .filter(block -> String.valueOf(seq).equals(block.id()))
        .map(block -> Objects.requireNonNull(block.data()))
        .findFirst()
        .orElseThrow();
  }

  private static int verify(Path bundle) {
    return Commands.execute(Map.of(), "run", "verify", bundle.toString());
  }
}
