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
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Holds answers against the OpenAPI document of the service that gave them: what the document does
/// not name for a call is a mistake in one of the two.
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

  /// An answer, or the beginning of one.
  ///
  /// @param header the value of a header, empty when there is none
  record Given(String method, String target, int status, UnaryOperator<String> header) {
    @Override
    public String toString() {
      return status + " for " + method + " " + target;
    }
  }

  /// A whole answer.
  void check(Given given, String text) {
    Optional<Json.Obj> content = head(given);
    if (content.isEmpty() || given.method().equals("HEAD")) {
      assertThat(text).as("%s", given).isEmpty();
      return;
    }
    String type = given.header().apply("Content-Type");
    if (type.startsWith("application/json")) {
      Json.Obj schema = child(child(content.get(), "application/json"), "schema");
      conforms(schema, text, given);
    } else if (type.startsWith("application/x-ndjson")) {
      text.lines().forEach(line -> conforms(FREE, line, given));
    } else if (type.startsWith("text/event-stream")) {
      boolean events = given.target().contains("format=events");
      boolean saysDone = !given.target().contains("format=ag-ui");
      SentEvents.check(
          text, saysDone, data -> conforms(events ? reference("Envelope") : FREE, data, given));
    }
  }

  private static final Json.Obj FREE = Json.object().put("type", "object").build();

  /// The status, the headers and the type of the content.
  ///
  /// @return what the document says of the content; empty where there is none
  Optional<Json.Obj> head(Given given) {
    if (given.method().equals("OPTIONS") && given.status() == 204) {
      return Optional.empty();
    }
    Json.Obj form = form(given);
    child(form, "headers")
        .fields()
        .forEach((header, told) -> {
          if (!Json.of(false).equals(((Json.Obj) told).get("required"))) {
            assertThat(given.header().apply(header)).as("%s in %s", header, given).isNotEmpty();
          }
        });
    Json.Obj content = child(form, "content");
    if (content.fields().isEmpty()) {
      assertThat(given.header().apply("Content-Type")).as("%s", given).isEmpty();
      return Optional.empty();
    }
    assertThat(content.fields().keySet())
        .as("the content type of %s", given)
        .anyMatch(given.header().apply("Content-Type")::startsWith);
    return Optional.of(content);
  }

  private Json.Obj form(Given given) {
    Optional<Json.Obj> operation = operation(given.method(), given.target());
    if (operation.isEmpty()) {
      assertThat(given.status()).as("%s, where there is no call", given).isBetween(400, 499);
      return refusal();
    }
    Json.Obj responses = child(operation.get(), "responses");
    Json.Obj own = child(responses, Integer.toString(given.status()));
    assertThat(own.fields()).as("%s is not documented", given).isNotEmpty();
    return own;
  }

  private Optional<Json.Obj> operation(String method, String target) {
    String path = target.replaceFirst("\\?.*", "");
    Optional<Json.Obj> found = Optional.empty();
    for (var entry : child(document, "paths").fields().entrySet()) {
      Json operation = ((Json.Obj) entry.getValue()).get(method.toLowerCase(Locale.ROOT));
      String template = entry.getKey().replaceAll("\\{[^}]*\\}", "\\\\E[^/]+\\\\Q");
      boolean fits = Pattern.matches("\\Q" + template + "\\E", path);
      if (operation != null && fits && (found.isEmpty() || entry.getKey().equals(path))) {
        found = Optional.of((Json.Obj) operation);
      }
    }
    return found;
  }

  /// What is said where there is no call.
  private Json.Obj refusal() {
    Json.Obj json = Json.object().put("schema", reference("ErrorResponse")).build();
    Json.Obj content = Json.object().put("application/json", json).build();
    Json.Obj headers = Json.object().put("X-Request-Id", Json.Obj.EMPTY).build();
    return Json.object().put("headers", headers).put("content", content).build();
  }

  private static Json.Obj reference(String name) {
    return Json.object().put("$ref", "#/components/schemas/" + name).build();
  }

  private void conforms(Json.Obj schema, String text, Given given) {
    assertThat(
            schema(schema)
                .validate(
                    text,
                    InputFormat.JSON,
                    context -> context.executionConfig(c -> c.formatAssertionsEnabled(true))))
        .as("%s: %s", given, text)
        .isEmpty();
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
