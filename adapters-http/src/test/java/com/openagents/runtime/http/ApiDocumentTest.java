package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
                path.replace("{runId}", Started.runId(1).toString()).replace("{threadId}", "t");
            Reply reply = service.unsigned().send(method.toUpperCase(Locale.ROOT), target, null);
            assertThat(reply.status()).as("%s %s", method, path).isIn(200, 401);
          }
        });
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
        .isEqualTo(Json.array(List.of(Json.of("runId"), Json.of("threadId"))));
  }

  @Test
  void the_page_to_read_it_on_has_every_call_and_runs_nothing() {
    Reply page = service.unsigned().get("/docs");

    assertThat(page.text()).contains("POST /internal/v1/runs").doesNotContain("<script");
    assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
  }
}
