package com.openagents.runtime.canon;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of an object, which nobody changes any more, so that values are made of them without
/// another copy.
final class JsonFields extends AbstractMap<String, Json> {

  private final Map<String, Json> fields;

  /// @param fields which the caller gives away
  JsonFields(Map<String, Json> fields) {
    this.fields = fields;
  }

  static JsonFields of(Map<String, Json> fields) {
    return fields instanceof JsonFields own ? own : new JsonFields(new LinkedHashMap<>(fields));
  }

  @Override
  public int size() {
    return fields.size();
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return fields.containsKey(name);
  }

  @Override
  public @Nullable Json get(@Nullable Object name) {
    return fields.get(name);
  }

  @Override
  public Set<String> keySet() {
    return Collections.unmodifiableSet(fields.keySet());
  }

  @Override
  public Set<Entry<String, Json>> entrySet() {
    return Collections.unmodifiableMap(fields).entrySet();
  }
}
