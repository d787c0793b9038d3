package com.openagents.runtime.stream;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import org.jspecify.annotations.Nullable;

/// Writes the JSON of one AI SDK chunk straight into text. Used once, then dropped.
///
/// An option that is absent is left out: clients refuse null for it.
final class ChunkWriter {

  private final StringBuilder out = new StringBuilder(96);

  private ChunkWriter() {}

  static ChunkWriter ofType(String type) {
    ChunkWriter writer = new ChunkWriter();
    writer.out.append("{\"type\":");
    CanonicalJson.writeString(type, writer.out);
    return writer;
  }

  ChunkWriter put(String name, @Nullable String value) {
    if (value != null) {
      CanonicalJson.writeString(value, key(name));
    }
    return this;
  }

  /// Writes a value in which null is a value.
  ChunkWriter put(String name, Json value) {
    CanonicalJson.write(value, key(name));
    return this;
  }

  ChunkWriter put(String name, boolean value) {
    key(name).append(value);
    return this;
  }

  Chunk chunk() {
    return new Chunk(out.append('}').toString());
  }

  private StringBuilder key(String name) {
    return out.append(",\"").append(name).append("\":");
  }
}
