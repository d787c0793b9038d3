package com.openagents.runtime.http.body;

import com.openagents.runtime.canon.Json;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads JSON objects into records of one type. Immutable.
///
/// The components that are `@NotNull` are required; a field that is null counts as left out.
final class RecordForm<T extends Record> {

  private final Constructor<T> constructor;
  private final Map<String, Field> bySpelling = new HashMap<>();
  private final Field[] fields;
  private final @Nullable Refuses refuses;

  private record Field(int index, String name, boolean required, ValueForm form) {}

  RecordForm(Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    fields = new Field[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      boolean required = component.getAccessor().isAnnotationPresent(NotNull.class);
      ValueForm form = ValueForm.of(component.getGenericType());
      fields[i] = new Field(i, component.getName(), required, form);
      bySpelling.put(component.getName(), fields[i]);
      bySpelling.put(FieldName.snake(component.getName()), fields[i]);
    }
    refuses = type.getAnnotation(Refuses.class);
    constructor = canonical(type, components);
  }

  private static <T> Constructor<T> canonical(Class<T> type, RecordComponent[] components) {
    try {
      return type.getDeclaredConstructor(
          Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has its canonical constructor", e);
    }
  }

  /// @return null when something is wrong, which is then among the findings
  @Nullable T read(Json.Obj object, Pointer at, Findings findings) {
    @Nullable Object[] values = new @Nullable Object[fields.length];
    boolean[] seen = new boolean[fields.length];
    boolean whole = true;
    for (Map.Entry<String, Json> entry : object.fields().entrySet()) {
      Pointer here = at.field(entry.getKey());
      Field field = bySpelling.get(entry.getKey());
      if (field == null) {
        unknown(entry.getKey(), here, findings);
        whole = false;
      } else if (seen[field.index()]) {
        findings.unacceptable(here, "is the other spelling of a field that is there too");
        whole = false;
      } else if (!(entry.getValue() instanceof Json.Null)) {
        seen[field.index()] = true;
        values[field.index()] = field.form().read(entry.getValue(), here, findings);
        whole &= values[field.index()] != null;
      }
    }
    for (Field field : fields) {
      if (field.required() && !seen[field.index()]) {
        findings.malformed(at.field(field.name()), "is missing");
        whole = false;
      }
    }
    return whole ? create(values) : null;
  }

  private void unknown(String name, Pointer at, Findings findings) {
    if (refuses != null) {
      for (String refused : refuses.fields()) {
        if (name.equals(refused) || name.equals(FieldName.snake(refused))) {
          findings.unacceptable(at, refuses.because());
          return;
        }
      }
    }
    findings.malformed(at, "is unknown");
  }

  private T create(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException | InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException("a body is a public record that checks nothing itself", e);
    }
  }
}
