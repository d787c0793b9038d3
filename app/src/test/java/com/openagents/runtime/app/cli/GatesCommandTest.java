package com.openagents.runtime.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.running.Mirror;
import com.openagents.runtime.app.running.Mirror.Answer;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The gates as an operator goes through them: of a service and a deployment that are sound, and
/// that are not so in one respect.
@Tag("G14")
class GatesCommandTest {

  private static final String PROJECTIONS = ShownService.PROJECTIONS;

  @TempDir private static Path folder = Path.of("");
  private static ShownService shown;
  private static Mirror convex;
  private static Mirror service;
  private static RunId earlier;

  @BeforeAll
  static void start() throws IOException {
    shown = ShownService.in(folder);
    convex = shown.convex();
    service = new Mirror(shown.service().address());
    earlier = shown.service().carryOut();
  }

  @AfterAll
  static void stop() {
    service.close();
    shown.close();
  }

  @BeforeEach
  void sound() {
    service.tellTheTruth();
    convex.tellTheTruth();
    RunningService.await(shown::isSound);
  }

  private static Shell.Result gates(String... options) {
    List<String> line = new ArrayList<>(List.of("gates", "--url", service.address().toString()));
    line.addAll(List.of(options));
    return Shell.run(
        Map.of("OA_CONVEX_URL", convex.address().toString()), line.toArray(String[]::new));
  }

  private static List<String> failures(Shell.Result result) {
    return result.output().lines().filter(line -> line.startsWith("failure ")).toList();
  }

  @Test
  void of_a_sound_service_every_gate_holds() {
    Shell.Result result = gates();

    assertThat(result.errors()).isEmpty();
    assertThat(result.output().lines())
        .hasSize(12)
        .allMatch(line -> line.startsWith("ok       G"))
        .anyMatch(line -> line.matches("ok +G1 deployment +http.* answers /version with 200 .*"))
        .anyMatch(line -> line.matches("ok +G2 documents +the newest runs .*\"convex\":.* lag 0"))
        .anyMatch(line -> line.matches("ok +G2 documents .*from the log: done, 0 documents differ"))
        .anyMatch(line -> line.matches("ok +G3 clients +its user sees the run as completed"))
        .anyMatch(line -> line.matches("ok +G3 clients +another user sees of it: .*null.*"))
        .anyMatch(line -> line.matches("ok +G3 clients +a client is refused by each of .* 11 .*"))
        .anyMatch(line -> line.matches("ok +G3 clients +none of 11 functions of the admin.*"));
    assertThat(result.status()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void programs_read_the_same() {
    Shell.Result result = gates("--json");

    Json.Obj report = (Json.Obj) JsonReader.read(result.output());
    assertThat(report.get("hold")).isEqualTo(Json.TRUE);
    assertThat(report.get("gates") instanceof Json.Arr(var gates) ? gates : List.<Json>of())
        .hasSize(12)
        .allSatisfy(gate -> {
          assertThat(((Json.Obj) gate).fields()).containsOnlyKeys("verdict", "gate", "evidence");
          assertThat(((Json.Obj) gate).get("verdict")).isEqualTo(Json.of("ok"));
        });
    assertThat(result.status()).isEqualTo(ExitCode.DONE);
  }

  /// One thing that is not so.
  ///
  /// @param told what the line of the gate says of it
  record Falsehood(String name, Runnable begin, Runnable end, String gate, String told) {
    Falsehood(String name, Runnable begin, String gate, String told) {
      this(name, begin, () -> {}, gate, told);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static UnaryOperator<Answer> refused(String code) {
    return _ ->
        new Answer(503, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"as ordered\"}}");
  }

  /// What is found at once: several at a time, each by its own line.
  static Stream<List<Falsehood>> plain() {
    return Stream.of(
        List.of(
            new Falsehood(
                "documents say something else than the log",
                () ->
                    service.lie(
                        PROJECTIONS + "/rebuilds/",
                        a -> a.saying("\"differing\":0", "\"differing\":3")),
                "G2 documents",
                "the run told again from the log: done, 3 documents differ"),
            new Falsehood(
                "something else answers",
                () -> convex.lie("GET /version ", _ -> new Answer(404, "what?")),
                "G1 deployment",
                "answers /version with 404 what?"),
            new Falsehood(
                "an instance that everybody knows",
                () -> convex.lie("GET /instance_name ", _ -> new Answer(200, "carnitas")),
                "G1 deployment",
                "/instance_name is answered with 200 carnitas"),
            new Falsehood(
                "no sink",
                () ->
                    service.lie("GET " + PROJECTIONS + " ", _ -> new Answer(200, "{\"sinks\":[]}")),
                "G1 deployment",
                "there is no sink: set OA_SINKS=convex"),
            new Falsehood(
                "a client that does not see its own",
                () -> convex.lie("runs:get", _ -> new Answer(200, "{\"value\":null}")),
                "G3 clients",
                "its user sees the run so: {\"value\":null}")),
        List.of(
            new Falsehood(
                "an instance that does not say which it is",
                () -> convex.lie("GET /instance_name ", _ -> new Answer(500, "")),
                "G1 deployment",
                "/instance_name is answered with 500"),
            new Falsehood(
                "no word of the sinks",
                () -> service.lie("GET " + PROJECTIONS + " ", refused("overloaded")),
                "G1 deployment",
                "overloaded: as ordered"),
            new Falsehood(
                "a run that is shown as it was before its end",
                () -> convex.lie("runs:get", a -> a.saying("\"completed\"", "\"running\"")),
                "G3 clients",
                "its user sees the run so: "),
            new Falsehood(
                "a client that sees another's",
                GatesCommandTest::confuse,
                "G3 clients",
                "another user sees of it: {\"status\":\"success\",\"value\":{")),
        List.of(
            new Falsehood(
                "no tokens",
                () -> service.lie("/api/convex/token ", refused("not_configured")),
                "G3 clients",
                "/api/convex/token gives not_configured: as ordered")));
  }

  /// Functions of the writer that a client should not get at.
  static Stream<List<Falsehood>> unguarded() {
    return Stream.of(
        List.of(
            reached("writer:open", _ -> new Answer(200, "{\"status\":\"success\"}")),
            reached("writerInternal:sweep", a -> a.saying("\"status\"", "\"errorData\""))),
        List.of(
            reached("writer:apply", a -> a.saying("FORBIDDEN", "BOUNDS")),
            reached("writerInternal:version", _ -> new Answer(503, "{\"code\":\"Overloaded\"}"))));
  }

  private static Falsehood reached(String function, UnaryOperator<Answer> lie) {
    return new Falsehood(
        function,
        () -> convex.lie("\"path\":\"" + function + "\"}", lie),
        "G3 clients",
        ", but: " + function + " ");
  }

  /// Everybody gets the token of who asked first.
  private static void confuse() {
    Map<String, Answer> first = new ConcurrentHashMap<>();
    service.lie("/api/convex/token ", answer -> first.computeIfAbsent("asked first", _ -> answer));
  }

  @ParameterizedTest
  @MethodSource({"plain", "unguarded"})
  void what_is_not_so_is_told_by_its_gate_and_by_no_other(List<Falsehood> falsehoods) {
    falsehoods.forEach(falsehood -> falsehood.begin().run());
    Shell.Result result = gates();

    assertThat(failures(result)).hasSameSizeAs(falsehoods);
    assertTold(result, falsehoods);
  }

  private static void assertTold(Shell.Result result, List<Falsehood> falsehoods) {
    for (Falsehood falsehood : falsehoods) {
      assertThat(failures(result))
          .as(falsehood.name())
          .anySatisfy(line -> assertThat(line).contains(falsehood.gate(), falsehood.told()));
    }
    assertThat(result.status()).isEqualTo(ExitCode.FAILED);
  }

  /// What is waited for in vain.
  static Stream<List<Falsehood>> slow() {
    String run = "runtime/run_summary:" + earlier;
    return Stream.of(
        List.of(
            new Falsehood(
                "a run that is not taken",
                () -> service.lie("POST /internal/v1/runs ", refused("draining")),
                "G2 documents",
                ": draining: as ordered")),
        List.of(
            new Falsehood(
                "a run that does not end",
                () ->
                    service.lie(
                        "GET /internal/v1/runs/", a -> a.saying("\"completed\"", "\"running\"")),
                "G2 documents",
                "the run is running"),
            new Falsehood(
                "a document that somebody has changed",
                () -> changed(run, "running"),
                () -> changed(run, "completed"),
                "G2 documents",
                "found {\"convex\":{\"hash_mismatch\":1}}")),
        List.of(
            new Falsehood(
                "a deployment that is down",
                () -> shown.deployment().order("down", Json.object()),
                () -> shown.deployment().order("up", Json.object()),
                "G1 deployment",
                convex.address() + " does not answer: ")),
        List.of(
            new Falsehood(
                "a writer whose credential is not taken",
                () ->
                    convex.lie(
                        "\"path\":\"writer:apply\"",
                        _ -> new Answer(401, "{\"code\":\"InvalidAuthHeader\"}")),
                "G1 deployment",
                "unauthorized: the deployment answers 401 InvalidAuthHeader")),
        List.of(
            new Falsehood(
                "functions of another version",
                GatesCommandTest::deployOthers,
                "G1 deployment",
                "incompatible: the deployment runs functions 0.")));
  }

  private static void changed(String document, String status) {
    shown.deployment().tamper("runSummaries", document, Json.object().put("status", status));
  }

  /// The functions are looked at when a writer begins: so it begins again.
  private static void deployOthers() {
    convex.lie(
        "\"path\":\"writer:version\"", a -> a.saying("\"functions\":\"1.", "\"functions\":\"0."));
    shown
        .service()
        .sql(
            "update runtime.projection_writer set node = 'gone', epoch = epoch + 1,"
                + " expires_at = clock_timestamp()");
    shown.service().carryOut();
    RunningService.await(() -> shown.sink().get("trouble") != null);
  }

  @ParameterizedTest
  @MethodSource("slow")
  void what_does_not_come_to_be_is_told_when_the_wait_is_over(List<Falsehood> falsehoods) {
    falsehoods.forEach(falsehood -> falsehood.begin().run());
    try {
      assertTold(gates("--wait", "1s"), falsehoods);
    } finally {
      falsehoods.forEach(falsehood -> falsehood.end().run());
    }
  }

  @Test
  void without_a_deployment_or_a_listener_for_clients_the_gates_say_what_to_set() {
    Shell.Result none = Shell.run(Map.of(), "gates", "--url", service.address().toString());
    assertThat(failures(none)).singleElement().asString().contains("G1", "set OA_CONVEX_URL");
    assertThat(none.status()).isEqualTo(ExitCode.FAILED);
    Shell.Result alone = gates("--json", "--clients-url", "http://127.0.0.1:1");
    assertThat(alone.output())
        .contains("\"hold\":false")
        .contains("http://127.0.0.1:1\",\"gate\":\"G3 clients\",\"verdict\":\"failure\"");
    assertThat(alone.status()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void a_service_that_does_not_run_and_a_time_that_is_none_are_told_in_one_line() {
    Shell.Result silent = Shell.run(Map.of(), "gates", "--url", "http://127.0.0.1:1");
    assertThat(silent.errors()).startsWith("no runtime answers at ").hasLineCount(1);
    assertThat(silent.status()).isEqualTo(ExitCode.FAILED);
    Shell.Result odd = gates("--wait", "soon");
    assertThat(odd.errors()).contains("'soon': a time has the form 90s").hasLineCount(1);
    assertThat(odd.status()).isEqualTo(ExitCode.USAGE);
  }
}
