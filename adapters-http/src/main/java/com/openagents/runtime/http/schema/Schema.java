package com.openagents.runtime.http.schema;

import com.openagents.runtime.canon.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form of a JSON value.
///
/// @param name under which documents refer to it, or null for one that is written out in its place
/// @param parts the schemas that the definition mentions
public record Schema(@Nullable String name, Json.Obj definition, List<Schema> parts) {

  /// Any text.
  public static final Schema TEXT = type("string");

  public static final Schema TIME =
      inline(Json.object().put("type", "string").put("format", "date-time"));

  public static final Schema UUID =
      inline(Json.object().put("type", "string").put("format", "uuid"));

  public static final Schema FLAG = type("boolean");

  /// A sequence, a count, or another whole number from 0.
  public static final Schema COUNT = inline(Json.object().put("type", "integer").put("minimum", 0));

  /// An object with any fields.
  public static final Schema FREE = type("object");

  private static Schema type(String type) {
    return inline(Json.object().put("type", type));
  }

  public static Schema inline(Json.Builder definition) {
    return new Schema(null, definition.build(), List.of());
  }

  /// One of these words.
  public static Schema words(List<String> words) {
    return inline(
        Json.object()
            .put("type", "string")
            .put("enum", Json.array(words.stream().map(Json::of).toList())));
  }

  public static Schema listOf(Schema items) {
    Json.Obj list = Json.object().put("type", "array").put("items", items.reference()).build();
    return new Schema(null, list, List.of(items));
  }

  /// The schema, or null in its place.
  public Schema orNull() {
    Json either = Json.array(List.of(reference(), type("null").definition()));
    return new Schema(null, Json.object().put("anyOf", either).build(), List.of(this));
  }

  public Schema {
    parts = List.copyOf(parts);
  }

  /// Begins an object that has the fields named and no others.
  public static ObjectForm object(String name) {
    return new ObjectForm(name);
  }

  /// How another schema mentions this one.
  public Json.Obj reference() {
    return name == null
        ? definition
        : Json.object().put("$ref", "#/components/schemas/" + name).build();
  }

  /// Collects the fields of an object. Not thread-safe.
  public static final class ObjectForm {
    private final String name;
    private final Map<String, Json> properties = new LinkedHashMap<>();
    private final List<Json> required = new ArrayList<>();
    private final List<Schema> parts = new ArrayList<>();

    private ObjectForm(String name) {
      this.name = name;
    }

    public ObjectForm field(String field, Schema schema) {
      required.add(Json.of(field));
      return fieldIfAny(field, schema);
    }

    /// A field that is left out when there is nothing to say.
    public ObjectForm fieldIfAny(String field, Schema schema) {
      properties.put(field, schema.reference());
      parts.add(schema);
      return this;
    }

    public Schema closed() {
      return new Schema(
          name,
          Json.object()
              .put("type", "object")
              .put("properties", new Json.Obj(properties))
              .put("required", required.isEmpty() ? null : Json.array(required))
              .put("additionalProperties", false)
              .build(),
          parts);
    }
  }
}
