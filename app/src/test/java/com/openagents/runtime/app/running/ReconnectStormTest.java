package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.app.wiring.Parts;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.SseEvent;
import com.openagents.runtime.identity.RunId;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The readers of a node that died all come to the next one, whose database takes its time.
@Tag("G6")
@Tag("scenario-18")
class ReconnectStormTest {

  private static final int READERS = 300;
  private static final int WAITING_MAX = 200;
  private static final int READING_MAX = 4;

  @TempDir private Path folder = Path.of("");
  private final HeldReads reads = new HeldReads();
  private final HttpClient http = HttpClient.newHttpClient();
  private RunningService service;

  @BeforeEach
  void start() {
    service =
        RunningService.in(
            folder,
            Map.of("OA_MAX_OPENING", Integer.toString(WAITING_MAX)),
            new Parts(AgentPrograms.builtIn(), reads::watch));
  }

  @AfterEach
  void stop() {
    reads.release();
    http.shutdownNow();
    service.close();
  }

  @Test
  void a_rush_of_readers_stops_neither_runs_nor_those_who_read_already() {
    RunId run = session();
    Queue<SseEvent> seen = follow(run);
    List<RunId> others = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      others.add(session());
    }
    reads.hold(HeldReads.OF_A_LOG);
    List<CompletableFuture<HttpResponse<InputStream>>> rush = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      rush.add(open(i % 2 == 0 ? run : others.get(i % others.size())));
    }
    RunningService.await(() -> answered(rush, 503) >= READERS - WAITING_MAX);
    RunningService.await(() -> reads.held() == READING_MAX);

    assertThat(service.client().send(run, RunningService.frame("f-2", "are you there")).status())
        .isEqualTo(202);
    RunningService.await(() -> telling(seen, "are you there") > 0);
    RunningService.await(() -> telling(seen, "\"message.completed\"") == 2);
    assertThat(service.client().get("/internal/v1/runs?limit=5").status()).isEqualTo(200);
    assertThat(reads.held()).isEqualTo(READING_MAX);

    reads.release();
    RunningService.await(() -> rush.stream().allMatch(CompletableFuture::isDone));
    assertThat(rush)
        .extracting(CompletableFuture::join)
        .allSatisfy(ReconnectStormTest::isServedOrToldWhenToComeBack);
    assertThat(open(run).join().statusCode()).isEqualTo(200);
    assertThat(
            Scrape.of(service.client())
                .value("runtime_refused_total", "call", "stream", "limit", "streams_opening"))
        .isEqualTo((double) answered(rush, 503));
  }

  @Test
  void a_start_that_is_repeated_into_a_rush_is_told_when_to_come_back() {
    RunId run = session();
    RunId elsewhere = new RunId(UUID.randomUUID());
    Json.Obj start = RunningService.request(elsewhere, "echo").put("lifecycle", "session").build();
    assertThat(RunningService.client(service.node(Map.of()).address()).start(start).status())
        .isEqualTo(202);
    reads.hold(HeldReads.OF_A_HEAD);
    List<CompletableFuture<HttpResponse<InputStream>>> rush = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      rush.add(open(run));
    }
    RunningService.await(() -> answered(rush, 503) == READERS - WAITING_MAX);

    HttpResponse<InputStream> repeated = begin(start).join();
    isServedOrToldWhenToComeBack(repeated);
    assertThat(repeated.statusCode()).isEqualTo(503);
    Json.Obj fresh = RunningService.request(new RunId(UUID.randomUUID()), "echo").build();
    assertThat(begin(fresh).join().statusCode()).isEqualTo(200);
    reads.release();
    RunningService.await(() -> rush.stream().allMatch(CompletableFuture::isDone));
    assertThat(begin(start).join().statusCode()).isEqualTo(200);
  }

  private static void isServedOrToldWhenToComeBack(HttpResponse<InputStream> answer) {
    assertThat(answer.statusCode()).isIn(200, 503);
    if (answer.statusCode() == 503) {
      assertThat(answer.headers().firstValueAsLong("Retry-After")).isPresent();
    }
  }

  private static long telling(Queue<SseEvent> seen, String what) {
    return seen.stream().filter(event -> String.valueOf(event.data()).contains(what)).count();
  }

  private static long answered(
      List<CompletableFuture<HttpResponse<InputStream>>> rush, int status) {
    return rush.stream().filter(a -> a.isDone() && a.join().statusCode() == status).count();
  }

  private CompletableFuture<HttpResponse<InputStream>> open(RunId run) {
    URI target =
        service.address().resolve("/internal/v1/runs/" + run + "/stream?format=ai-sdk&cursor=3");
    return http.sendAsync(HttpRequest.newBuilder(target).build(), BodyHandlers.ofInputStream());
  }

  /// Starts a run and asks for its stream.
  private CompletableFuture<HttpResponse<InputStream>> begin(Json.Obj start) {
    HttpRequest request =
        HttpRequest.newBuilder(service.address().resolve("/internal/v1/runs"))
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(BodyPublishers.ofString(CanonicalJson.write(start)))
            .build();
    return http.sendAsync(request, BodyHandlers.ofInputStream());
  }

  /// Begins to read a run and returns when the reader has all that there is.
  private Queue<SseEvent> follow(RunId run) {
    Queue<SseEvent> seen = new ConcurrentLinkedQueue<>();
    Thread.ofVirtual()
        .start(() -> RunningService.follow(service.address(), run, "events", seen::add));
    RunningService.await(() -> telling(seen, "\"run.waiting\"") > 0);
    return seen;
  }

  private RunId session() {
    RunId run = new RunId(UUID.randomUUID());
    service.start(
        RunningService.request(run, "echo")
            .put("lifecycle", "session")
            .put("firstFrame", RunningService.frame("f-1", "hello"))
            .build());
    service.awaitStatus(run, "waiting");
    return run;
  }
}
