package com.openagents.runtime.seal;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.JsonRefused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads a line of a bundle.
final class BundleLine {

  /// Room for the largest event.
  static final int BYTES_MAX = 16 << 20;

  private static final JsonLimits LIMITS = new JsonLimits(80, BYTES_MAX, BYTES_MAX, 1_000_000);

  private BundleLine() {}

  /// Returns the object that the line is, or null when the line is anything but the canonical text
  /// of an object: two texts of one value would be two bundles with one hash.
  static Json.@Nullable Obj read(byte[] utf8) {
    String text = text(utf8);
    try {
      return text != null
              && JsonReader.read(text, LIMITS) instanceof Json.Obj line
              && CanonicalJson.write(line).equals(text)
          ? line
          : null;
    } catch (JsonRefused e) {
      return null;
    }
  }

  /// Returns null when the bytes are not UTF-8.
  static @Nullable String text(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
