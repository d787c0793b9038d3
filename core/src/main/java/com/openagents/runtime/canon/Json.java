package com.openagents.runtime.canon;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An immutable JSON value. What [CanonicalJson] writes of it can be stored, and read back equal.
///
/// Numbers are IEEE doubles, as RFC 8785 has them. Objects keep the order of insertion; equality
/// ignores it.
public sealed interface Json {

  record Null() implements Json {}

  record Bool(boolean value) implements Json {}

  /// A number that means the same to every reader.
  ///
  /// Integers end at 2⁵³−1, for beyond it a double is not exact. From 10²¹ on the canonical form
  /// has an exponent, and so is no integer. Zero has no sign.
  record Num(double value) implements Json {
    public static final double INTEGER_MAX = 9_007_199_254_740_991.0;
    private static final double EXPONENT_FROM = 1e21;

    public Num {
      if (!holds(value)) {
        throw new IllegalArgumentException("no JSON number that every reader holds: " + value);
      }
      value += 0.0;
    }

    static boolean holds(double value) {
      double size = Math.abs(value);
      return size <= INTEGER_MAX || (size >= EXPONENT_FROM && !Double.isInfinite(size));
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
      fields = JsonFields.of(fields);
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

  /// Collects the fields of one object. Not thread-safe.
  final class Builder {
    private final Map<String, Json> fields = new LinkedHashMap<>();
    private boolean built;

    /// @throws IllegalStateException when the object is built
    public Builder put(String name, @Nullable Json value) {
      if (built) {
        throw new IllegalStateException("the object is built");
      }
      if (value != null) {
        fields.put(name, value);
      }
      return this;
    }

    public Builder put(String name, @Nullable String value) {
      return put(name, value == null ? null : new Str(value));
    }

    public Builder put(String name, @Nullable Number value) {
      return put(name, value == null ? null : new Num(value.doubleValue()));
    }

    public Builder put(String name, @Nullable Instant value) {
      return put(name, value == null ? null : Timestamps.write(value));
    }

    public Builder put(String name, boolean value) {
      return put(name, of(value));
    }

    public Obj build() {
      built = true;
      return new Obj(new JsonFields(fields));
    }
  }
}
