package com.openagents.runtime.http.body;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.Timestamps;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one JSON value as a Java value.
@FunctionalInterface
interface ValueForm {

  /// @return null when the value is wrong, which is then among the findings
  @Nullable Object read(Json value, Pointer at, Findings findings);

  /// @throws IllegalArgumentException when no body has values of the type
  static ValueForm of(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return items(of(list.getActualTypeArguments()[0]));
    }
    if (!(type instanceof Class<?> plain)) {
      throw new IllegalArgumentException("no body has a " + type);
    }
    if (plain.isEnum()) {
      return words(plain);
    }
    if (plain.isRecord() && plain != Json.Obj.class) {
      RecordForm<?> form = new RecordForm<>(plain.asSubclass(Record.class));
      return (value, at, findings) ->
          value instanceof Json.Obj object
              ? form.read(object, at, findings)
              : wrong(at, findings, "an object");
    }
    return scalar(plain);
  }

  private static ValueForm scalar(Class<?> type) {
    if (type == String.class) {
      return (value, at, findings) ->
          value instanceof Json.Str(String text) ? text : wrong(at, findings, "a text");
    }
    if (type == Long.class) {
      return (value, at, findings) ->
          value instanceof Json.Num(double number) && number == Math.rint(number)
              ? (Long) (long) number
              : wrong(at, findings, "a whole number");
    }
    if (type == Boolean.class) {
      return (value, at, findings) ->
          value instanceof Json.Bool(boolean flag) ? flag : wrong(at, findings, "true or false");
    }
    if (type == Json.Obj.class) {
      return (value, at, findings) ->
          value instanceof Json.Obj object ? object : wrong(at, findings, "an object");
    }
    if (type == Instant.class) {
      return ValueForm::time;
    }
    throw new IllegalArgumentException("no body has a " + type);
  }

  private static @Nullable Object time(Json value, Pointer at, Findings findings) {
    if (!(value instanceof Json.Str(String text))) {
      return wrong(at, findings, "a text");
    }
    try {
      return Timestamps.read(text);
    } catch (IllegalArgumentException e) {
      findings.unacceptable(at, "is not a time such as 2026-01-31T08:15:30Z (RFC 3339)");
      return null;
    }
  }

  private static ValueForm words(Class<?> type) {
    Map<String, Object> words = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      words.put(((Enum<?>) constant).name().toLowerCase(Locale.ROOT), constant);
    }
    return (value, at, findings) -> {
      if (!(value instanceof Json.Str(String text))) {
        return wrong(at, findings, "a text");
      }
      Object constant = words.get(text);
      if (constant == null) {
        findings.unacceptable(at, "is not one of " + String.join(", ", words.keySet()));
      }
      return constant;
    };
  }

  private static ValueForm items(ValueForm item) {
    return (value, at, findings) -> {
      if (!(value instanceof Json.Arr(List<Json> items))) {
        return wrong(at, findings, "a list");
      }
      List<Object> read = new ArrayList<>(items.size());
      for (int i = 0; i < items.size(); i++) {
        Object one = item.read(items.get(i), at.item(i), findings);
        if (one != null) {
          read.add(one);
        }
      }
      return read.size() == items.size() ? List.copyOf(read) : null;
    };
  }

  private static @Nullable Object wrong(Pointer at, Findings findings, String expected) {
    findings.malformed(at, "is not " + expected);
    return null;
  }
}
