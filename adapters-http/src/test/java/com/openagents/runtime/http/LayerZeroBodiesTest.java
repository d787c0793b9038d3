package com.openagents.runtime.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.openagents.runtime.canon.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every body of the API is a Layer-0 message in protobuf's JSON mapping: neither has a name, a
/// field, a kind, a list, a part or an optional mark that the other lacks, and the words of a
/// closed vocabulary stand beside their field in the schema.
///
/// What the mapping leaves to us: numbers of 64 bits are JSON numbers, and the payload of an event
/// stands under one name, whatever its type.
class LayerZeroBodiesTest {

  /// Left out where nobody looked, which a message cannot tell from an empty list.
  private static final Set<String> LISTS_LEFT_OUT =
      Set.of(
          "RunSnapshot.openTools",
          "VerificationReport.late",
          "VerificationReport.aged",
          "TokenIntrospection.scopes");

  private static Json.Obj schemas = Json.Obj.EMPTY;
  private static Json.Obj paths = Json.Obj.EMPTY;

  private final LayerZero layer = LayerZero.read("runtime", "control");
  private final Set<Descriptor> compared = new LinkedHashSet<>();

  /// Bodies whose message is of the protocol: it is compared where a message of the API holds it.
  private final Set<String> partsOfOthers = new LinkedHashSet<>();

  @BeforeAll
  static void document() {
    try (Service service = new Service(Service.Settings.SIGNED)) {
      Reply document = service.unsigned().get("/openapi.json");
      schemas = (Json.Obj) document.at("components", "schemas");
      paths = (Json.Obj) document.at("paths");
    }
  }

  @AfterAll
  static void forget() {
    schemas = Json.Obj.EMPTY;
    paths = Json.Obj.EMPTY;
  }

  @Test
  void every_body_is_a_message_and_every_message_a_body() {
    paths
        .fields()
        .forEach((path, operations) -> {
          if (path.startsWith("/internal/v1") || path.startsWith("/api")) {
            ((Json.Obj) operations).fields().values().forEach(one -> operation((Json.Obj) one));
          }
        });

    assertThat(compared).containsAll(layer.messages().values());
    assertThat(compared).extracting(Descriptor::getName).containsAll(partsOfOthers);
  }

  private void operation(Json.Obj operation) {
    body(child(operation, "requestBody"), true);
    for (Json response : child(operation, "responses").fields().values()) {
      body((Json.Obj) response, false);
    }
  }

  private void body(Json.Obj holder, boolean request) {
    Json.Obj schema = child(child(child(holder, "content"), "application/json"), "schema");
    if (!schema.fields().isEmpty()) {
      String name = kind(schema);
      Descriptor message = layer.messages().get(name);
      if (message == null) {
        partsOfOthers.add(name);
      } else {
        same(message, request);
      }
    }
  }

  private void same(Descriptor message, boolean request) {
    if (!compared.add(message)) {
      return;
    }
    Json.Obj schema = child(schemas, message.getName());
    Map<String, Json> properties = child(schema, "properties").fields();
    assertThat(properties.keySet())
        .as("fields of %s", message.getFullName())
        .containsExactlyInAnyOrderElementsOf(names(message));
    Set<Json> required = Set.copyOf(items(schema.get("required")));
    for (FieldDescriptor field : plain(message)) {
      Json.Obj property =
          givenValue((Json.Obj) requireNonNull(properties.get(field.getJsonName())));
      same(field, property, request);
      assertThat(!required.contains(Json.of(field.getJsonName())))
          .as("%s may be left out", field.getFullName())
          .isEqualTo(mayBeLeftOut(field, request) && !needsOne(property));
    }
    for (OneofDescriptor oneof : message.getRealOneofs()) {
      assertThat(kind((Json.Obj) requireNonNull(properties.get(oneof.getName()))))
          .as("kind of %s", oneof.getFullName())
          .isEqualTo("google.protobuf.Struct");
    }
  }

  private void same(FieldDescriptor field, Json.Obj property, boolean request) {
    boolean list = Json.of("array").equals(property.get("type"));
    assertThat(list).as("%s is a list", field.getFullName()).isEqualTo(field.isRepeated());
    Json.Obj value = list ? child(property, "items") : property;
    assertThat(kind(value)).as("kind of %s", field.getFullName()).isEqualTo(kind(field));
    for (Json word : items(value.get("enum"))) {
      assertThat(layer.source(field.getFile()))
          .as("words of %s", field.getFullName())
          .contains("`" + ((Json.Str) word).value() + "`");
    }
    if (value.get("$ref") != null) {
      same(field.getMessageType(), request);
    }
  }

  private static boolean needsOne(Json.Obj property) {
    return property.get("minItems") instanceof Json.Num(double least) && least > 0;
  }

  /// In a request the default of a list or a flag is what leaving it out means, unless the list
  /// must not be empty; answers write it.
  private static boolean mayBeLeftOut(FieldDescriptor field, boolean request) {
    boolean defaults = field.isRepeated() || field.getType() == FieldDescriptor.Type.BOOL;
    return field.toProto().getProto3Optional()
        || (request && defaults)
        || LISTS_LEFT_OUT.contains(field.getContainingType().getName() + "." + field.getJsonName());
  }

  private static Set<String> names(Descriptor message) {
    Set<String> names =
        plain(message).stream().map(FieldDescriptor::getJsonName).collect(Collectors.toSet());
    message.getRealOneofs().forEach(oneof -> names.add(oneof.getName()));
    return names;
  }

  private static List<FieldDescriptor> plain(Descriptor message) {
    return message.getFields().stream()
        .filter(field -> field.getRealContainingOneof() == null)
        .toList();
  }

  private static String kind(FieldDescriptor field) {
    return switch (field.getType()) {
      case STRING -> "text";
      case BOOL -> "flag";
      case UINT32, INT64 -> "number";
      case DOUBLE -> "fraction";
      case MESSAGE -> {
        String name = field.getMessageType().getFullName();
        yield name.startsWith("google.") ? name : field.getMessageType().getName();
      }
      default -> throw new AssertionError(field + " is of a kind that no body has");
    };
  }

  private static String kind(Json.Obj schema) {
    if (schema.get("$ref") instanceof Json.Str(String reference)) {
      return reference.substring(reference.lastIndexOf('/') + 1);
    }
    String type = schema.get("type") instanceof Json.Str(String name) ? name : "";
    return switch (type) {
      case "string" ->
          Json.of("date-time").equals(schema.get("format")) ? "google.protobuf.Timestamp" : "text";
      case "boolean" -> "flag";
      case "integer" -> "number";
      case "number" -> "fraction";
      case "object" -> "google.protobuf.Struct";
      default -> throw new AssertionError(schema + " is of a kind that no message has");
    };
  }

  /// The schema of a value that is not null.
  private static Json.Obj givenValue(Json.Obj schema) {
    List<Json> either = items(schema.get("anyOf"));
    return either.isEmpty() ? schema : (Json.Obj) either.getFirst();
  }

  private static List<Json> items(@Nullable Json list) {
    return list instanceof Json.Arr(List<Json> items) ? items : List.of();
  }

  private static Json.Obj child(Json.Obj parent, String name) {
    return parent.get(name) instanceof Json.Obj child ? child : Json.Obj.EMPTY;
  }
}
