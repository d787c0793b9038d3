package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Route;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The document of the API has every call and no other.
class ApiDocumentTest {

  private static Service service;
  private static Reply document;

  @BeforeAll
  static void start() {
    service = new Service(Service.Settings.SIGNED);
    document = service.unsigned().get("/openapi.json");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void every_call_is_documented_and_no_other() {
    List<String> documented = new ArrayList<>();
    ((Json.Obj) document.at("paths"))
        .fields()
        .forEach((path, operations) ->
            ((Json.Obj) operations)
                .fields()
                .keySet()
                .forEach(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    List<String> served =
        new ArrayList<>(
            service.routes().stream().map(route -> route.method() + " " + route.path()).toList());
    served.addAll(List.of("GET /openapi.json", "GET /docs"));

    assertThat(documented).containsExactlyInAnyOrderElementsOf(served);
    assertThat(documented)
        .contains(
            "POST /internal/v1/runs",
            "POST /internal/v1/runs/{runId}/frames",
            "GET /internal/v1/runs/{runId}/stream",
            "POST /internal/v1/runs/{runId}/cancel",
            "GET /internal/v1/runs/{runId}",
            "GET /internal/v1/runs/{runId}/events",
            "GET /internal/v1/runs/{runId}/diagnosis",
            "GET /internal/v1/runs/{runId}/export",
            "POST /internal/v1/runs/verify",
            "GET /internal/v1/runs",
            "GET /internal/v1/threads/{threadId}/state",
            "GET /internal/v1/threads/{threadId}/stream",
            "GET /internal/v1/processes",
            "GET /internal/v1/nodes",
            "GET /internal/v1/audit",
            "GET /health/live",
            "GET /health/ready",
            "GET /metrics");
  }

  @Test
  void every_documented_call_is_served() {
    ((Json.Obj) document.at("paths"))
        .fields()
        .forEach((path, operations) -> {
          for (String method : ((Json.Obj) operations).fields().keySet()) {
            String target =
                path.replace("{runId}", Started.runId(1).toString())
                    .replace("{seq}", "1")
                    .replace("{threadId}", "t")
                    .replace("{number}", "1")
                    .replace("{sink}", TestProjections.SINK)
                    .replace("{stream}", TestProjections.STAYING);
            Reply reply = service.unsigned().send(method.toUpperCase(Locale.ROOT), target, null);
            assertThat(reply.status()).as("%s %s", method, path).isIn(200, 401);
          }
        });
  }

  @Test
  void every_status_that_a_call_may_answer_with_is_documented_and_no_other() {
    assertThat(statuses("/internal/v1/runs/{runId}/stream", "get"))
        .containsExactly(
            "200", "204", "400", "401", "403", "404", "406", "410", "414", "431", "500", "503");
    assertThat(statuses("/internal/v1/runs/{runId}/frames", "post"))
        .containsExactly(
            "200", "202", "400", "401", "403", "404", "406", "408", "409", "413", "414", "415",
            "422", "429", "431", "500", "503");
    assertThat(statuses("/health/live", "get"))
        .containsExactly("200", "400", "403", "414", "431", "500");
    assertThat(
            document.at(
                "paths",
                "/internal/v1/runs/{runId}/stream",
                "get",
                "responses",
                "400",
                "content",
                "application/json",
                "schema",
                "properties",
                "error",
                "properties",
                "code",
                "enum"))
        .isEqualTo(Json.array(List.of(Json.of("invalid_request"), Json.of("cursor_ahead"))));
  }

  @Test
  void a_start_is_documented_with_its_stream() {
    Json.Obj said =
        (Json.Obj) document.at("paths", "/internal/v1/runs", "post", "responses", "200", "content");
    Json.Obj headers =
        (Json.Obj) document.at("paths", "/internal/v1/runs", "post", "responses", "200", "headers");

    assertThat(said.fields().keySet())
        .containsExactly("application/json", "application/x-protobuf", "text/event-stream");
    assertThat(headers.fields().keySet())
        .containsExactly("Content-Location", "X-OA-IDEMPOTENT-REPLAY", "X-Request-Id");
    assertThat(statuses("/internal/v1/runs", "post"))
        .containsExactly(
            "200", "202", "400", "401", "403", "404", "406", "408", "409", "413", "414", "415",
            "422", "431", "500", "503");
  }

  private static Set<String> statuses(String path, String method) {
    return ((Json.Obj) document.at("paths", path, method, "responses")).fields().keySet();
  }

  @Test
  void every_call_names_the_headers_that_say_who_calls_and_what_for() {
    List<String> traced = List.of("traceparent", "tracestate", "X-Request-Id");
    List<String> signed = new ArrayList<>(List.of("X-OA-USER-ID", "X-OA-GUEST-SCOPE"));
    signed.addAll(traced);

    for (Route route : service.routes()) {
      String method = route.method().name().toLowerCase(Locale.ROOT);
      Json parameters = document.at("paths", route.path(), method, "parameters");
      assertThat(
              ((Json.Arr) parameters)
                  .items().stream()
                      .map(parameter -> ((Json.Obj) parameter).get("$ref"))
                      .filter(Objects::nonNull)
                      .map(reference -> ((Json.Str) reference).value())
                      .map(reference -> reference.replace("#/components/parameters/", ""))
                      .filter(name -> !name.equals("Last-Event-ID")))
          .as("%s", route.path())
          .isEqualTo(route.guard().signed() ? signed : traced);
      assertThat(document.string("paths", route.path(), method, "description"))
          .isEqualTo(route.guard().whom());
    }
    assertThat(((Json.Obj) document.at("components", "parameters")).fields().keySet())
        .containsExactlyInAnyOrder(
            "X-OA-USER-ID",
            "X-OA-GUEST-SCOPE",
            "traceparent",
            "tracestate",
            "X-Request-Id",
            "Last-Event-ID");
  }

  @Test
  void a_signature_is_asked_for_alone_or_beside_an_identity() {
    Json none = Json.array(List.of());
    Json signed = Json.object().put("signature", none).build();
    Json identified = Json.object().put("signature", none).put("identity", none).build();

    assertThat(security("/internal/v1/runs")).containsExactly(signed, identified);
    assertThat(security("/metrics")).containsExactly(Json.Obj.EMPTY, signed, identified);
    assertThat(security("/health/live")).isEmpty();
    assertThat(document.string("components", "securitySchemes", "identity", "scheme"))
        .isEqualTo("bearer");
  }

  private static List<Json> security(String path) {
    return ((Json.Arr) document.at("paths", path, "get", "security")).items();
  }

  @Test
  void it_is_an_openapi_document_by_the_schema_of_openapi(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("openapi.json"), document.text());
    ProcessBuilder builder =
        new ProcessBuilder("bash", "src/test/node/run", "openapi.mjs").redirectErrorStream(true);
    builder.environment().put("OA_OPENAPI", file.toString());
    Process process = builder.start();

    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).containsPattern("pass 2");
  }

  @Test
  void operations_have_names_of_their_own() {
    List<String> names = new ArrayList<>();
    for (Json operations : ((Json.Obj) document.at("paths")).fields().values()) {
      for (Json operation : ((Json.Obj) operations).fields().values()) {
        names.add(String.valueOf(((Json.Obj) operation).get("operationId")));
      }
    }

    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(15);
  }

  @Test
  void every_reference_leads_to_a_schema() {
    var references = Pattern.compile("#/components/schemas/([A-Za-z]+)").matcher(document.text());
    Json.Obj schemas = (Json.Obj) document.at("components", "schemas");

    assertThat(references.results().map(found -> found.group(1)))
        .isNotEmpty()
        .allMatch(name -> schemas.get(name) != null);
    assertThat(document.string("openapi")).startsWith("3.1");
  }

  @Test
  void the_body_of_a_start_is_documented_with_its_constraints() {
    assertThat(
            document.string(
                "components", "schemas", "StartRunRequest", "properties", "threadId", "pattern"))
        .isEqualTo("^(?:[!-~]{1,128})$");
    assertThat(document.at("components", "schemas", "StartRunRequest", "required"))
        .isEqualTo(
            Json.array(List.of(Json.of("runId"), Json.of("threadId"), Json.of("toolPolicy"))));
  }

  @Test
  void the_page_to_read_it_on_has_every_call_and_runs_nothing() {
    Reply page = service.unsigned().get("/docs");

    assertThat(page.text()).contains("POST /internal/v1/runs").doesNotContain("<script");
    assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
  }
}
