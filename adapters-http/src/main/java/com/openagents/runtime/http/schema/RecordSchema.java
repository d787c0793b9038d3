package com.openagents.runtime.http.schema;

import com.openagents.runtime.canon.Json;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Derives the schema of a request from the record that it is read into, constraints included, so
/// that what is documented is what is checked.
public final class RecordSchema {

  private RecordSchema() {}

  /// @throws IllegalArgumentException when a component has a type that no request has
  public static Schema of(Class<? extends Record> type) {
    Schema.ObjectForm form = Schema.object(type.getSimpleName());
    for (RecordComponent component : type.getRecordComponents()) {
      Method accessor = component.getAccessor();
      Schema schema = of(component.getGenericType(), accessor.getAnnotatedReturnType(), accessor);
      if (accessor.isAnnotationPresent(NotNull.class)) {
        form.field(component.getName(), schema);
      } else {
        form.fieldIfAny(component.getName(), schema.orNull());
      }
    }
    return form.closed();
  }

  private static Schema of(Type type, AnnotatedType annotated, AnnotatedElement constraints) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      AnnotatedType item =
          ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments()[0];
      Schema items = of(list.getActualTypeArguments()[0], item, item);
      return constrained(Schema.listOf(items), constraints, "Items");
    }
    if (!(type instanceof Class<?> plain)) {
      throw new IllegalArgumentException("no request has a " + type);
    }
    if (plain == String.class) {
      return constrained(Schema.TEXT, constraints, "Length");
    }
    if (plain == Long.class) {
      return constrained(
          Schema.inline(Json.object().put("type", "integer")), constraints, "Length");
    }
    if (plain == Json.Obj.class && constraints.isAnnotationPresent(Bounded.class)) {
      return bounded(constraints.getAnnotation(Bounded.class).bytesMax());
    }
    return unconstrained(plain);
  }

  private static Schema unconstrained(Class<?> type) {
    if (type == Boolean.class) {
      return Schema.FLAG;
    }
    if (type == Instant.class) {
      return Schema.TIME;
    }
    if (type == Json.Obj.class) {
      return Schema.FREE;
    }
    if (type.isEnum()) {
      return Schema.words(
          Stream.of(type.getEnumConstants())
              .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
              .toList());
    }
    if (type.isRecord()) {
      return of(type.asSubclass(Record.class));
    }
    throw new IllegalArgumentException("no request has a " + type);
  }

  private static Schema bounded(int bytesMax) {
    return Schema.inline(
        Json.object()
            .put("type", "object")
            .put("description", "At most " + bytesMax + " bytes in canonical form."));
  }

  private static Schema constrained(Schema schema, AnnotatedElement constraints, String measured) {
    Json.Builder definition = Json.object();
    schema.definition().fields().forEach(definition::put);
    Size size = constraints.getAnnotation(Size.class);
    if (size != null) {
      definition.put("min" + measured, size.min());
      definition.put("max" + measured, size.max());
    }
    Pattern pattern = constraints.getAnnotation(Pattern.class);
    if (pattern != null) {
      definition.put("pattern", "^(?:" + pattern.regexp() + ")$");
    }
    Min min = constraints.getAnnotation(Min.class);
    if (min != null) {
      definition.put("minimum", min.value());
    }
    Max max = constraints.getAnnotation(Max.class);
    if (max != null) {
      definition.put("maximum", max.value());
    }
    return new Schema(null, definition.build(), schema.parts());
  }
}
