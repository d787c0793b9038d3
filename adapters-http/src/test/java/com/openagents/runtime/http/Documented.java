package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.openapi.Describing;
import com.openagents.runtime.http.openapi.OpenApi;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Holds answers against the OpenAPI document of the service that gave them.
final class Documented {

  private static final Map<Service, Documented> KNOWN = new ConcurrentHashMap<>();

  private final Json.Obj document;
  private final Map<Json, Schema> schemas = new ConcurrentHashMap<>();
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private Documented(Json.Obj document) {
    this.document = document;
  }

  static Documented of(Service service) {
    return KNOWN.computeIfAbsent(
        service,
        given -> new Documented(OpenApi.document(Describing.with(given.routes(), "test"), "test")));
  }

  void check(String method, String target, Reply reply) {
    Json.Obj form =
        operation(method, target)
            .map(operation -> response(operation, reply.status()))
            .orElseGet(this::problem);
    Json.Obj content = child(form, "content");
    String type = reply.header("Content-Type");
    if (content.fields().isEmpty()) {
      assertThat(reply.text()).as("%s %s", method, target).isEmpty();
      return;
    }
    assertThat(content.fields().keySet())
        .as("content type of %d for %s %s", reply.status(), method, target)
        .anyMatch(type::startsWith);
    if (type.startsWith("application/json")) {
      Json.Obj schema = child(child(content, "application/json"), "schema");
      assertThat(
              schema(schema)
                  .validate(
                      reply.text(),
                      InputFormat.JSON,
                      context -> context.executionConfig(c -> c.formatAssertionsEnabled(true))))
          .as("%d for %s %s: %s", reply.status(), method, target, reply.text())
          .isEmpty();
    }
  }

  private Optional<Json.Obj> operation(String method, String target) {
    String path = target.replaceFirst("\\?.*", "");
    for (var entry : child(document, "paths").fields().entrySet()) {
      Json.Obj operations = (Json.Obj) entry.getValue();
      Json operation = operations.get(method.toLowerCase(Locale.ROOT));
      String template = entry.getKey().replaceAll("\\{[^}]*\\}", "\\\\E[^/]+\\\\Q");
      if (operation != null && Pattern.matches("\\Q" + template + "\\E", path)) {
        return Optional.of((Json.Obj) operation);
      }
    }
    return Optional.empty();
  }

  private static Json.Obj response(Json.Obj operation, int status) {
    Json.Obj responses = child(operation, "responses");
    Json own = responses.get(Integer.toString(status));
    if (own == null) {
      assertThat(status).as("a success that is not documented").isGreaterThanOrEqualTo(400);
    }
    return own == null ? child(responses, "default") : (Json.Obj) own;
  }

  /// What is said where there is no call.
  private Json.Obj problem() {
    Json.Obj reference = Json.object().put("$ref", "#/components/schemas/ErrorResponse").build();
    Json.Obj json = Json.object().put("schema", reference).build();
    return Json.object()
        .put("content", Json.object().put("application/json", json).build())
        .build();
  }

  private Schema schema(Json.Obj schema) {
    return schemas.computeIfAbsent(
        schema,
        _ -> {
          Json schemas = child(document, "components").get("schemas");
          Json.Builder whole = Json.object().put("$defs", schemas);
          schema.fields().forEach(whole::put);
          return registry.getSchema(
              CanonicalJson.write(whole.build()).replace("#/components/schemas/", "#/$defs/"));
        });
  }

  private static Json.Obj child(Json.Obj parent, String name) {
    return parent.get(name) instanceof Json.Obj child ? child : Json.Obj.EMPTY;
  }
}
