package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.wiring.Parts;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.seal.Ed25519;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What an operator sets is what the running service does; each line of the table shows what a
/// caller notices of one setting. Times and the bound of openings: `LimitsTest` and
/// [ReconnectStormTest]; identities: [ServiceIdentityTest].
class SettingsTakeEffectTest {

  private static final String ORIGIN = "https://app.example.com";
  private static final int TRIES_MAX = 30;
  private static final int EXECUTING_MAX = 3;
  private static final List<RunId> BUSY = new ArrayList<>();

  private static final Map<String, String> SET =
      Map.ofEntries(
          Map.entry("OA_MAX_EVENTS", "40"),
          Map.entry("OA_MAX_BODY", "2KiB"),
          Map.entry("OA_MAX_STREAMS", "2"),
          Map.entry("OA_MAX_EXECUTING", Integer.toString(EXECUTING_MAX)),
          Map.entry("OA_MAX_QUEUED_PER_RUN", "4"),
          Map.entry("OA_MAX_QUEUED", "20"),
          Map.entry("OA_OVERLOAD_POOL_WAIT", "21s"),
          Map.entry("OA_OVERLOAD_APPEND", "22s"),
          Map.entry("OA_OVERLOAD_MAILBOX_AGE", "23m"),
          Map.entry("OA_CORS_ORIGINS", ORIGIN),
          Map.entry("OA_METRICS_PUBLIC", "true"),
          Map.entry("OA_SEAL_KEY", "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA"),
          Map.entry("OA_TURN_DEADLINE", "8s"),
          Map.entry("OA_LEASE_TTL", "2s"));

  @TempDir private static Path folder = Path.of("");
  private static final Programs PROGRAMS = new Programs();
  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.in(folder, SET, new Parts(PROGRAMS.all(), UnaryOperator.identity()));
  }

  @AfterAll
  static void stop() {
    PROGRAMS.decide();
    service.close();
  }

  /// Those that leave the node busy come last.
  static Stream<Arguments> table() {
    return Stream.of(
        line("OA_MAX_BODY", SettingsTakeEffectTest::aLargerBodyIsRefused),
        line("OA_CORS_ORIGINS", SettingsTakeEffectTest::pagesOfTheOriginReadAnswers),
        line("OA_METRICS_PUBLIC", SettingsTakeEffectTest::metersAreForEverybody),
        line("OA_SEAL_KEY", SettingsTakeEffectTest::bundlesAreSealedByTheKey),
        line("OA_MIGRATE_ON_START", SettingsTakeEffectTest::aSchemaStaysAsItIs),
        line("OA_MAX_EVENTS", SettingsTakeEffectTest::aLongerRunFails),
        line("OA_MAX_STREAMS", SettingsTakeEffectTest::furtherStreamsAreRefused),
        line("OA_MAX_EXECUTING", SettingsTakeEffectTest::furtherRunsAreRefused),
        line("OA_MAX_QUEUED_PER_RUN", SettingsTakeEffectTest::furtherFramesAreRefused),
        line("OA_TURN_DEADLINE", SettingsTakeEffectTest::aLongerTurnLosesItsExecutor));
  }

  /// What these do shows only under load: `AdmissionTest`.
  @ParameterizedTest
  @CsvSource({
    "OA_MAX_QUEUED, queued_frames, 20",
    "OA_OVERLOAD_POOL_WAIT, pool_wait, 21",
    "OA_OVERLOAD_APPEND, append_latency, 22",
    "OA_OVERLOAD_MAILBOX_AGE, mailbox_age, 1380"
  })
  void the_gauge_of_a_bound_tells_what_is_set(String ignored, String limit, double value) {
    assertThat(scrape().value("runtime_limit", "limit", limit)).isEqualTo(value);
  }

  private static Arguments line(String setting, Executable effect) {
    return Arguments.of(setting, effect);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void what_is_set_is_what_happens(String ignored, Executable effect) throws Throwable {
    effect.execute();
  }

  private static void aLargerBodyIsRefused() {
    Json.Builder request = RunningService.request(new RunId(UUID.randomUUID()), "echo");
    Json.Obj frame = RunningService.frame("f-1", "x".repeat(3 << 10));
    assertThat(service.client().start(request.put("firstFrame", frame).build()).status())
        .isEqualTo(413);
  }

  private static void pagesOfTheOriginReadAnswers() throws Exception {
    assertThat(allowed(ORIGIN)).isEqualTo(ORIGIN);
    assertThat(allowed("https://other.example.com")).isEmpty();
  }

  private static String allowed(String origin) throws IOException, InterruptedException {
    URI target = service.address().resolve("/health/live");
    HttpRequest request = HttpRequest.newBuilder(target).header("Origin", origin).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.discarding())
          .headers()
          .firstValue("Access-Control-Allow-Origin")
          .orElse("");
    }
  }

  /// A caller on the same machine reads meters either way, so the description of the API tells.
  private static void metersAreForEverybody() {
    @Nullable Json found = service.client().get("/openapi.json").body();
    for (String name : List.of("paths", "/metrics", "get", "description")) {
      found = found instanceof Json.Obj object ? object.get(name) : null;
    }
    assertThat(found).isEqualTo(Json.of(Guard.PUBLIC.whom()));
  }

  private static void bundlesAreSealedByTheKey() throws IOException {
    RunId run = start("echo", "turn");
    service.awaitStatus(run, "completed");
    String bundle = text(service.client().download("/internal/v1/runs/" + run + "/export"));
    var key = Settings.read(SET).find(Catalog.SEAL_KEY).orElseThrow();
    assertThat(bundle).contains(Ed25519.signer(key).keyId());
  }

  /// A schema that lacks all migrations but the first, as far as it knows.
  private static void aSchemaStaysAsItIs() {
    service.sql("create table runtime.kept as select * from runtime.schema_history");
    service.sql("delete from runtime.schema_history where installed_rank > 1");
    service.node(Map.of("OA_MIGRATE_ON_START", "false"));
    assertThat(service.sql("select max(installed_rank) from runtime.schema_history"))
        .containsExactly("1");
    service.sql(
        "insert into runtime.schema_history select * from runtime.kept where installed_rank > 1");
    service.sql("drop table runtime.kept");
  }

  private static void aLongerRunFails() {
    RunId run = start("echo", "session");
    RunningService.await(() -> {
      service.client().send(run, RunningService.frame("more-" + UUID.randomUUID(), "more"));
      return has(run, "failed");
    });
    assertThat(service.sql("select last_seq from runtime.runs where run_id = ?", run.value()))
        .allMatch(seq -> Long.parseLong(seq) <= 50);
  }

  private static boolean has(RunId run, String status) {
    return Json.of(status).equals(service.client().run(run).body().get("status"));
  }

  private static void furtherStreamsAreRefused() throws IOException {
    RunId run = start("echo", "session");
    String target = "/internal/v1/runs/" + run + "/stream";
    try (InputStream first = service.client().download(target).body();
        InputStream second = service.client().download(target).body()) {
      assertThat(first.read()).isPositive();
      assertThat(second.read()).isPositive();
      HttpResponse<InputStream> third = service.client().download(target);
      third.body().close();
      assertThat(third.statusCode()).isEqualTo(503);
    }
  }

  private static void furtherRunsAreRefused() {
    for (int running = 0; running < EXECUTING_MAX; running++) {
      double before = running;
      RunningService.await(() -> scrape().value("runtime_executing") == before);
      BUSY.add(start("slow", "session"));
    }
    RunningService.await(() -> scrape().value("runtime_executing") == EXECUTING_MAX);
    RunId further = new RunId(UUID.randomUUID());
    assertThat(service.client().start(request(further, "slow", "turn")).status()).isEqualTo(503);
    assertThat(scrape().value("runtime_refused_total", "call", "start", "limit", "executing"))
        .isOne();
  }

  private static void furtherFramesAreRefused() {
    int status = 202;
    for (int i = 0; i < TRIES_MAX && status == 202; i++) {
      Json.Obj frame = RunningService.frame("further-" + i, "more");
      status = service.client().send(BUSY.getFirst(), frame).status();
    }
    assertThat(status).isEqualTo(429);
    assertThat(
            scrape()
                .value("runtime_refused_total", "call", "frame", "limit", "queued_frames_per_run"))
        .isOne();
  }

  private static void aLongerTurnLosesItsExecutor() {
    String events = "/internal/v1/runs/" + BUSY.getFirst() + "/events";
    RunningService.await(
        () -> service.client().get(events).body().toString().contains("run.executor_lost"));
  }

  private static RunId start(String agent, String lifecycle) {
    RunId run = new RunId(UUID.randomUUID());
    service.start(request(run, agent, lifecycle));
    return run;
  }

  private static Json.Obj request(RunId run, String agent, String lifecycle) {
    return RunningService.request(run, agent)
        .put("lifecycle", lifecycle)
        .put("firstFrame", RunningService.frame("f-1", "hello"))
        .build();
  }

  private static Scrape scrape() {
    return Scrape.of(service.client());
  }

  private static String text(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = response.body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
