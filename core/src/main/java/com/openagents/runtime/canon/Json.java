package com.openagents.runtime.canon;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An immutable JSON value.
///
/// Numbers are IEEE doubles, as RFC 8785 has them; integers stay exact up to 2⁵³−1, which the
/// reader enforces. Objects keep the order of insertion; equality ignores it.
public sealed interface Json {

  /// 2⁵³−1, up to which every integer is a double.
  double INTEGER_MAX = 9_007_199_254_740_991.0;

  record Null() implements Json {}

  record Bool(boolean value) implements Json {}

  /// Zero has no sign, for its canonical form has none.
  record Num(double value) implements Json {
    public Num {
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        throw new IllegalArgumentException("JSON has no such number: " + value);
      }
      value += 0.0;
    }
  }

  record Str(String value) implements Json {}

  record Arr(List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }
  }

  record Obj(Map<String, Json> fields) implements Json {
    public static final Obj EMPTY = new Obj(Map.of());

    public Obj {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public @Nullable Json get(String name) {
      return fields.get(name);
    }
  }

  Null NULL = new Null();
  Bool TRUE = new Bool(true);
  Bool FALSE = new Bool(false);

  static Str of(String value) {
    return new Str(value);
  }

  static Num of(double value) {
    return new Num(value);
  }

  static Bool of(boolean value) {
    return value ? TRUE : FALSE;
  }

  static Arr array(List<? extends Json> items) {
    return new Arr(new ArrayList<>(items));
  }

  /// Starts an object; fields whose value is absent are left out.
  static Builder object() {
    return new Builder();
  }

  /// Collects the fields of an object. Not thread-safe.
  final class Builder {
    private final Map<String, Json> fields = new LinkedHashMap<>();

    public Builder put(String name, @Nullable Json value) {
      if (value != null) {
        fields.put(name, value);
      }
      return this;
    }

    public Builder put(String name, @Nullable String value) {
      return put(name, value == null ? null : new Str(value));
    }

    /// @throws IllegalArgumentException when the number is an integer beyond 2⁵³−1
    public Builder put(String name, @Nullable Number value) {
      return put(name, value == null ? null : number(value));
    }

    private static Num number(Number value) {
      double number = value.doubleValue();
      if (value instanceof Long && Math.abs(number) > INTEGER_MAX) {
        throw new IllegalArgumentException("a double does not hold " + value + " exactly");
      }
      return new Num(number);
    }

    public Builder put(String name, @Nullable Instant value) {
      return put(name, value == null ? null : Timestamps.write(value));
    }

    public Builder put(String name, boolean value) {
      return put(name, of(value));
    }

    public Obj build() {
      return new Obj(fields);
    }
  }
}
