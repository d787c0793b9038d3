package com.openagents.runtime.convex;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value as Convex has them. Integers and doubles are different types: a function that asks for
/// one refuses the other.
public sealed interface ConvexValue {

  record Null() implements ConvexValue {}

  record Bool(boolean value) implements ConvexValue {}

  record Int64(long value) implements ConvexValue {}

  record Float64(double value) implements ConvexValue {}

  record Str(String value) implements ConvexValue {}

  /// Equal by content.
  record Bytes(List<Byte> value) implements ConvexValue {
    public Bytes {
      value = List.copyOf(value);
    }
  }

  record Arr(List<ConvexValue> items) implements ConvexValue {
    public Arr {
      items = List.copyOf(items);
    }
  }

  /// Keeps the order of its fields.
  record Obj(Map<String, ConvexValue> fields) implements ConvexValue {
    public Obj {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public @Nullable ConvexValue get(String name) {
      return fields.get(name);
    }

    /// The same with one more field.
    public Obj with(String name, ConvexValue value) {
      Map<String, ConvexValue> more = new LinkedHashMap<>(fields);
      more.put(name, value);
      return new Obj(more);
    }

    public Obj with(String name, String value) {
      return with(name, new Str(value));
    }

    public Obj with(String name, long value) {
      return with(name, new Int64(value));
    }
  }

  Null NULL = new Null();
  Obj EMPTY = new Obj(Map.of());
}
