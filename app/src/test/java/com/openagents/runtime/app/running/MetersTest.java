package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.wiring.Parts;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a node counts, and the page that explains it.
class MetersTest {

  private static final Path PAGE = Path.of("..", "docs", "metrics.md");

  /// Many of them appear with the first sink.
  private static final String OF_PROJECTIONS = "| `runtime_projection_";

  @TempDir private Path folder = Path.of("");
  private final Programs programs = new Programs();
  private RunningService service;

  @BeforeEach
  void start() {
    service =
        RunningService.in(
            folder,
            Map.of("OA_MAX_STREAMS", "1", "OA_MAX_QUEUED_PER_RUN", "77", "OA_MAX_OPENING", "78"),
            new Parts(programs.all(), UnaryOperator.identity()));
  }

  @AfterEach
  void stop() {
    programs.decide();
    service.close();
  }

  @Test
  void a_node_counts_what_it_did_and_the_page_names_every_meter() throws Exception {
    carryOut();
    RunId crashing = start("crashing");
    RunId slow = start("slow");
    RunningService.await(() -> scrape().value("runtime_executing") >= 1);
    RunningService.await(() -> scrape().value("runtime_restarts_total", "reason", "failed") >= 1);
    RunningService.await(() -> scrape().value("runtime_turn_age_seconds") > 0);
    service.client().send(slow, RunningService.frame("f-2", "are you there?"));
    RunningService.await(() -> scrape().value("runtime_mailbox_depth") == 1);
    refuseAStream(slow);
    service.client().cancel(crashing, null);

    assertThat(scrape().value("runtime_restarts_total", "reason", "silent")).isZero();
    assertThat(scrape().value("runtime_carriers_delay_seconds")).isBetween(0.0, 60.0);
    limits(scrape());
    page(scrape());
  }

  /// One run to its end, alone, so that it can be counted.
  private void carryOut() {
    RunId run = start("echo");
    service.awaitStatus(run, "completed");
    RunningService.await(() -> scrape().value("runtime_executing") == 0);
    Scrape scrape = scrape();
    int events = Integer.parseInt(service.sql("select count(*) from runtime.events").getFirst());
    assertThat(scrape.value("runtime_events_total")).isEqualTo(events);
    assertThat(scrape.value("runtime_frames_total", "outcome", "written")).isOne();
    assertThat(lease(scrape, "acquire")).isOne();
    assertThat(lease(scrape, "release")).isOne();
    double appends = scrape.value("runtime_appends_total", "outcome", "written");
    assertThat(appends).isBetween(3.0, (double) events);
    RunningService.await(() -> eachAppendIsInABatch(scrape()));
    assertThat(scrape.value("runtime_load_pool_wait_seconds")).isNotNegative();
    assertThat(
            scrape.value(
                "runtime_http_requests_seconds_count",
                "route",
                "POST /internal/v1/runs",
                "status",
                "2xx"))
        .isOne();
  }

  /// Batches are counted after their callers are answered, and hold what is refused too.
  private static boolean eachAppendIsInABatch(Scrape scrape) {
    double appends = scrape.total("runtime_appends_total");
    double batches = scrape.value("runtime_append_batch_count");
    return scrape.value("runtime_append_batch_sum") == appends
        && scrape.value("runtime_append_seconds_count") == appends
        && 1 <= batches
        && batches <= appends;
  }

  private static double lease(Scrape scrape, String change) {
    return scrape.value("runtime_leases_total", "change", change, "outcome", "written");
  }

  private void refuseAStream(RunId run) throws IOException {
    String target = "/internal/v1/runs/" + run + "/stream";
    HttpResponse<InputStream> open = service.client().download(target);
    try (InputStream body = open.body()) {
      assertThat(body.read()).isPositive();
      assertThat(scrape().value("runtime_streams")).isOne();
      HttpResponse<InputStream> second = service.client().download(target);
      second.body().close();
      assertThat(second.statusCode()).isEqualTo(503);
    }
    assertThat(scrape().value("runtime_refused_total", "call", "stream", "limit", "streams"))
        .isOne();
  }

  private static void limits(Scrape scrape) {
    assertThat(scrape.value("runtime_limit", "limit", "streams")).isEqualTo(1);
    assertThat(scrape.value("runtime_limit", "limit", "connections")).isEqualTo(2001);
    assertThat(scrape.value("runtime_limit", "limit", "queued_frames_per_run")).isEqualTo(77);
    assertThat(scrape.value("runtime_limit", "limit", "streams_opening")).isEqualTo(78);
    assertThat(scrape.value("runtime_limit", "limit", "bodies_bytes"))
        .isFinite()
        .isGreaterThan(1 << 20);
  }

  private static void page(Scrape scrape) throws IOException {
    List<String> rows =
        Files.readString(PAGE).lines().filter(line -> line.startsWith("| `")).toList();
    assertThat(rows).containsAll(scrape.rows());
    assertThat(rows.stream().filter(row -> !row.startsWith(OF_PROJECTIONS)))
        .containsExactlyElementsOf(
            scrape.rows().stream().filter(row -> !row.startsWith(OF_PROJECTIONS)).toList());
  }

  private Scrape scrape() {
    return Scrape.of(service.client());
  }

  private RunId start(String agent) {
    RunId run = new RunId(UUID.randomUUID());
    service.start(
        RunningService.request(run, agent)
            .put("firstFrame", RunningService.frame("f-1", "hello"))
            .build());
    return run;
  }
}
